import type { Range } from "../../../../domain/segment/plan.ts";
import { addFlip } from "./flipList.ts";
import { type FlipFinder, flipOf, type WatchedTest } from "./watchedTest.ts";

/** Where thousands of rules test one number, what is true of all its stretches must not fill the memory. */
const stretchesKept = 1000;

/**
 * Tests of numbers turn only where a value crosses an end of a range. All ends of all tests stand in one ascending list of cuts;
 * between two neighbours nothing turns, so that most small drifts cost two short searches. A test both ends of which are crossed is
 * told of twice.
 */
export function createNumberFlips(tests: readonly WatchedTest[]): FlipFinder {
  /** What turns when a value rises past the cut. */
  const rising = new Map<number, number[]>();
  for (const { leaf, test } of tests)
    if (test.kind === "within")
      for (const { from, to } of joined(test.ranges)) {
        if (Number.isFinite(from)) rising.set(from, [...(rising.get(from) ?? []), flipOf(leaf, true)]);
        if (Number.isFinite(to)) rising.set(to, [...(rising.get(to) ?? []), flipOf(leaf, false)]);
      }
  const cuts = Float64Array.from(rising.keys()).sort();
  const up = Int32Array.from([...cuts].flatMap(cut => rising.get(cut) as number[]));
  const down = up.map(flip => flip ^ 1);
  /** Where in `up` and `down` the flips of each cut begin. */
  const starts = new Int32Array(cuts.length + 1);
  for (let cut = 0; cut < cuts.length; cut += 1)
    starts[cut + 1] = (starts[cut] as number) + (rising.get(cuts[cut] as number) as number[]).length;

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

  /** Leaves that are true of a value, remembered by stretch. */
  let byStretch = new Map<number, readonly number[]>();
  const trueOf = (value: number): readonly number[] => {
    const stretch = stretchOf(value);
    const known = byStretch.get(stretch);
    if (known !== undefined) return known;
    if (byStretch.size >= stretchesKept) byStretch = new Map();
    const found = tests.filter(({ holds }) => holds(value)).map(({ leaf }) => leaf);
    byStretch.set(stretch, found);
    return found;
  };

  return (before, after, flips) => {
    if (before === null || after === null) {
      const present = (after ?? before) as number | null;
      if (present !== null) for (const leaf of trueOf(present)) addFlip(flips, flipOf(leaf, after !== null));
      return;
    }
    const from = stretchOf(before as number);
    const to = stretchOf(after as number);
    const crossed = from < to ? up : down;
    const last = starts[Math.max(from, to)] as number;
    for (let at = starts[Math.min(from, to)] as number; at < last; at += 1) addFlip(flips, crossed[at] as number);
  };
}

/** Ranges that touch are one: nothing turns between them. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const apart: Range[] = [];
  for (const range of ranges) {
    const before = apart.at(-1);
    if (before?.to === range.from) apart[apart.length - 1] = { from: before.from, to: range.to };
    else apart.push(range);
  }
  return apart;
}
