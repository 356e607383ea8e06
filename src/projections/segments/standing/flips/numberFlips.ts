import { type FlipFinder, flipOf, type WatchedTest } from "./flipFinder.ts";

/**
 * Tests of numbers change only where a value crosses an end of a range. All ends of all tests stand in one ascending list of cuts;
 * between two neighbours no test changes, so most small drifts cost two binary searches and nothing else.
 */
export function createNumberFlips(tests: readonly WatchedTest[]): FlipFinder {
  const atCut = new Map<number, WatchedTest[]>();
  for (const watched of tests) {
    if (watched.test.kind !== "within") continue;
    const ends = new Set(watched.test.ranges.flatMap(({ from, to }) => [from, to]));
    for (const end of ends) {
      if (!Number.isFinite(end)) continue;
      const there = atCut.get(end);
      if (there === undefined) atCut.set(end, [watched]);
      else there.push(watched);
    }
  }
  const cuts = Float64Array.from(atCut.keys()).sort();
  const testsAt = Array.from(cuts, cut => atCut.get(cut) as WatchedTest[]);

  /** How many cuts are not above the value. */
  const stretchOf = (value: number): number => {
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cuts[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return (before, after, flips) => {
    if (before === null || after === null) {
      const present = after ?? before;
      for (const { leaf, holds } of tests) if (holds(present)) flips.push(flipOf(leaf, after !== null));
      return;
    }
    const from = stretchOf(before as number);
    const to = stretchOf(after as number);
    const last = Math.max(from, to);
    for (let cut = Math.min(from, to); cut < last; cut += 1)
      for (const { leaf, holds } of testsAt[cut] as WatchedTest[]) {
        const truth = holds(after);
        if (truth !== holds(before)) flips.push(flipOf(leaf, truth));
      }
  };
}
