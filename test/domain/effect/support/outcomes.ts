import { noOutcomes, type OutcomeSums } from "../../../../src/domain/effect/outcomeSums.ts";

/** Sums over customers with these outcomes, and what the same measure was of them before. */
export function outcomes(after: readonly number[], before: readonly number[] = after.map(() => 0)): OutcomeSums {
  let { n, converted, y, yy, x, xx, xy } = noOutcomes;
  for (const [index, outcome] of after.entries()) {
    const [one, other] = [BigInt(outcome), BigInt(before[index] as number)];
    n += 1;
    converted += outcome === 0 ? 0 : 1;
    y += one;
    yy += one * one;
    x += other;
    xx += other * other;
    xy += one * other;
  }
  return { n, converted, y, yy, x, xx, xy };
}
