/**
 * collecting: too early to say. inconclusive: the figures so far are what chance makes of no effect at least once in twenty times.
 * better, worse: they are not.
 */
export type Verdict = "collecting" | "inconclusive" | "better" | "worse";

/** Below so many assigned customers in either arm nothing is said. */
export const fewestAssigned = 100;
/** How often an experiment without any effect is called better or worse all the same, if it is looked at once. Looking daily and stopping at the first hit errs far more often. */
export const significance = 0.05;

export function verdictOf(lift: {
  readonly treated: number;
  readonly control: number;
  /** Whether the outcome window of anybody assigned has ended. */
  readonly windowEnded: boolean;
  readonly absolute: number;
  readonly p: number | null;
}): Verdict {
  if (Math.min(lift.treated, lift.control) < fewestAssigned || !lift.windowEnded) return "collecting";
  if (lift.p === null || lift.p >= significance) return "inconclusive";
  return lift.absolute > 0 ? "better" : "worse";
}
