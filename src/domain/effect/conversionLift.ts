import { z95 } from "./distributions.ts";
import { around, aroundRatio, type Interval } from "./interval.ts";

/** How many of an arm's customers converted. */
export type Share = { readonly n: number; readonly converted: number };

/**
 * Difference of two independent proportions with the unpooled Wald interval: d ± z √(p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂).
 * Agresti, "Categorical Data Analysis", 2nd ed. 2002, §3.1.
 */
export function waldInterval(treated: Share, control: Share): Interval {
  const [p, q] = [treated.converted / treated.n, control.converted / control.n];
  return around(p - q, Math.sqrt((p * (1 - p)) / treated.n + (q * (1 - q)) / control.n));
}

/**
 * Hybrid score interval for the same difference: method 10 of R. G. Newcombe, "Interval estimation for the difference between
 * independent proportions", Statistics in Medicine 17 (1998), 873–890, from the Wilson limits (l, u) of either proportion:
 * d − √((p₁ − l₁)² + (u₂ − p₂)²) to d + √((u₁ − p₁)² + (p₂ − l₂)²). Holds for small counts too, where Wald's does not.
 */
export function newcombeInterval(treated: Share, control: Share): Interval {
  const [p, q] = [treated.converted / treated.n, control.converted / control.n];
  const [first, second] = [wilsonInterval(treated), wilsonInterval(control)];
  return {
    from: p - q - Math.hypot(p - first.from, second.to - q),
    to: p - q + Math.hypot(first.to - p, q - second.from),
  };
}

/** (2np + z² ± z √(z² + 4np(1 − p))) / 2(n + z²): E. B. Wilson, J. Amer. Statist. Assoc. 22 (1927), 209–212. */
export function wilsonInterval({ n, converted }: Share): Interval {
  const p = converted / n;
  const middle = 2 * converted + z95 * z95;
  const width = z95 * Math.sqrt(z95 * z95 + 4 * converted * (1 - p));
  const by = 2 * (n + z95 * z95);
  // Nobody or everybody: the ends are 0 and 1, whatever rounding makes of them.
  return { from: converted === 0 ? 0 : (middle - width) / by, to: converted === n ? 1 : (middle + width) / by };
}

/**
 * Relative lift p₁/p₂ − 1 with the log interval: the standard error of ln(p₁/p₂) is √(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂). D. Katz et al.,
 * "Obtaining confidence intervals for the risk ratio in cohort studies", Biometrics 34 (1978), 469–474. Null where nobody of the control
 * converted; no interval where nobody of the treated did.
 */
export function katzLift(treated: Share, control: Share): { value: number; interval: Interval | null } | null {
  if (control.converted === 0) return null;
  const ratio = treated.converted / treated.n / (control.converted / control.n);
  if (treated.converted === 0) return { value: -1, interval: null };
  const variance = 1 / treated.converted - 1 / treated.n + 1 / control.converted - 1 / control.n;
  return { value: ratio - 1, interval: aroundRatio(ratio, Math.sqrt(variance)) };
}

/**
 * z of the two-proportion test with pooled variance: d / √(p(1 − p)(1/n₁ + 1/n₂)), p = (x₁ + x₂)/(n₁ + n₂). Fleiss, Levin and Paik,
 * "Statistical Methods for Rates and Proportions", 3rd ed. 2003, §3.2. Null where nobody or everybody converted.
 */
export function pooledZ(treated: Share, control: Share): number | null {
  const pooled = (treated.converted + control.converted) / (treated.n + control.n);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / treated.n + 1 / control.n));
  return error === 0 ? null : (treated.converted / treated.n - control.converted / control.n) / error;
}
