/** An exact number: numerator over a denominator above 0. Not reduced: expressions are shallow and rounded once, at their end. */
export type Fraction = { readonly n: bigint; readonly d: bigint };

export const fractionOf = (scaled: number, decimals: number): Fraction => ({
  n: BigInt(scaled),
  d: 10n ** BigInt(decimals),
});

export const add = (a: Fraction, b: Fraction): Fraction =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
export const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { n: -b.n, d: b.d });
export const multiply = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
/** Null where b is zero. */
export const divide = (a: Fraction, b: Fraction): Fraction | null =>
  b.n === 0n ? null : b.n > 0n ? { n: a.n * b.d, d: a.d * b.n } : { n: -a.n * b.d, d: a.d * -b.n };

/** Below, at or above 0 as a is less than, equal to or more than b. */
export function compare(a: Fraction, b: Fraction): number {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}
