import fc from "fast-check";
import { expect, test } from "vitest";
import { dateText, firstDay, instantText, lastDay, monthOf, weekday } from "../../src/demo/calendar.ts";

test("seconds are written as the platform writes them, from 1600 to 2400", () => {
  const seconds = fc.integer({ min: Date.UTC(1600, 0) / 1000, max: Date.UTC(2400, 0) / 1000 });
  fc.assert(
    fc.property(seconds, second => {
      expect(instantText(second)).toBe(new Date(second * 1000).toISOString().replace(".000", ""));
    }),
  );
});

test("months begin and end where the calendar says, and weekdays count from Monday", () => {
  expect([dateText(firstDay(2024 * 12 + 1)), dateText(lastDay(2024 * 12 + 1))]).toEqual(["2024-02-01", "2024-02-29"]);
  expect(monthOf(lastDay(2025 * 12 + 11))).toBe(2025 * 12 + 11);
  const day = Date.UTC(2025, 5, 1) / 86_400_000; // a Sunday
  expect([weekday(day), weekday(day + 1), weekday(-10_000)]).toEqual([
    7,
    1,
    new Date(-10_000 * 86_400_000).getUTCDay() || 7,
  ]);
});
