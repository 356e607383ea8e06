import type { TagValue } from "../../../../domain/tag/tagValue.ts";
import { addFlip } from "./flipList.ts";
import { type FlipFinder, flipOf, type WatchedTest } from "./watchedTest.ts";

/** Texts of which every customer has another one must not fill the memory. */
const pairsKept = 20_000;

/** Booleans, enumerations and texts: what a value makes of the tests is the same each time, and remembered by pair of values. */
export function createValueFlips(tests: readonly WatchedTest[]): FlipFinder {
  let byBefore = new Map<TagValue, Map<TagValue, Int32Array>>();
  let pairs = 0;

  const work = (before: TagValue, after: TagValue): Int32Array => {
    const flips = tests.flatMap(({ leaf, holds }) => {
      const truth = holds(after);
      return truth === holds(before) ? [] : [flipOf(leaf, truth)];
    });
    if (pairs >= pairsKept) {
      byBefore = new Map();
      pairs = 0;
    }
    const byAfter = byBefore.get(before) ?? new Map<TagValue, Int32Array>();
    byBefore.set(before, byAfter);
    const found = Int32Array.from(flips);
    byAfter.set(after, found);
    pairs += 1;
    return found;
  };

  return (before, after, flips) => {
    const found = byBefore.get(before)?.get(after) ?? work(before, after);
    for (const flip of found) addFlip(flips, flip);
  };
}
