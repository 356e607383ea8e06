import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import { standingVersion } from "../../domain/campaign/campaignGraph.ts";
import { describeOffer } from "../../domain/campaign/describe/describeOffer.ts";
import { offerStream } from "../../domain/campaign/offer.ts";
import type { OutsideOffer } from "../../domain/campaign/outside.ts";
import { printOffer } from "../../domain/campaign/print/printOffer.ts";
import type { RecordedEvent } from "../../domain/event.ts";
import { standards } from "../../intake/standards.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { CampaignVersionStatus } from "../campaign/campaignEnums.ts";
import { definitionEvents } from "../campaign/definitionEvents.ts";
import { versionStatus } from "../campaign/versionStatus.ts";
import { ListOrder, orderOption } from "../connection/order.ts";
import type { Page } from "../connection/page.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { EventConnection } from "../event/eventType.ts";
import { globalId } from "../node/globalId.ts";
import { nodeIdOption } from "../node/nodeType.ts";
import { type OfferNode, type OfferVersionNode, offerVersionNode } from "./offerNode.ts";
import { OfferType, OfferVersionType } from "./offerType.ts";

@Resolver(() => OfferType)
export class OfferResolver {
  @FieldResolver(() => ID, nodeIdOption)
  id(@Root() { offerId }: OfferNode): string {
    return globalId("Offer", offerId);
  }

  @FieldResolver()
  definition(@Root() { shown }: OfferNode): OutsideOffer {
    return printOffer(shown.definition, standards);
  }

  @FieldResolver()
  sentence(@Root() { shown }: OfferNode): string {
    return describeOffer(shown.definition, standards);
  }

  @FieldResolver()
  current(@Root() { offerState }: OfferNode): OfferVersionNode | null {
    const standing = standingVersion(offerState);
    return standing === null ? null : offerVersionNode(offerState, standing);
  }

  @FieldResolver()
  draft(@Root() { offerState }: OfferNode): OfferVersionNode | null {
    const newest = offerState.versions.at(-1)!;
    return newest.published === null && newest.ended === null ? offerVersionNode(offerState, newest) : null;
  }

  @FieldResolver()
  versions(@Root() { offerState }: OfferNode): readonly OfferVersionNode[] {
    return offerState.versions.map(version => offerVersionNode(offerState, version));
  }

  @FieldResolver(() => EventConnection, {
    description: "What happened to the definition: every draft, publication and the end, by whom and when.",
  })
  definitionEvents(
    @Root() { offerId }: OfferNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<RecordedEvent>> {
    return definitionEvents(context, offerStream(offerId), paging, order);
  }
}

@Resolver(() => OfferVersionType)
export class OfferVersionResolver {
  @FieldResolver()
  status(@Root() { version, published, ended, offerState }: OfferVersionNode): CampaignVersionStatus {
    return versionStatus(version, published, ended, offerState.versions);
  }

  @FieldResolver()
  definition(@Root() { definition }: OfferVersionNode): OutsideOffer {
    return printOffer(definition, standards);
  }

  @FieldResolver()
  sentence(@Root() { definition }: OfferVersionNode): string {
    return describeOffer(definition, standards);
  }
}
