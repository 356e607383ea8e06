import { Arg, ID, Resolver, Root, Subscription } from "type-graphql";
import { createRequestContext, type RequestContext } from "../../context.ts";
import { type FollowedFeed, followedFeed } from "../../server/subscriptions/followedFeed.ts";
import { campaignKey } from "../campaignNode.ts";
import { CampaignEffectsResult } from "./effectReportType.ts";

const nothingTold = "";

@Resolver()
export class EffectSubscription {
  @Subscription(() => CampaignEffectsResult, {
    subscribe: ({ args, context }) =>
      effectFeed((args as { readonly campaignId: string }).campaignId, context as RequestContext),
    description:
      "A campaign's effects: at once as they are, and then whenever they have changed, at most once a second. Each message is whole, so that after a break one simply subscribes anew; whoever reads slowly is told the newest only. Ends at once where there is no such campaign.",
  })
  effectUpdates(
    @Root() message: object,
    @Arg("campaignId", () => ID, { description: "The campaign, by its id or its global id." }) _campaignId: string,
  ): object {
    return message;
  }
}

function effectFeed(campaignId: string, { backend }: RequestContext): FollowedFeed {
  const id = campaignKey(campaignId, "campaignId");
  return followedFeed<RequestContext>({
    name: `effects of ${id}`,
    start: nothingTold,
    openScope: () => createRequestContext(backend),
    watch: wake => backend.effectUpdates.watch(id, wake),
    read: place => {
      const newest = backend.effectUpdates.newest(id);
      return newest.place === place ? null : newest;
    },
  });
}
