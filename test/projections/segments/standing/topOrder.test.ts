import fc from "fast-check";
import { expect, test } from "vitest";
import {
  createRankedRows,
  type Ranked,
  ranksBefore,
} from "../../../../src/projections/segments/standing/top/rankedRows.ts";
import { createTopOrder } from "../../../../src/projections/segments/standing/top/topOrder.ts";

const ascending = (a: Ranked, b: Ranked): number => (ranksBefore(a, b) ? -1 : 1);

test("the best stay exact however keys change, also when the reserve runs out", () => {
  const change = fc.record({ row: fc.nat(19), key: fc.option(fc.integer({ min: -5, max: 5 }), { freq: 3 }) });
  fc.assert(
    fc.property(
      fc.nat(6),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.option(fc.integer({ min: -5, max: 5 })), { minLength: 20, maxLength: 20 }),
      fc.array(fc.array(change, { maxLength: 5 }), { maxLength: 40 }),
      (count, reserve, initial, instants) => {
        const keys = [...initial];
        const all = (): Ranked[] => keys.flatMap((key, row) => (key === null ? [] : [{ key, row }])).sort(ascending);
        const best = (): number[] =>
          all()
            .slice(0, count)
            .map(({ row }) => row);
        const order = createTopOrder(count, limit => all().slice(0, limit), reserve);
        const inside = (): number[] => keys.map((_, row) => row).filter(order.has);
        expect(inside()).toEqual(best().sort((a, b) => a - b));
        for (const changes of instants) {
          const before = new Set(best());
          for (const { row, key } of changes) keys[row] = key;
          for (const { row, key } of changes) order.change(row, key);
          const crossed = order.settle();
          const now = new Set(best());
          expect(inside()).toEqual([...now].sort((a, b) => a - b));
          expect([...crossed].sort((a, b) => a - b)).toEqual(
            keys.map((_, row) => row).filter(row => now.has(row) !== before.has(row)),
          );
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("thousands of rows keep their order while they come and go", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 3000, maxLength: 3000 }), keys => {
      const ranked = createRankedRows([]);
      keys.forEach((key, row) => {
        ranked.insert(key, row);
      });
      const left = keys.map((key, row) => ({ key, row })).filter(({ row }) => row % 3 !== 0);
      keys.forEach((key, row) => {
        if (row % 3 === 0) ranked.remove(key, row);
      });
      expect(ranked.last()).toEqual(left.toSorted(ascending).at(-1));
      const taken: Ranked[] = [];
      for (let first = ranked.first(); first !== null; first = ranked.first()) {
        ranked.remove(first.key, first.row);
        taken.push(first);
      }
      expect(taken).toEqual(left.toSorted(ascending));
      expect(ranked.size()).toBe(0);
    }),
    { numRuns: 10 },
  );
});

test("who is not ranked cannot be taken away", () => {
  const ranked = createRankedRows([{ key: 1, row: 1 }]);
  expect(() => ranked.remove(1, 2)).toThrow("row 2 is not ranked at 1");
});
