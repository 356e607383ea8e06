import type { OfferDefinition, OfferId } from "../../campaign/offer.ts";
import type { EventId } from "../../ids.ts";
import type { Instant } from "../../instant.ts";
import { murmur3OfText, sampleBucket } from "../../segment/sampleBucket.ts";
import type { OfferScore } from "../decision.ts";
import { isUnknown } from "../truth.ts";
import type { OfferCandidate, OfferScorer } from "./offerScorer.ts";

export type OfferChoice =
  | {
      readonly kind: "chosen";
      readonly offerId: OfferId;
      readonly tier: string | null;
      /** Drawn evenly, however the offers scored. */
      readonly explored: boolean;
      /** Of those eligible, the best first. */
      readonly scores: readonly OfferScore[];
    }
  | { readonly kind: "none"; readonly asked: number }
  /** No offer is known to be eligible, and of one or more it could not be told; or their values cannot be compared. */
  | { readonly kind: "unknown"; readonly why: string };

/**
 * The next best offer: the eligible one with the highest expected value, the scorer's draw times the value; equals by id. In
 * `exploration` hundredths of a percent of decisions it is drawn evenly instead. Both follow from the decision's id, so that a
 * replay chooses the same.
 */
export function chooseOffer(
  decisionId: EventId,
  at: Instant,
  candidates: readonly OfferCandidate[],
  exploration: number,
  scorer: OfferScorer,
): OfferChoice {
  const current = candidates.filter(({ definition }) => isCurrent(definition, at));
  const eligible = current.filter(candidate => candidate.eligible === true);
  if (eligible.length === 0) {
    for (const { definition, eligible: truth } of current) {
      if (isUnknown(truth)) return { kind: "unknown", why: `offer ${definition.id}: ${truth.unknown}` };
    }
    return { kind: "none", asked: candidates.length };
  }
  const { currency } = (eligible[0] as OfferCandidate).definition.value;
  for (const { definition } of eligible) {
    if (definition.value.currency === currency) continue;
    return { kind: "unknown", why: `values in ${currency} and ${definition.value.currency} cannot be compared` };
  }
  const scores = eligible.map(candidate => scoreOf(decisionId, candidate, scorer)).sort(bestFirst);
  const explored = exploration > 0 && sampleBucket("explore", decisionId) < exploration;
  const taken = scores[explored ? evenly(decisionId, scores.length) : 0] as OfferScore;
  return { kind: "chosen", offerId: taken.offerId, tier: taken.tier, explored, scores };
}

const isCurrent = ({ from, until }: OfferDefinition, at: Instant): boolean =>
  (from === null || at >= from) && (until === null || at < until);

const scoreOf = (decisionId: EventId, candidate: OfferCandidate, scorer: OfferScorer): OfferScore => ({
  offerId: candidate.definition.id,
  tier: candidate.tier,
  successes: candidate.successes,
  failures: candidate.failures,
  draw: scorer(decisionId, candidate),
  value: candidate.definition.value,
});

/** Ids by code units, which no locale changes. */
const bestFirst = (one: OfferScore, other: OfferScore): number =>
  other.draw * other.value.minorUnits - one.draw * one.value.minorUnits || (one.offerId < other.offerId ? -1 : 1);

/** A place below `count`, by another hash of the decision than the one that says whether to explore. */
const evenly = (decisionId: EventId, count: number): number =>
  Math.floor((murmur3OfText(`explored:${decisionId}`) / 4_294_967_296) * count);
