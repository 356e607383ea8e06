import { expect, test } from "vitest";
import { mergeOrigins, type Origin } from "../../../../src/projections/segments/standing/origin.ts";

const origin = (over: Partial<Origin>): Origin => ({
  cause: "fact",
  position: 5,
  at: 1000,
  occurredAt: 900,
  corrected: false,
  ...over,
});

test("a merge explains more than a fact, a fact more than the clock", () => {
  expect(mergeOrigins(origin({}), origin({ cause: "merge", position: 4 })).cause).toBe("merge");
  expect(mergeOrigins(origin({ cause: "clock", position: 6 }), origin({})).cause).toBe("fact");
});

test("the newest position counts, and when its fact was true", () => {
  expect(mergeOrigins(origin({ position: 7, occurredAt: 700 }), origin({}))).toEqual(
    origin({ position: 7, occurredAt: 700 }),
  );
});

test("one correction makes it one, since the earliest moment that was not so", () => {
  const late = origin({ position: 3, occurredAt: 100, corrected: true });
  const later = origin({ position: 4, occurredAt: 200, corrected: true });
  const merged = mergeOrigins(mergeOrigins(later, origin({})), late);
  expect(merged).toEqual(origin({ occurredAt: 100, corrected: true }));
});
