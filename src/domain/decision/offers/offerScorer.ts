import type { OfferDefinition, OfferId } from "../../campaign/offer.ts";
import type { EventId } from "../../ids.ts";
import type { Truth } from "../truth.ts";

/** An offer of the campaign as it stands for one customer. */
export type OfferCandidate = {
  readonly definition: OfferDefinition;
  /** Whether the customer meets the offer's rule. */
  readonly eligible: Truth;
  /** The value of the offer's tier tag; null without one, or where the customer has none. */
  readonly tier: string | null;
  /** How often the offer was accepted and not, by customers of that tier. */
  readonly successes: number;
  readonly failures: number;
};

/**
 * How likely the customer is to accept, from 0 to 1: what an offer is ranked by, times its value. Must follow from its arguments
 * alone, on every machine, so that a replay finds the same; `decisionId` serves as the seed of whatever is drawn.
 */
export type OfferScorer = (decisionId: EventId, candidate: OfferCandidate) => number;

/** Where a scorer draws at random: a seed of its own for each decision and offer. */
export const drawSeed = (decisionId: EventId, offerId: OfferId): string => `${decisionId}/${offerId}`;
