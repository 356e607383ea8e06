import fc from "fast-check";
import { expect, test } from "vitest";
import type { Counter, Enrolment } from "../../../../src/domain/effect/enrolment.ts";
import { printEnrolment, printLaidOut } from "../../../../src/domain/effect/enrolmentText.ts";
import { DayCounts } from "../../../../src/projections/campaigns/enrolment/dayCounts.ts";
import { calendarOf } from "../../../../src/projections/tags/statistic/calendar.ts";

const hour = 3_600_000;
const zone = "Europe/Prague";
const counted = fc.record({
  hours: fc.integer({ min: 0, max: 60 }),
  channel: fc.constantFrom(null, "email", "sms"),
  counter: fc.constantFrom<Counter>("sends", "decided", "assigned", "cost\tCZK", "opened", "kpi\t0\ttotal"),
  by: fc.integer({ min: -2, max: 2 }),
});

test("whatever is counted, and taken back, in whatever order, prints as the sums of it", () => {
  fc.assert(
    fc.property(fc.array(counted, { maxLength: 40 }), all => {
      const counts = new DayCounts(calendarOf(zone));
      const sums = new Map<string, Map<Counter, number>>();
      for (const { hours, channel, counter, by } of all) {
        counts.add(hours * hour, channel, counter, by);
        const day = Math.floor((hours + 1) / 24); // an hour ahead of UTC, in winter
        const key = JSON.stringify([day, channel]);
        const of = sums.get(key) ?? new Map<Counter, number>();
        sums.set(key, of.set(counter, (of.get(counter) ?? 0) + by));
      }
      const days = [...sums].flatMap(([key, of]) => {
        const [day, channel] = JSON.parse(key) as [number, string | null];
        const counts = new Map([...of].filter(([, sum]) => sum !== 0));
        return counts.size === 0 ? [] : [{ day, channel, counts }];
      });
      days.sort((a, b) => a.day - b.day || ((a.channel ?? "") < (b.channel ?? "") ? -1 : 1));
      const rest: Omit<Enrolment, "days"> = {
        assigned: null,
        variant: null,
        channel: null,
        segments: [],
        outcomes: [],
      };
      expect(printLaidOut({ ...rest, days: counts.days() })).toBe(printEnrolment({ ...rest, days }));
    }),
  );
});
