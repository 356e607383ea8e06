import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { CampaignId } from "../../domain/campaign/campaign.ts";
import { OfferId } from "../../domain/campaign/offer.ts";
import { PolicyId } from "../../domain/campaign/policy.ts";
import type { Position } from "../../domain/event.ts";
import { CustomerId, EventId } from "../../domain/ids.ts";
import { SegmentId } from "../../domain/segment/segment.ts";
import { TagCode } from "../../domain/tag/definition.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { campaignById } from "../campaign/campaignNode.ts";
import type { RequestContext } from "../context.ts";
import { customerNode } from "../customer/customerNode.ts";
import { badUserInput } from "../errors.ts";
import { whenReady } from "../maybePromise.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { offerById } from "../offer/offerNode.ts";
import { policyById } from "../policy/policyNode.ts";
import { PositionText } from "../scalars/position.ts";
import { segmentById } from "../segment/segmentQueries.ts";
import { tagByCode } from "../tag/tagQueries.ts";
import { keyOfId, parseGlobalId } from "./globalId.ts";
import { NodeType } from "./nodeType.ts";

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: "Anything that has a global id, by that id; null when it does not exist.",
  })
  node(
    @Arg("id", () => ID, { description: "A global id, as the API gave it out." }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<object | null> {
    const find = finderOf(id);
    return whenReady(openSession(context, info), () => find(context));
  }
}

/** Checks the id before anything is read. */
function finderOf(id: string): (context: RequestContext) => MaybePromise<object | null> {
  const global = parseGlobalId(id);
  switch (global?.type) {
    case "Customer": {
      const key = keyOfId("Customer", id, CustomerId.parse);
      return context =>
        whenReady(context.session().customers([key]), ([view]) => (view == null ? null : customerNode(view)));
    }
    case "Account":
      return context => whenReady(context.session().account(global.key), found => found?.account ?? null);
    case "Event": {
      const key = keyOfId("Event", id, EventId.parse);
      return context => context.loaders().eventById.load(key);
    }
    case "QuarantinedFact":
      return context => context.session().quarantined(global.key);
    case "Tag": {
      const key = keyOfId("Tag", id, TagCode.parse);
      return context => tagByCode(context, key);
    }
    case "Segment": {
      const key = keyOfId("Segment", id, SegmentId.parse);
      return context => segmentById(context, key);
    }
    case "Campaign": {
      const key = keyOfId("Campaign", id, CampaignId.parse);
      return context => campaignById(context, key);
    }
    case "Policy": {
      const key = keyOfId("Policy", id, PolicyId.parse);
      return context => policyById(context, key);
    }
    case "Offer": {
      const key = keyOfId("Offer", id, OfferId.parse);
      return context => offerById(context, key);
    }
    case undefined:
      throw badUserInput("id", "`id` is no global id: give one that the API gave out.");
  }
}
