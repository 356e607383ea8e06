import type { OfferState } from "../../domain/campaign/campaignCatalogue.ts";
import { standingVersion } from "../../domain/campaign/campaignGraph.ts";
import { OfferId } from "../../domain/campaign/offer.ts";
import { stateOf } from "../../projections/campaigns/campaignReads.ts";
import type { RequestContext } from "../context.ts";
import { keyOfId } from "../node/globalId.ts";

export type OfferVersionRecord = OfferState["versions"][number];

/** What is shown of it follows the version in force, else the last that was published, else the newest. */
export type OfferNode = {
  readonly offerState: OfferState;
  readonly shown: OfferVersionRecord;
  readonly offerId: OfferId;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  readonly status: OfferState["status"];
};

export function offerNode(offerState: OfferState): OfferNode {
  const { versions, id: offerId, status } = offerState;
  const shown =
    standingVersion(offerState) ?? versions.findLast(({ published }) => published !== null) ?? versions.at(-1)!;
  const { name, owner, description } = shown.definition;
  return { offerState, shown, offerId, name, owner, description, status };
}

/** A version that still knows whose it is. */
export type OfferVersionNode = OfferVersionRecord & { readonly offerState: OfferState };

export const offerVersionNode = (offerState: OfferState, version: OfferVersionRecord): OfferVersionNode => ({
  ...version,
  offerState,
});

/** Throws BAD_USER_INPUT. */
export const offerKey = (id: string, argument = "id"): OfferId => keyOfId("Offer", id, OfferId.parse, argument);

export function offerById(context: RequestContext, id: OfferId): OfferNode | null {
  const state = stateOf(context.session(), "offer", id);
  return state === null ? null : offerNode(state);
}

/** Looked up once for all that mention it in this answer. */
export async function offerNamed(context: RequestContext, id: string): Promise<OfferNode | null> {
  const state = await context.loaders().offer.load(id);
  return state === null ? null : offerNode(state);
}
