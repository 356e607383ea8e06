import fc from "fast-check";
import { expect, test } from "vitest";
import type { TagCode } from "../../../../src/domain/tag/definition.ts";
import type { ValueType } from "../../../../src/domain/tag/tagValue.ts";
import type { ColumnValue } from "../../../../src/projections/segments/columns/columns.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import { anyColumnValue, anyPlan, codes, customerAt, types } from "./support/anyTable.ts";
import { naivePlan } from "./support/naivePlan.ts";

const nothingAround = { segmentBits: () => null, snapshot: () => null };
/** More values than codes of the columns that may have so many. */
const anyCell = (failures: number) =>
  fc.oneof(
    ...codes.map(code => ({
      weight: ["flag", "level", "visits"].includes(code) ? 1 : 6,
      arbitrary: fc.tuple(fc.constant(code), anyColumnValue(code, failures)),
    })),
  );
const anyCells = (failures: number) => fc.array(anyCell(failures), { minLength: 2000, maxLength: 3000, size: "max" });

/** Rows around the end of a block, some of them empty; values come as few writes that many rows share in different order. */
function fill(cells: readonly (readonly [TagCode, ColumnValue])[], rows: number, offset: number, seed: number) {
  const columns = createColumns();
  const table = new Map<number, Map<TagCode, ColumnValue>>();
  for (const code of codes) columns.add(code, types[code] as ValueType);
  let state = seed | 1;
  for (let index = 0; index < cells.length * 2; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const row = offset + ((state >>> 8) % rows);
    const [code, value] = cells[index % cells.length] as readonly [TagCode, ColumnValue];
    if (!table.has(row)) {
      columns.place(row, customerAt(row));
      table.set(row, new Map());
    }
    columns.write(code, row, value);
    table.get(row)?.set(code, value);
  }
  for (const row of [...table.keys()].filter(row => row % 7 === 3)) {
    columns.live(row, false);
    table.delete(row);
  }
  return {
    columns,
    table,
    known: (row: number) => (code: TagCode) => (table.get(row)?.has(code) ? table.get(row)?.get(code) : null),
  };
}

test("a count, a page and the members of any plan are those of a loop over the rows", () => {
  fc.assert(
    fc.property(anyCells(0), fc.array(anyPlan, { minLength: 8, maxLength: 8 }), fc.nat(), (cells, plans, seed) => {
      const { columns, table, known } = fill(cells, 600, 65_300, seed);
      for (const plan of plans) {
        const expected = [...table.keys()].filter(row => naivePlan(plan, known(row)) === true).sort((a, b) => a - b);
        const queries = columns.queries();
        expect(queries.count(plan, nothingAround)).toEqual({ ok: true, value: expected.length });
        const middle = expected[expected.length >> 1] ?? 65_500;
        expect(queries.page(plan, nothingAround, middle, 20)).toEqual({
          ok: true,
          value: expected.filter(row => row > middle).slice(0, 20),
        });
        const members = queries.members(plan, nothingAround);
        if (!members.ok) throw new Error(JSON.stringify(members.refusal));
        expect(expected.every(row => ((members.value.bits[row >>> 3] ?? 0) >> (row & 7)) & 1)).toBe(true);
        expect(members.value.count).toBe(expected.length);
      }
    }),
    { numRuns: 15 },
  );
});

test("there is no figure where a value that could not be evaluated would decide it, and the right one where it would not", () => {
  const seen = { refused: 0, counted: 0 };
  fc.assert(
    fc.property(anyCells(1), fc.array(anyPlan, { minLength: 8, maxLength: 8 }), fc.nat(), (cells, plans, seed) => {
      const { columns, table, known } = fill(cells, 20, 40, seed);
      for (const plan of plans) {
        const truths = [...table.keys()].map(row => naivePlan(plan, known(row)));
        const count = columns.queries().count(plan, nothingAround);
        if (!truths.includes(undefined)) {
          expect(count).toEqual({ ok: true, value: truths.filter(truth => truth === true).length });
          seen.counted += 1;
          continue;
        }
        if (count.ok || count.refusal.kind !== "failed")
          throw new Error(`${JSON.stringify(count)} of ${JSON.stringify(plan)}`);
        expect(columns.failed(count.refusal.code)).toBeGreaterThanOrEqual(count.refusal.customers);
        expect(count.refusal.examples.length).toBe(Math.min(5, count.refusal.customers));
        seen.refused += 1;
      }
    }),
    { numRuns: 15 },
  );
  expect(Math.min(seen.refused, seen.counted)).toBeGreaterThan(10);
});
