import { around, aroundRatio, type Interval } from "./interval.ts";
import { covarianceOf, type OutcomeSums } from "./outcomeSums.ts";

/** A difference of means per head: its estimate, 95 % interval and z. `interval` null: fewer than two in an arm; z null: no spread. */
export type Difference = { readonly absolute: number; readonly interval: Interval | null; readonly z: number | null };

/**
 * Difference of two means with variances of their own: d ± z √(s₁²/n₁ + s₂²/n₂), s² with n − 1. B. L. Welch, "The generalization of
 * Student's problem when several different population variances are involved", Biometrika 34 (1947), 28–35; the normal quantile takes
 * the place of t, which at a hundred a side is the same to two digits. Nobody may be missing in either arm.
 */
export function welchDifference(treated: OutcomeSums, control: OutcomeSums): Difference {
  const absolute = Number(treated.y) / treated.n - Number(control.y) / control.n;
  return difference(absolute, varianceOfMean(treated), varianceOfMean(control));
}

/**
 * m₁/m₂ − 1, where the control's mean is positive, and by the delta method on ln(m₁/m₂) its interval, where both are: standard error
 * √(s₁²/(n₁m₁²) + s₂²/(n₂m₂²)). Casella and Berger, "Statistical Inference", 2nd ed. 2002, §5.5.4.
 */
export function relativeMean(
  treated: OutcomeSums,
  control: OutcomeSums,
): { value: number; interval: Interval | null } | null {
  const [m, c] = [Number(treated.y) / treated.n, Number(control.y) / control.n];
  if (c <= 0) return null;
  const [v, w] = [varianceOfMean(treated), varianceOfMean(control)];
  const interval = m > 0 && v !== null && w !== null ? aroundRatio(m / c, Math.sqrt(v / (m * m) + w / (c * c))) : null;
  return { value: m / c - 1, interval };
}

export type CupedDifference = Difference & {
  readonly theta: number;
  /** Share of the difference's variance that the pre-period took away. */
  readonly varianceReduction: number;
};

/**
 * The same difference with less noise, thanks to what the same customers did before: of y − θ(x − x̄), θ = cov(y, x)/var(x) pooled over the
 * arms (within them, so that the effect itself has no part in it). Deng, Xu, Kohavi and Walker, "Improving the sensitivity of online
 * controlled experiments by utilizing pre-experiment data", WSDM 2013. Null where x does not vary, or an arm has fewer than two.
 */
export function cupedDifference(treated: OutcomeSums, control: OutcomeSums): CupedDifference | null {
  const [first, second] = [spreadOf(treated), spreadOf(control)];
  if (first === null || second === null) return null;
  const [a, b] = [treated.n - 1, control.n - 1];
  const xx = a * first.xx + b * second.xx;
  if (xx === 0) return null;
  const theta = (a * first.xy + b * second.xy) / xx;
  const before = Number(treated.x) / treated.n - Number(control.x) / control.n;
  const absolute = Number(treated.y) / treated.n - Number(control.y) / control.n - theta * before;
  const adjusted = ({ yy, xy, xx }: Spread): number => Math.max(0, yy - 2 * theta * xy + theta * theta * xx);
  const plain = first.yy / treated.n + second.yy / control.n;
  const left = adjusted(first) / treated.n + adjusted(second) / control.n;
  return {
    ...difference(absolute, adjusted(first) / treated.n, adjusted(second) / control.n),
    theta,
    varianceReduction: plain === 0 ? 0 : 1 - left / plain,
  };
}

type Spread = { readonly yy: number; readonly xy: number; readonly xx: number };

function spreadOf({ n, y, yy, x, xx, xy }: OutcomeSums): Spread | null {
  const [ofY, ofXY, ofX] = [covarianceOf(n, y, y, yy), covarianceOf(n, x, y, xy), covarianceOf(n, x, x, xx)];
  return ofY === null || ofXY === null || ofX === null ? null : { yy: ofY, xy: ofXY, xx: ofX };
}

function varianceOfMean({ n, y, yy }: OutcomeSums): number | null {
  const variance = covarianceOf(n, y, y, yy);
  return variance === null ? null : variance / n;
}

function difference(absolute: number, first: number | null, second: number | null): Difference {
  if (first === null || second === null) return { absolute, interval: null, z: null };
  const error = Math.sqrt(first + second);
  return { absolute, interval: around(absolute, error), z: error === 0 ? null : absolute / error };
}
