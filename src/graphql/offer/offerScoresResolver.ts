import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type OfferScoreRow, offerScoresAfter } from "../../projections/campaigns/campaignReads.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { ForwardArgs } from "../connection/forwardArgs.ts";
import { textKey } from "../connection/keyFormat.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import type { RequestContext } from "../context.ts";
import type { OfferNode } from "./offerNode.ts";
import { OfferTierScoreConnection } from "./offerScoreType.ts";
import { OfferType } from "./offerType.ts";

type Score = OfferScoreRow & { readonly failures: number };

/** Those without a tier come first. */
const keyOf = ({ tier }: Score): string => (tier === null ? "" : `=${tier}`);
const tierOf = (key: string): string | null => (key === "" ? null : key.slice(1));

@Resolver(() => OfferType)
export class OfferScoresResolver {
  @FieldResolver(() => OfferTierScoreConnection, {
    description: "How it does, by tier: what the next best offer is chosen by.",
  })
  scores(
    @Root() { offerId }: OfferNode,
    @Args(() => ForwardArgs) { first, after }: ForwardArgs,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<Score>> {
    const list: KeysetList<string, Score> = {
      name: `offer-scores:${offerId}`,
      format: textKey,
      keyOf,
      fetch: ({ after: key, limit }) =>
        offerScoresAfter(context.session(), offerId, key === undefined ? undefined : tierOf(key), limit).map(score => ({
          ...score,
          failures: score.shown - score.successes,
        })),
    };
    return paginate(list, { ...(first != null && { first }), ...(after != null && { after }) });
  }
}
