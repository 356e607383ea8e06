import { addFlip } from "./flipList.ts";
import { type FlipFinder, flipOf, type WatchedTest } from "./watchedTest.ts";

/** Sets: only tests that name a member which came or went are looked at. */
export function createSetFlips(tests: readonly WatchedTest[]): FlipFinder {
  const naming = new Map<string, WatchedTest[]>();
  /** They may change where the set becomes missing or known: a set that is there and empty holds all of nothing. */
  const ofPresence: WatchedTest[] = [];
  for (const watched of tests) {
    const { test } = watched;
    const names = test.kind === "holdsAny" || test.kind === "holdsAll" ? test.values : [];
    if (names.length === 0) ofPresence.push(watched);
    for (const name of new Set(names)) {
      const there = naming.get(name);
      if (there === undefined) naming.set(name, [watched]);
      else there.push(watched);
    }
  }

  return (before, after, flips) => {
    const look = (watched: readonly WatchedTest[]): void => {
      for (const { leaf, holds } of watched) {
        const truth = holds(after);
        if (truth !== holds(before)) addFlip(flips, flipOf(leaf, truth));
      }
    };
    if (before === null || after === null) look(ofPresence);
    const was = (before ?? []) as readonly string[];
    const is = (after ?? []) as readonly string[];
    for (const member of was) if (!is.includes(member)) look(naming.get(member) ?? []);
    for (const member of is) if (!was.includes(member)) look(naming.get(member) ?? []);
  };
}
