import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import { CustomerId } from "../../domain/ids.ts";
import type { ProposalKey, ProposalRow } from "../../projections/identity/proposals.ts";
import type { MaybePromise, Range, ReadSession } from "../../projections/readModels.ts";
import { tupleKey } from "../connection/keyFormat.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { type CustomerNode, customerById } from "../customer/customerNode.ts";
import { badUserInput } from "../errors.ts";
import { eventAt } from "../event/eventAt.ts";
import { whenReady } from "../maybePromise.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { keyOfId } from "../node/globalId.ts";
import { PositionText } from "../scalars/position.ts";
import { answerOf, decide } from "./identityDesk.ts";
import { ApproveMergeProposalInput, RejectMergeProposalInput } from "./mergeInputs.ts";
import { merge } from "./mergeMutations.ts";
import {
  approvedProposal,
  customersOf,
  type MergeProposalNode,
  openProposal,
  rejectedProposal,
} from "./mergeProposalNode.ts";
import { MergeProposalConnection, MergeProposalStatus, MergeProposalType } from "./mergeProposalType.ts";
import { ApproveMergeProposalResult, RejectMergeProposalResult } from "./mergeResults.ts";

@Resolver(() => MergeProposalType)
export class MergeProposalResolver {
  @Query(() => MergeProposalConnection, {
    description:
      "Customers who may be one person, by the matching rules of the identity policy: the open ones in the order of their customers' appearance, decided ones in the order of the decisions.",
  })
  mergeProposals(
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("status", () => MergeProposalStatus, { defaultValue: MergeProposalStatus.OPEN, description: "Which ones." })
    status: MergeProposalStatus,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<Page<MergeProposalNode>> {
    return whenReady(openSession(context, info), session => {
      const list: KeysetList<ProposalKey, MergeProposalNode> = {
        name: `mergeProposals:${status}`,
        format: tupleKey("first", "second"),
        keyOf: ({ first, second }) => ({ first, second }),
        fetch: range => proposals(session, status, range),
      };
      return paginate(list, paging);
    });
  }

  @Mutation(() => ApproveMergeProposalResult, { description: "Merges the two customers of an open proposal." })
  async approveMergeProposal(
    @Arg("input", () => ApproveMergeProposalInput, { description: "Which proposal, who decides it, and why." })
    { proposalId, survivor, actor, reason }: ApproveMergeProposalInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const open = await openOf(context, proposalId);
    if (open === null) return { kind: "notOpen", proposalId };
    const [older, younger] = open.customers;
    const chosen = survivor == null ? older : keyOfId("Customer", survivor, CustomerId.parse, "input.survivor");
    if (chosen !== older && chosen !== younger)
      throw badUserInput("input.survivor", "`input.survivor` is none of the proposal's two customers.");
    return merge(context, chosen, chosen === older ? younger : older, { actor, reason, proposalId });
  }

  @Mutation(() => RejectMergeProposalResult, {
    description: "Records that the two customers of an open proposal are two people.",
  })
  async rejectMergeProposal(
    @Arg("input", () => RejectMergeProposalInput, { description: "Which proposal, who decides it, and why." })
    { proposalId, actor, reason }: RejectMergeProposalInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const open = await openOf(context, proposalId);
    if (open === null) return { kind: "notOpen", proposalId };
    const [subject, other] = open.customers;
    const data = { proposalId, reason, values: open.values.map(({ digest }) => digest) };
    const outcome = await decide(context, { type: "merge-proposal-rejected", subject, other, actor, data });
    return answerOf(outcome, "rejected", { proposalId });
  }

  @FieldResolver()
  async customers(
    @Root() { customerIds }: MergeProposalNode,
    @Ctx() context: RequestContext,
  ): Promise<(CustomerNode | null)[]> {
    return Promise.all(customerIds.map(id => customerById(context, id)));
  }

  @FieldResolver()
  decision(@Root() { decidedAt }: MergeProposalNode, @Ctx() context: RequestContext): Promise<RecordedEvent> | null {
    return decidedAt === null ? null : eventAt(context, decidedAt);
  }
}

function proposals(
  session: ReadSession,
  status: MergeProposalStatus,
  range: Range<ProposalKey>,
): MaybePromise<MergeProposalNode[]> {
  if (status === "open") return whenReady(session.openProposals(range), rows => rows.map(openProposal));
  const { after, before, direction, limit } = range;
  const byPosition: Range<Position> = {
    ...(after !== undefined && { after: after.first }),
    ...(before !== undefined && { before: before.first }),
    direction,
    limit,
  };
  return status === "approved"
    ? whenReady(session.approvedProposals(byPosition), rows => rows.map(approvedProposal))
    : whenReady(session.rejectedProposals(byPosition), rows => rows.map(rejectedProposal));
}

async function openOf(context: RequestContext, proposalId: string): Promise<ProposalRow | null> {
  const customers = customersOf(proposalId);
  return customers === null ? null : context.session().proposalOf(...customers);
}
