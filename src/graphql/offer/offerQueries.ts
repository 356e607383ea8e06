import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import type { OfferState } from "../../domain/campaign/campaignCatalogue.ts";
import type { Position } from "../../domain/event.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { statePage } from "../campaign/statePage.ts";
import { PublicationFilter } from "../campaign/versionedType.ts";
import { wordsIn } from "../campaign/wordsIn.ts";
import { ForwardArgs } from "../connection/forwardArgs.ts";
import type { Page } from "../connection/page.ts";
import type { RequestContext } from "../context.ts";
import { whenReady } from "../maybePromise.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { PositionText } from "../scalars/position.ts";
import { type OfferNode, offerById, offerKey, offerNode } from "./offerNode.ts";
import { OfferConnection, OfferType } from "./offerType.ts";

@Resolver()
export class OfferQueries {
  @Query(() => OfferConnection, { description: "The offers there are, by id." })
  offers(
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg("filter", () => PublicationFilter, { nullable: true, description: "Which offers." })
    filter: PublicationFilter | null | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<Page<OfferNode>> {
    return whenReady(openSession(context, info), session =>
      statePage(session, "offer", matching(filter), offerNode, node => node.offerId, paging),
    );
  }

  @Query(() => OfferType, { nullable: true, description: "One offer; null when there is none of this id." })
  offer(
    @Arg("id", () => ID, { description: "Its id, or its global id." }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<OfferNode | null> {
    const key = offerKey(id);
    return whenReady(openSession(context, info), () => offerById(context, key));
  }
}

function matching(filter: PublicationFilter | null | undefined): (state: OfferState) => boolean {
  const found = wordsIn(filter?.search);
  return state => {
    if (filter?.status != null && !filter.status.includes(state.status)) return false;
    const { offerId, name, description, owner } = offerNode(state);
    return found(offerId, name, description, owner);
  };
}
