import type { OfferOutcome } from "../../definitions/campaignDefinitions.ts";
import { campaignRefusal } from "../campaign/refusalType.ts";
import { offerNode } from "./offerNode.ts";

/** The outcome of a command in the API's words: one of the types of `OfferResult`. */
export function offerResult(outcome: OfferOutcome): object {
  if (!outcome.ok) return campaignRefusal(outcome.refusal);
  const { kind, offer, version, position } = outcome.value;
  return { outcome: kind, offer: offerNode(offer), version, position };
}
