import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan, Range } from "../../../../src/domain/segment/plan.ts";
import type { TagCode } from "../../../../src/domain/tag/definition.ts";
import type { ValueType } from "../../../../src/domain/tag/tagValue.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import { customerAt, types } from "./support/anyTable.ts";

const spend = "spend" as TagCode;
const rows = 12_000;
const nothingAround = { segmentBits: () => null, snapshot: () => null };
const within = (range: Range): Plan => ({ kind: "column", code: spend, test: { kind: "within", ranges: [range] } });

/** Crowds of rows, each around another number, so that buckets fill beyond their share; some beyond 32 bits, from the start or later. */
const anyCrowd = fc.record({
  from: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -50_000, max: 50_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -(2 ** 45), max: 2 ** 45 }) },
  ),
  width: fc.constantFrom(1, 3, 300, 5_000, 1_000_000),
  many: fc.integer({ min: 300, max: 4_000 }),
});

test("however often the cuts of numbers are drawn anew, counts are those of a loop over them", () => {
  let redrawn = 0;
  fc.assert(
    fc.property(fc.array(anyCrowd, { minLength: 3, maxLength: 8 }), fc.nat(), (crowds, seed) => {
      const columns = createColumns();
      columns.add(spend, types.spend as ValueType);
      const offset = 65_536 - rows / 2;
      for (let row = 0; row < rows; row += 1) columns.place(offset + row, customerAt(row));
      for (let row = 0; row < rows; row += 50) columns.live(offset + row, false);
      const numbers = new Map<number, number>();
      const column = () => columns.view().layout.byCode.get(spend);
      let state = seed | 1;
      const draw = (below: number): number => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      for (const { from, width, many } of crowds) {
        for (let index = 0; index < many; index += 1) {
          const row = offset + draw(rows);
          const number = from + draw(width);
          columns.write(spend, row, number);
          numbers.set(row, number);
        }
        const live = [...numbers].filter(([row]) => columns.isLive(row)).map(([, number]) => number);
        for (let index = 0; index < 12; index += 1) {
          const at = live[draw(live.length)] as number;
          const range = index % 3 === 0 ? { from: at, to: at + 1 } : { from: at, to: at + 1 + draw(width) };
          expect(columns.queries().count(within(range), nothingAround)).toEqual({
            ok: true,
            value: live.filter(number => number >= range.from && number < range.to).length,
          });
        }
        for (const [row, number] of [...numbers].slice(0, 200)) expect(columns.read(spend, row)).toBe(number);
      }
      redrawn += Math.max(0, (column()?.epoch ?? 0) - 2);
    }),
    { numRuns: 25 },
  );
  expect(redrawn).toBeGreaterThan(20);
});
