import fc from "fast-check";
import { expect, test } from "vitest";
import type { TagCode } from "../../../../src/domain/tag/definition.ts";
import type { ValueType } from "../../../../src/domain/tag/tagValue.ts";
import type { ColumnValue } from "../../../../src/projections/segments/columns/columns.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import { anyColumnValue, anyTest, codes, customerAt, types } from "./support/anyTable.ts";
import { naiveTest } from "./support/naiveTest.ts";

const anyWrites = (code: string, rows: number, most: number) =>
  fc.array(fc.tuple(fc.nat(rows - 1), anyColumnValue(code)), { minLength: 1, maxLength: most, size: "max" });

test.each(codes)("whatever is written of %s is what is read, and what tests of a row are about", code => {
  fc.assert(
    fc.property(
      anyWrites(code, 500, 1500),
      fc.array(anyTest(code), { minLength: 3, maxLength: 3 }),
      (writes, tests) => {
        const columns = createColumns();
        columns.add(code, types[code] as ValueType);
        for (let row = 0; row < 500; row += 1) columns.place(row, customerAt(row));
        const leaves = tests.map(test => columns.leaf(code, test));
        const expected = new Map<number, ColumnValue>();
        for (const [row, value] of writes) {
          columns.write(code, row, value);
          expected.set(row, value);
        }
        for (let row = 0; row < 500; row += 1) {
          const value = expected.has(row) ? expected.get(row) : null;
          expect(columns.read(code, row)).toEqual(value);
          tests.forEach((test, index) => {
            expect(leaves[index]?.(row)).toBe(naiveTest(test, value));
          });
        }
      },
    ),
    { numRuns: 25 },
  );
});

test("a failed value is neither missing nor false, and counts while its customer is live", () => {
  const columns = createColumns();
  const code = "level" as TagCode;
  columns.add(code, types.level as ValueType);
  columns.place(3, customerAt(3));
  columns.write(code, 3, undefined);
  expect(columns.read(code, 3)).toBeUndefined();
  expect(columns.failed(code)).toBe(1);
  columns.live(3, false);
  expect([columns.failed(code), columns.isLive(3)]).toEqual([0, false]);
  columns.live(3, true);
  columns.write(code, 3, "gold");
  expect([columns.failed(code), columns.read(code, 3), columns.idAt(3)]).toEqual([0, "gold", customerAt(3)]);
});

test("a dropped column gives its memory to the next, which begins with nothing", () => {
  const columns = createColumns();
  const [spend, city] = ["spend", "city"] as TagCode[] as [TagCode, TagCode];
  columns.add(spend, types.spend as ValueType);
  for (let row = 0; row < 1000; row += 1) {
    columns.place(row, customerAt(row));
    columns.write(spend, row, row * 3);
  }
  const leaf = columns.leaf(spend, { kind: "exists" });
  columns.drop(spend);
  columns.add(city, types.city as ValueType);
  columns.write(city, 0, "Basel");
  expect([columns.read(city, 0), columns.read(city, 1), columns.codes()]).toEqual(["Basel", null, [city]]);
  expect(() => leaf(0)).toThrow("dropped");
});

test("named bits stand by themselves", () => {
  const columns = createColumns();
  const [some, other] = [columns.bits("some"), columns.bits("other")];
  columns.place(70_000, customerAt(70_000));
  some.set(70_000, true);
  some.set(70_000, true);
  expect([some.has(70_000), some.has(69_999), some.count(), other.has(70_000), other.count()]).toEqual([
    true,
    false,
    1,
    false,
    0,
  ]);
  columns.dropBits("some");
  expect(columns.bits("some").count()).toBe(0);
});
