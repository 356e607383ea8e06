import type { TagValue } from "../../../../domain/tag/tagValue.ts";
import { type FlipFinder, flipOf, type WatchedTest } from "./flipFinder.ts";

/** Texts of which every customer has another one must not fill the memory. */
const pairsKept = 20_000;

/** Booleans, enumerations and texts: what a value makes of the tests is the same each time, and remembered by pair of values. */
export function createValueFlips(tests: readonly WatchedTest[]): FlipFinder {
  let byBefore = new Map<TagValue, Map<TagValue, readonly number[]>>();
  let pairs = 0;

  const between = (before: TagValue, after: TagValue): readonly number[] =>
    tests.flatMap(({ leaf, holds }) => {
      const truth = holds(after);
      return truth === holds(before) ? [] : [flipOf(leaf, truth)];
    });

  return (before, after, flips) => {
    let byAfter = byBefore.get(before);
    if (byAfter === undefined || pairs >= pairsKept) {
      if (pairs >= pairsKept) {
        byBefore = new Map();
        pairs = 0;
      }
      byAfter = new Map();
      byBefore.set(before, byAfter);
    }
    let found = byAfter.get(after);
    if (found === undefined) {
      found = between(before, after);
      byAfter.set(after, found);
      pairs += 1;
    }
    for (const flip of found) flips.push(flip);
  };
}
