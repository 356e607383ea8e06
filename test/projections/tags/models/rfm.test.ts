import fc from "fast-check";
import { expect, test } from "vitest";
import { compareNatural } from "../../../../src/projections/tags/models/naturalOrder.ts";
import { type RfmRow, rfmCell, rfmScores } from "../../../../src/projections/tags/models/rfm.ts";

const row = (row: number, value: number, tieKey: string | null = String(row)): RfmRow => ({
  row,
  recency: value,
  frequency: value,
  monetary: value,
  tieKey,
  customerId: `customer ${row}`,
});
const cells = (rows: readonly RfmRow[], groups: number, newest?: "low" | "high"): Record<number, string> => {
  const scores = rfmScores(rows, groups, newest);
  return Object.fromEntries(
    [...scores.rows].map((row, at) => [
      row,
      rfmCell(scores.recency[at] as number, scores.frequency[at] as number, scores.monetary[at] as number, groups),
    ]),
  );
};

test("fewer days are the better recency, more purchases and money the better rest", () =>
  expect(cells([row(1, 10), row(2, 20), row(3, 30)], 3)).toEqual({ 1: "311", 2: "222", 3: "133" }));

test("of dates the later one is the better recency", () =>
  expect(cells([row(1, 10), row(2, 20), row(3, 30)], 3, "high")).toEqual({ 1: "111", 2: "222", 3: "333" }));

test("the first groups take one more where the population does not divide", () => {
  const scores = rfmScores(
    [1, 2, 3, 4, 5, 6, 7].map(n => row(n, n)),
    3,
  );
  expect([...scores.monetary]).toEqual([1, 1, 1, 2, 2, 3, 3]);
});

test("a population smaller than the groups fills the lowest ones", () =>
  expect([...rfmScores([row(1, 1), row(2, 2)], 5).monetary]).toEqual([1, 2]));

test("ties go by id in natural order, and who has none comes last", () =>
  expect([...rfmScores([row(1, 7, null), row(2, 7, "10"), row(3, 7, "9"), row(4, 7, "C-1")], 4).monetary]).toEqual([
    4, 2, 1, 3,
  ]));

test("who lacks a value has no score and takes nobody's place", () =>
  expect(cells([row(1, 1), { ...row(2, 2), recency: null }, row(3, 3)], 2)).toEqual({ 1: "211", 3: "122" }));

test("ten groups are told apart in a cell", () => expect(rfmCell(10, 1, 2, 10)).toBe("10-1-2"));

test("zero groups are refused", () => expect(() => rfmScores([], 0)).toThrow("groups: expected 1 to 255, got 0"));

const anyRow = fc.record({
  recency: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.maxSafeInteger()),
  tieKey: fc.option(fc.oneof(fc.stringMatching(/^[0-9]{1,3}$/), fc.stringMatching(/^[A-C]?[0-9]{0,2}[a-c]?$/))),
});

test("scores are those of NTILE over a plain sort, whatever the values and in whatever order rows come", () =>
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (some, groups) => {
      const rows = some.map(
        ({ recency, tieKey }, at): RfmRow => ({
          ...row(at, recency),
          tieKey: tieKey === null ? null : `${tieKey}#${at}`,
        }),
      );
      const sorted = rows.toSorted((a, b) => (a.monetary as number) - (b.monetary as number) || compareTies(a, b));
      const expected = new Map(sorted.map(({ row }, place) => [row, ntileOf(place, sorted.length, groups)]));
      const backwards = rfmScores(rows.toReversed(), groups);
      const forwards = rfmScores(rows, groups);
      expect([...forwards.monetary]).toEqual([...forwards.rows].map(at => expected.get(at)));
      expect([...backwards.monetary].reverse()).toEqual([...forwards.monetary]);
      expect([...backwards.recency].reverse()).toEqual([...forwards.recency]);
    }),
  ));

function compareTies(a: RfmRow, b: RfmRow): number {
  if (a.tieKey !== null && b.tieKey !== null) return compareNatural(a.tieKey, b.tieKey);
  if (a.tieKey === null && b.tieKey === null) return a.customerId < b.customerId ? -1 : 1;
  return a.tieKey === null ? 1 : -1;
}

function ntileOf(place: number, size: number, groups: number): number {
  for (let group = 1, end = 0; ; group += 1) {
    end += Math.floor(size / groups) + (group <= size % groups ? 1 : 0);
    if (place < end) return group;
  }
}

test("ids sort as people read them", () =>
  expect(["C10", "c1", "C2", "07", "7", "10", "C2-10", "C2-9", ""].sort(compareNatural)).toEqual([
    "",
    "7",
    "07",
    "10",
    "C2",
    "C2-9",
    "C2-10",
    "C10",
    "c1",
  ]));
