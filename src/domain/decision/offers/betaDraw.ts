import { sameLog } from "../../sameLogarithm.ts";

/*
 * Sums, products, quotients and square roots of doubles are the same on every machine (IEEE 754), and sameLog uses nothing else.
 * That is why a Beta is drawn from two gammas: inverting its distribution function takes powers and logarithms of the gamma
 * function, whose last digits differ between engines, and drawing from order statistics takes as many draws as there were trials.
 */

/** One draw from Beta(a, b), a and b at least 1: X / (X + Y) of gammas X and Y (Devroye, "Non-Uniform Random Variate Generation", 1986, IX.4.1). */
export function betaDraw(uniform: () => number, a: number, b: number): number {
  const x = gammaDraw(uniform, a);
  return x / (x + gammaDraw(uniform, b));
}

/** One draw from Gamma(shape, 1), shape at least 1: Marsaglia & Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000). */
function gammaDraw(uniform: () => number, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalDraw(uniform);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = uniform();
    const square = x * x;
    if (u < 1 - 0.0331 * square * square) return d * v;
    if (sameLog(u) < 0.5 * square + d * (1 - v + sameLog(v))) return d * v;
  }
}

/** One draw from the standard normal: Marsaglia's polar method, which needs no sine. */
function normalDraw(uniform: () => number): number {
  for (;;) {
    const x = 2 * uniform() - 1;
    const y = 2 * uniform() - 1;
    const square = x * x + y * y;
    if (square < 1 && square > 0) return x * Math.sqrt((-2 * sameLog(square)) / square);
  }
}
