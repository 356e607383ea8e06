import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { readWholeStream } from "../../../definitions/readWholeStream.ts";
import { foldProposals, proposalStatus, type TagProposal } from "../../../definitions/tagProposal.ts";
import { tagStream } from "../../../domain/tag/definition.ts";
import type { TagAssignment } from "../../../domain/tag/events.ts";
import type { MaybePromise, Range } from "../../../projections/readModels.ts";
import { numberKey } from "../../connection/keyFormat.ts";
import type { Page } from "../../connection/page.ts";
import { paginate } from "../../connection/paginate.ts";
import { PagingArgs } from "../../connection/pagingArgs.ts";
import type { RequestContext } from "../../context.ts";
import { type CustomerNode, customerById } from "../../customer/customerNode.ts";
import type { TagNode } from "../tagNode.ts";
import { TagType } from "../tagType.ts";
import {
  ProposalConnection,
  ProposalItemConnection,
  ProposalItemType,
  ProposalType,
  TagProposalStatus,
} from "./proposalType.ts";

type ProposalNode = TagProposal & { readonly status: TagProposalStatus; readonly total: number };
type Item = TagAssignment & { readonly place: number };

@Resolver(() => TagType)
export class ProposalsResolver {
  @FieldResolver(() => ProposalConnection, { description: "Values proposed to be set by hand, oldest first." })
  async proposals(
    @Root() { code }: TagNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("status", () => TagProposalStatus, { nullable: true, description: "Only those of this status." })
    status: TagProposalStatus | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<ProposalNode>> {
    const { position } = context.session();
    const events = await readWholeStream(context.backend.log, tagStream(code));
    const proposals = [...foldProposals(events.filter(event => event.position <= position)).values()]
      .map(proposal => ({
        ...proposal,
        status: proposalStatus(proposal, context.now),
        total: proposal.assignments.length,
      }))
      .filter(proposal => status == null || proposal.status === status);
    return byNumber(`tag-proposals:${code}`, proposals, ({ position }) => position, paging);
  }
}

@Resolver(() => ProposalType)
export class ProposalResolver {
  @FieldResolver(() => ProposalItemConnection, { description: "The values, in the order in which they were proposed." })
  items(
    @Root() { proposalId, assignments }: ProposalNode,
    @Args(() => PagingArgs) paging: PagingArgs,
  ): MaybePromise<Page<Item>> {
    const items = assignments.map((assignment, place) => ({ ...assignment, place }));
    return byNumber(`tag-proposal:${proposalId}`, items, ({ place }) => place, paging);
  }
}

@Resolver(() => ProposalItemType)
export class ProposalItemResolver {
  @FieldResolver()
  customer(@Root() { customerId }: Item, @Ctx() context: RequestContext): Promise<CustomerNode | null> {
    return customerById(context, customerId);
  }
}

/** A page of a list in memory that is in order of its numbers. */
function byNumber<Node>(
  name: string,
  items: readonly Node[],
  keyOf: (item: Node) => number,
  paging: PagingArgs,
): MaybePromise<Page<Node>> {
  const fetch = ({ after, before, direction, limit }: Range<number>) => {
    const between = items.filter(
      item => (after === undefined || keyOf(item) > after) && (before === undefined || keyOf(item) < before),
    );
    return (direction === "forward" ? between : between.toReversed()).slice(0, limit);
  };
  return paginate({ name, format: numberKey, keyOf, fetch }, paging, items.length);
}
