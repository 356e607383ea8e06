import fc from "fast-check";
import { expect, test } from "vitest";
import { createTimers } from "../../../../src/projections/tags/stage/timers.ts";

const row = fc.nat({ max: 40 });
const due = fc.integer({ min: -5, max: 30 });
const step = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), row, due: fc.option(due, { nil: null }) }),
  fc.record({ kind: fc.constant("fire" as const), until: due }),
);

test("whatever is armed, moved and disarmed, timers fire in order of instant and row, each once", () =>
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), steps => {
      const timers = createTimers(2);
      const armed = new Map<number, number>();
      for (const step of steps)
        if (step.kind === "set") {
          timers.set(step.row, step.due);
          if (step.due === null) armed.delete(step.row);
          else armed.set(step.row, step.due);
        } else {
          const expected = [...armed]
            .filter(([, due]) => due <= step.until)
            .sort(([a, dueA], [b, dueB]) => dueA - dueB || a - b)
            .map(([row]) => row);
          const fired: number[] = [];
          for (let row = timers.takeDue(step.until); row >= 0; row = timers.takeDue(step.until)) fired.push(row);
          expect(fired).toEqual(expected);
          for (const row of fired) armed.delete(row);
          expect(timers.earliest()).toBe(armed.size === 0 ? null : Math.min(...armed.values()));
        }
      expect(timers.armed()).toBe(armed.size);
      for (const [row, due] of armed) expect(timers.dueOf(row)).toBe(due);
    }),
  ));
