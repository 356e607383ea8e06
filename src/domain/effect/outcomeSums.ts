/**
 * What a comparison of arms needs to know of one arm and one KPI: sums over everyone assigned to it, whether or not contacted. `y` is a
 * customer's outcome (of a conversion 0 or 1), `x` the same measure before the assignment. Exact integers, in the KPI's scale.
 */
export type OutcomeSums = {
  readonly n: number;
  /** Customers with any fact that the KPI counts. */
  readonly converted: number;
  readonly y: bigint;
  readonly yy: bigint;
  readonly x: bigint;
  readonly xx: bigint;
  readonly xy: bigint;
};

export const noOutcomes: OutcomeSums = { n: 0, converted: 0, y: 0n, yy: 0n, x: 0n, xx: 0n, xy: 0n };

/** `sign` −1 takes the second away from the first. */
export const addOutcomes = (a: OutcomeSums, b: OutcomeSums, sign: 1 | -1 = 1): OutcomeSums => {
  const by = BigInt(sign);
  return {
    n: a.n + sign * b.n,
    converted: a.converted + sign * b.converted,
    y: a.y + by * b.y,
    yy: a.yy + by * b.yy,
    x: a.x + by * b.x,
    xx: a.xx + by * b.xx,
    xy: a.xy + by * b.xy,
  };
};

/** Mean of the outcomes; null of nobody. */
export const meanOf = (n: number, sum: bigint): number | null => (n === 0 ? null : Number(sum) / n);

/**
 * Sample covariance with n − 1 (of a figure with itself: the variance), from its sums: (n Σab − Σa Σb) / (n (n − 1)). The numerator is
 * worked out in exact integers, where floats would lose all digits once means are large beside the spread. Null below two.
 */
export const covarianceOf = (n: number, a: bigint, b: bigint, ab: bigint): number | null =>
  n < 2 ? null : Number(BigInt(n) * ab - a * b) / n / (n - 1);

/** Sample standard deviation of the outcomes, with n − 1. */
export function deviationOf({ n, y, yy }: OutcomeSums): number | null {
  const variance = covarianceOf(n, y, y, yy);
  return variance === null ? null : Math.sqrt(variance);
}
