import { expect, test } from "vitest";
import { bucketCode, bucketRange } from "../../../../src/projections/segments/columns/coding.ts";
import { cutsOf } from "../../../../src/projections/segments/columns/sketch.ts";

test("a value that many have gets a bucket of its own, the lowest too", () => {
  const sorted = Float64Array.from({ length: 10_000 }, (_, index) => Math.max(0, index - 4000)).sort();
  const cuts = cutsOf(sorted);
  expect(bucketRange(cuts, bucketCode(cuts, 0))).toEqual({ from: 0, to: 0 });
  expect(cuts.length).toBeLessThan(254);
});

test("buckets hold about as many values each", () => {
  const sorted = Float64Array.from({ length: 65_536 }, (_, index) => index ** 3).sort();
  const cuts = cutsOf(sorted);
  const held = new Map<number, number>();
  for (const value of sorted) held.set(bucketCode(cuts, value), (held.get(bucketCode(cuts, value)) ?? 0) + 1);
  expect(Math.max(...held.values())).toBeLessThan(2 * (65_536 / 254));
});
