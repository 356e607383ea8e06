import type { Instant } from "../../domain/instant.ts";
import type { ReadSession } from "../../projections/readModels.ts";

/**
 * All that an answer was made from. The same operation with the same variables gives the same answer in every later
 * snapshot of the generation in which none of the keys was touched, at every instant from `from` until before `until`.
 *
 * What a commit touches is written with it and read in the same snapshot as everything else, so whoever sees a change
 * also sees that there was one: there is no moment at which an answer could be taken for true and is not.
 */
export type AnswerTrace = {
  readonly generation: number;
  readonly from: Instant;
  readonly until: Instant;
  /** See touchedKeys. */
  readonly keys: readonly string[];
  /** The newest snapshot that is known to give this answer. */
  seenIn: number;
};

/** `session`: just opened. It is not read from: a look at each key in memory is the whole check. */
export function holdsIn(trace: AnswerTrace, session: ReadSession, now: Instant): boolean {
  if (trace.generation !== session.generation || now < trace.from || now >= trace.until) return false;
  if (session.snapshot < trace.seenIn || session.touchedAfter(trace.keys, trace.seenIn)) return false;
  trace.seenIn = session.snapshot;
  return true;
}
