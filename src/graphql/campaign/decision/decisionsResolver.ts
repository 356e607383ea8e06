import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import type { Decision, Gate } from "../../../domain/decision/decision.ts";
import type { Position } from "../../../domain/event.ts";
import { EventId } from "../../../domain/ids.ts";
import { connectionOf } from "../../connection/connectionOf.ts";
import { ForwardArgs } from "../../connection/forwardArgs.ts";
import { ListOrder } from "../../connection/order.ts";
import type { Page } from "../../connection/page.ts";
import { defaultPageSize, pageSize } from "../../connection/pagingArgs.ts";
import type { RequestContext } from "../../context.ts";
import { minPositionOption, openSession } from "../../minPosition.ts";
import { keyOfId } from "../../node/globalId.ts";
import { PositionText } from "../../scalars/position.ts";
import type { CampaignNode } from "../campaignNode.ts";
import { CampaignType } from "../campaignType.ts";
import { DecisionGate, DecisionOutcome } from "./decisionEnums.ts";
import { type DecisionNode, decisionNode, isDecision } from "./decisionNode.ts";
import { decisionPage } from "./decisionPage.ts";
import { CampaignDecisionType } from "./decisionType.ts";

export const CampaignDecisionConnection = connectionOf(() => CampaignDecisionType, "CampaignDecision");

@Resolver(() => CampaignType)
export class DecisionsResolver {
  @FieldResolver(() => CampaignDecisionConnection, {
    description:
      "What it decided, each send, skip and defer. With `outcome` or `reason` a page may be shorter than asked for, even empty, though `hasNextPage` is true: it was looked for so far, and goes on after `endCursor`. `campaignDecisions` follows from any cursor of this list.",
  })
  decisions(
    @Root() { campaignId }: CampaignNode,
    @Args(() => ForwardArgs) { first, after }: ForwardArgs,
    @Arg("outcome", () => DecisionOutcome, { nullable: true, description: "Only decisions of this outcome." })
    outcome: Decision["outcome"] | null | undefined,
    @Arg("reason", () => DecisionGate, { nullable: true, description: "Only what this gate stopped or held." })
    reason: Gate | null | undefined,
    @Arg("order", () => ListOrder, { defaultValue: ListOrder.NEWEST_FIRST, description: "Which way the list runs." })
    order: ListOrder,
    @Ctx() context: RequestContext,
  ): Promise<Page<DecisionNode>> {
    const { log, logId } = context.backend;
    return decisionPage({ log, logId, position: context.session().position }, campaignId, {
      ...{ first: pageSize("first", first) ?? defaultPageSize, after: after ?? null },
      ...{ outcome: outcome ?? null, reason: reason ?? null, order },
    });
  }

  @Query(() => CampaignDecisionType, {
    nullable: true,
    description:
      "One decision: why a customer was contacted, or was not. Null when there is none of this id, or it is not in the log yet.",
  })
  async decision(
    @Arg("id", () => ID, { description: "Its `decisionId`, which is the `contactId` of its message." }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): Promise<DecisionNode | null> {
    const key = keyOfId("Event", id, EventId.parse);
    const session = await openSession(context, info);
    const event = await context.loaders().eventById.load(key);
    if (event === null || !isDecision(event) || event.position > session.position) return null;
    return decisionNode(event);
  }
}
