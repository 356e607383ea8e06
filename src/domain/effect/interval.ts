import { z95 } from "./distributions.ts";

/** A 95 % confidence interval, ends included. */
export type Interval = { readonly from: number; readonly to: number };

/** An estimate that is about normal, give or take 1.96 standard errors. */
export const around = (estimate: number, standardError: number): Interval => ({
  from: estimate - z95 * standardError,
  to: estimate + z95 * standardError,
});

export const scaled = ({ from, to }: Interval, by: number): Interval => ({ from: from * by, to: to * by });

/** A ratio whose logarithm is about normal, as a relative change: ratio · e^(±1.96 se) − 1. */
export const aroundRatio = (ratio: number, standardErrorOfLog: number): Interval => ({
  from: ratio * Math.exp(-z95 * standardErrorOfLog) - 1,
  to: ratio * Math.exp(z95 * standardErrorOfLog) - 1,
});
