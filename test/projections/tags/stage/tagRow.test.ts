import fc from "fast-check";
import { expect, test } from "vitest";
import type { TagCode } from "../../../../src/domain/tag/definition.ts";
import type { ValueType } from "../../../../src/domain/tag/tagValue.ts";
import type { Slot } from "../../../../src/projections/tags/stage/slot.ts";
import { spreadKeys, stretchOfKey } from "../../../../src/projections/tags/stage/spread.ts";
import { decodeTagRow, encodeTagRow, never, type SlotValue } from "../../../../src/projections/tags/stage/tagRow.ts";

const safe = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(0, -1, 2 ** 53 - 1, -(2 ** 53) + 1));
const numbers: ValueType = { kind: "number", decimals: 2, unit: null };
const gender: ValueType = { kind: "enumeration", values: ["male", "female"] };
const typed: fc.Arbitrary<{ type: ValueType; value: SlotValue }> = fc.oneof(
  fc.record({ type: fc.constant<ValueType>({ kind: "boolean" }), value: fc.boolean() }),
  fc.record({ type: fc.constant(numbers), value: safe }),
  fc.record({ type: fc.constant(gender), value: fc.constantFrom("male", "female", "withdrawn since") }),
  fc.record({ type: fc.constant<ValueType>({ kind: "text" }), value: fc.string({ unit: "binary" }) }),
  fc.record({ type: fc.constant<ValueType>({ kind: "set" }), value: fc.array(fc.string()) }),
  fc.record({ type: fc.constant(numbers), value: fc.constantFrom(null, undefined) }),
);
const entry = fc.record({
  of: typed,
  skipped: fc.integer({ min: 1, max: 100_000 }),
  until: fc.oneof(fc.constant(never), fc.integer({ min: -(10 ** 13), max: 10 ** 13 })),
  dropped: fc.boolean(),
});

test("a row of values reads back as it was written, without the slots that are known no more", () =>
  fc.assert(
    fc.property(fc.array(entry), fc.integer({ min: -(10 ** 13), max: 10 ** 13 }), (entries, newest) => {
      let slot = 0;
      const slots = entries.map(({ of, skipped }): Slot => {
        slot += skipped;
        return { slot, code: "a" as TagCode, version: 1, type: of.type, state: "serving" };
      });
      const bytes = encodeTagRow(
        slots,
        newest,
        entries.map(({ of }) => of.value),
        entries.map(({ until }) => until),
      );
      const kept = slots.filter((_, index) => !entries[index]?.dropped);
      const expected = slots.flatMap(({ slot }, index) => {
        const { of, until, dropped } = entries[index] as (typeof entries)[number];
        return dropped || (of.value === null && until === never) ? [] : [{ slot, value: of.value, until }];
      });
      expect(decodeTagRow(bytes, new Map(kept.map(slot => [slot.slot, slot])))).toEqual({ newest, entries: expected });
    }),
  ));

test("every number is counted in the stretch that holds it, and stretches ascend without gaps", () => {
  fc.assert(
    fc.property(safe, value => {
      const [key] = spreadKeys(numbers, value) as [number];
      const { from, to } = stretchOfKey(numbers, key);
      expect(from <= value && value < to).toBe(true);
    }),
  );
  const keys = [...new Set(Array.from({ length: 4001 }, (_, index) => spreadKeys(numbers, index - 2000)[0] as number))];
  const stretches = keys.map(key => stretchOfKey(numbers, key));
  stretches.slice(1).forEach(({ from }, index) => {
    expect(from).toBe(stretches[index]?.to);
  });
});

test("a date is counted in its month of UTC, also before 1970", () => {
  const dates: ValueType = { kind: "date", zone: "Europe/Prague" };
  const monthAround = (instant: number) => stretchOfKey(dates, spreadKeys(dates, instant)[0] as number);
  expect(monthAround(Date.UTC(1999, 11, 31, 23))).toEqual({ from: Date.UTC(1999, 11), to: Date.UTC(2000, 0) });
  expect(monthAround(Date.UTC(1931, 3, 1))).toEqual({ from: Date.UTC(1931, 3), to: Date.UTC(1931, 4) });
});
