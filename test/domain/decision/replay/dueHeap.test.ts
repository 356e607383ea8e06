import fc from "fast-check";
import { expect, test } from "vitest";
import { createDueHeap } from "../../../../src/domain/decision/replay/dueHeap.ts";

test("things come out by the instant at which they are due, of one instant in the order in which they were added", () => {
  const steps = fc.array(fc.record({ at: fc.integer({ min: 0, max: 20 }), take: fc.boolean() }), { maxLength: 80 });
  fc.assert(
    fc.property(steps, all => {
      const heap = createDueHeap<number>();
      let plain: { at: number; thing: number }[] = [];
      all.forEach(({ at, take }, thing) => {
        if (take) {
          // Array sorts keep the order of equals.
          const first = [...plain].sort((one, other) => one.at - other.at).find(one => one.at <= at);
          expect(heap.takeDue(at)?.thing ?? null).toBe(first?.thing ?? null);
          plain = plain.filter(one => one !== first);
        } else {
          heap.add(at, thing);
          plain.push({ at, thing });
        }
        expect(heap.size()).toBe(plain.length);
      });
    }),
  );
});
