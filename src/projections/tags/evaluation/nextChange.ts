import type { Instant } from "../../../domain/instant.ts";
import { sameValue } from "../../../domain/tag/tagValue.ts";
import type { Evaluated } from "./evaluated.ts";

/**
 * The instant at which the value will be another one if nothing else arrives; null if it never will. After so many ends of
 * validity without a change: the instant up to which it is known to stay.
 */
export function nextChange(
  { value, validUntil }: Evaluated,
  evaluateAt: (at: Instant) => Evaluated,
  mostSteps = 10_000,
): Instant | null {
  let until = validUntil;
  for (let step = 0; until !== null && step < mostSteps; step += 1) {
    const then = evaluateAt(until);
    if (!sameValue(then.value, value)) return until;
    until = then.validUntil;
  }
  return until;
}
