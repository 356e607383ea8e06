import { chdtrc, compiled, ndtri } from "cephes";

/*
 * Distributions from the Cephes library (S. L. Moshier, "Methods and Programs for Mathematical Functions", 1989), whose tails are
 * exact to the last digits where 1 − cdf would be nothing but rounding.
 */

await compiled;

/** The half-width, in standard errors, of a two-sided 95 % interval of the normal distribution: its 97.5 % quantile. */
export const z95: number = ndtri(0.975);

/**
 * How often a chi-square figure with so many degrees of freedom (100 at most) is at least `value`; 0 where that is below 1e-300, 1
 * where it is so but for a millionth. Beyond either the library throws instead of rounding.
 */
export function chiSquareP(value: number, degreesOfFreedom: number): number {
  if (value > 1380) return 0;
  return value < 1e-6 * (degreesOfFreedom - 1) ? 1 : chdtrc(degreesOfFreedom, value);
}

/** How often a standard normal figure lies at least as far from 0 as `z`, on either side: its square is a chi-square of one degree. */
export const twoSidedP = (z: number): number => chiSquareP(z * z, 1);
