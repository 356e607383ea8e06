import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { calendarOf, dateOf, dayNumber } from "../../../src/projections/tags/statistic/calendar.ts";

const zones = [
  "Europe/Prague",
  "America/Sao_Paulo",
  "Pacific/Apia",
  "Asia/Kathmandu",
  "America/New_York",
  "UTC",
  "Africa/Casablanca",
]; // prettier-ignore
const instants = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) });

test("an instant is in the local day that Temporal says, which begins where Temporal says", () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, at) => {
      const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      const { dayOf, startOfDay } = calendarOf(zone);
      const { year, month, day } = dateOf(dayOf(at));
      expect([year, month, day]).toEqual([local.year, local.month, local.day]);
      expect(startOfDay(dayOf(at))).toBe(local.startOfDay().epochMilliseconds);
    }),
    { numRuns: 1000 },
  );
});

test("days and dates are each other's inverse over two thousand years", () => {
  for (let day = dayNumber(1000, 1, 1); day < dayNumber(3000, 1, 1); day += 1) {
    const { year, month, day: ofMonth } = dateOf(day);
    if (dayNumber(year, month, ofMonth) !== day) expect.unreachable(`day ${day}`);
  }
  expect(dateOf(dayNumber(2024, 2, 29))).toEqual({ year: 2024, month: 2, day: 29 });
  expect(dateOf(dayNumber(2023, 2, 29))).toEqual({ year: 2023, month: 3, day: 1 });
});

test("days have 23, 24 or 25 hours, and one that the zone skipped has none", () => {
  const hours = (zone: string, year: number, month: number, day: number): number => {
    const { startOfDay } = calendarOf(zone);
    const number = dayNumber(year, month, day);
    return (startOfDay(number + 1) - startOfDay(number)) / 3_600_000;
  };
  expect(hours("Europe/Prague", 2024, 3, 31)).toBe(23);
  expect(hours("Europe/Prague", 2024, 10, 27)).toBe(25);
  expect(hours("America/Sao_Paulo", 2018, 11, 4)).toBe(23);
  expect(hours("Pacific/Apia", 2011, 12, 30)).toBe(0);
  expect(hours("Pacific/Apia", 2011, 12, 31)).toBe(24);
});

test("a zone that is none is refused", () => {
  expect(() => calendarOf("Europe/Atlantis")).toThrow(RangeError);
});
