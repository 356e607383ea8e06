import { betaDraw } from "./betaDraw.ts";
import { drawSeed, type OfferScorer } from "./offerScorer.ts";
import { uniformsFrom } from "./uniforms.ts";

/**
 * Thompson sampling of a Bernoulli bandit under an even prior: a draw from Beta(1 + successes, 1 + failures) (Chapelle & Li, "An
 * empirical evaluation of Thompson sampling", NIPS 2011). What is little known varies widely and so is tried.
 */
export const thompson: OfferScorer = (decisionId, { definition, successes, failures }) =>
  betaDraw(uniformsFrom(drawSeed(decisionId, definition.id)), 1 + successes, 1 + failures);
