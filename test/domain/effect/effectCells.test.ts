import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDayKey, parseGroupKey, printDayKey, printGroupKey } from "../../../src/domain/effect/cellKey.ts";
import { type CellKind, createEffectCells } from "../../../src/domain/effect/effectCells.ts";
import type { Counter, Enrolment } from "../../../src/domain/effect/enrolment.ts";
import { parseEnrolment, printEnrolment } from "../../../src/domain/effect/enrolmentText.ts";
import { parseSums, printSums } from "../../../src/domain/effect/sums.ts";
import { enrolments } from "./support/enrolments.ts";

test("an enrolment is read back from its text, and the text of that is the same", () =>
  fc.assert(
    fc.property(enrolments, enrolment => {
      const text = printEnrolment(enrolment);
      expect(parseEnrolment(text)).toEqual(enrolment);
      expect(printEnrolment(parseEnrolment(text))).toBe(text);
    }),
  ));

test("the order in which counts came makes no other text", () => {
  const counts = (...names: Counter[]) => new Map(names.map(name => [name, 1]));
  const enrolment = (names: Counter[]): Enrolment => ({
    ...{ assigned: null, variant: null, channel: null, segments: [], outcomes: [] },
    days: [{ day: 1, channel: null, counts: counts(...names) }],
  });
  expect(printEnrolment(enrolment(["sent", "decided"]))).toBe(printEnrolment(enrolment(["decided", "sent"])));
});

test("sums of any size are read back exactly", () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }))), pairs => {
      const sums = new Map(pairs);
      expect(parseSums(printSums(sums))).toEqual(sums);
      expect(printSums(new Map([...sums].reverse()))).toBe(printSums(sums));
    }),
  ));

test("keys are read back, and those of earlier days come first", () => {
  const group = { arm: null, variant: "v", channel: 'e"m', segments: ["a", "b"] };
  expect(parseGroupKey(printGroupKey(group))).toEqual(group);
  const key = (day: number) => printDayKey({ day, arm: "a", variant: null, channel: null });
  expect(parseDayKey(key(19_000))).toEqual({ day: 19_000, arm: "a", variant: null, channel: null });
  expect(
    [20_000, 9_999, -1, 0]
      .map(key)
      .sort()
      .map(key => parseDayKey(key).day),
  ).toEqual([-1, 0, 9_999, 20_000]);
});

/** Cells stored as the campaign tables store them. */
function storedCells() {
  const stored = new Map<string, string>();
  const place = (kind: CellKind, key: string): string => `${kind} ${key}`;
  const open = () => createEffectCells((kind, key) => stored.get(place(kind, key)) ?? null, 3);
  const store = (cells: ReturnType<typeof open>): void => {
    for (const { kind, key, text } of cells.changes())
      if (text === null) stored.delete(place(kind, key));
      else stored.set(place(kind, key), text);
    cells.committed();
  };
  return { stored, open, store };
}

test("whatever became of customers in between, cells are the sums of their last enrolments, and those of nobody are gone", () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          customer: fc.nat({ max: 5 }),
          enrolment: fc.option(enrolments, { nil: null }),
          afterwards: fc.constantFrom("go on", "store", "restart"),
        }),
        { maxLength: 40 },
      ),
      changes => {
        const { stored, open, store } = storedCells();
        let cells = open();
        const now = new Map<number, string>();
        for (const { customer, enrolment, afterwards } of changes) {
          const after = enrolment === null ? null : printEnrolment(enrolment);
          cells.change(now.get(customer) ?? null, after);
          if (after === null) now.delete(customer);
          else now.set(customer, after);
          if (afterwards === "go on") continue;
          store(cells);
          if (afterwards === "restart") cells = open();
        }
        store(cells);
        const fresh = storedCells();
        const once = fresh.open();
        for (const text of now.values()) once.change(null, text);
        fresh.store(once);
        expect(stored).toEqual(fresh.stored);
        if (now.size === 0) expect(stored.size).toBe(0);
      },
    ),
  ));

test("thousands of enrolments that are alike or not come to the same as one after the other", () => {
  const enrolled = (customer: number): Enrolment => ({
    ...{ assigned: { arm: "treated", at: customer % 6_000 }, variant: "a", channel: "email", segments: [] },
    days: [{ day: 1, channel: "email", counts: new Map([["sends", 1] as const]) }],
    outcomes: [{ facts: 1, y: 3, x: 0 }],
  });
  const { stored, open, store } = storedCells();
  const cells = open();
  for (let customer = 0; customer < 13_000; customer += 1) cells.change(null, printEnrolment(enrolled(customer)));
  for (let customer = 0; customer < 1_000; customer += 1) cells.change(printEnrolment(enrolled(customer)), null);
  for (let again = 0; again < 2_000; again += 1) cells.change(null, printEnrolment(enrolled(7)));
  store(cells);
  const [group] = [...stored].filter(([place]) => place.startsWith("group "));
  const sums = parseSums((group as [string, string])[1]);
  expect([sums.get("customers"), sums.get("reached")]).toEqual([14_000n, 14_000n]);
  expect([sums.get("kpi\t0\ty"), sums.get("kpi\t0\tyy")]).toEqual([42_000n, 126_000n]);
});
