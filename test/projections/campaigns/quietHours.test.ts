import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import type { QuietHours } from "../../../src/domain/campaign/policy.ts";
import { quietStand, zoneTaken } from "../../../src/domain/decision/quietHours.ts";
import { formatInstant } from "../../../src/domain/instant.ts";
import { zoneOffsets } from "../../../src/projections/campaigns/zoneOffsets.ts";
import { minute, quietHours } from "../../domain/decision/support/givenDecision.ts";

const hours = (from: string, to: string): QuietHours => {
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return quietHours(minutes(from), minutes(to));
};
/** "quiet until" in UTC, or the time on the customer's clock. */
const at = (zone: string, of: QuietHours, utc: string): string | null => {
  const stand = quietStand(of, zone, Date.parse(utc), zoneOffsets);
  if (stand === null) return null;
  if (stand.quiet) return stand.until === null ? "for ever" : formatInstant(stand.until).slice(0, 16);
  return `${Math.floor(stand.minute / 60)}:${stand.minute % 60}`;
};

test.each([
  // Spring in Prague: 02:00 to 03:00 of 31 March does not exist.
  ["Europe/Prague", "22:00", "08:00", "2024-03-30T20:59:59.999Z", "21:59"],
  ["Europe/Prague", "22:00", "08:00", "2024-03-30T21:00Z", "2024-03-31T06:00"],
  ["Europe/Prague", "22:00", "02:30", "2024-03-31T00:59:59.999Z", "2024-03-31T01:00"],
  ["Europe/Prague", "22:00", "02:30", "2024-03-31T01:00Z", "3:0"],
  ["Europe/Prague", "02:15", "02:45", "2024-03-31T00:59:59.999Z", "1:59"],
  ["Europe/Prague", "02:15", "03:30", "2024-03-31T01:00Z", "2024-03-31T01:30"],
  // Autumn: 02:00 to 03:00 of 27 October comes twice, and is quiet twice.
  ["Europe/Prague", "22:00", "08:00", "2024-10-26T20:00Z", "2024-10-27T07:00"],
  ["Europe/Prague", "22:00", "02:30", "2024-10-27T00:10Z", "2024-10-27T00:30"],
  ["Europe/Prague", "22:00", "02:30", "2024-10-27T00:30Z", "2:30"],
  ["Europe/Prague", "22:00", "02:30", "2024-10-27T01:00Z", "2024-10-27T01:30"],
  ["Europe/Prague", "02:30", "03:00", "2024-10-27T00:45Z", "2024-10-27T01:00"],
  // New York, 10 March and 3 November.
  ["America/New_York", "21:00", "09:00", "2024-03-10T02:00Z", "2024-03-10T13:00"],
  ["America/New_York", "21:00", "09:00", "2024-11-03T01:00Z", "2024-11-03T14:00"],
  ["America/New_York", "01:00", "02:00", "2024-11-03T05:30Z", "2024-11-03T07:00"],
  // Lord Howe moves by half an hour: 02:00 to 02:30 of 6 October is skipped, 01:30 to 02:00 of 7 April comes twice.
  ["Australia/Lord_Howe", "22:00", "02:15", "2024-10-05T15:00Z", "2024-10-05T15:30"],
  ["Australia/Lord_Howe", "01:00", "01:45", "2024-04-06T14:30Z", "2024-04-06T14:45"],
  ["Australia/Lord_Howe", "01:00", "01:45", "2024-04-06T15:00Z", "2024-04-06T15:15"],
  ["Australia/Lord_Howe", "01:00", "02:00", "2024-04-06T14:30Z", "2024-04-06T15:30"],
  // 5 hours and 45 minutes ahead, all year.
  ["Asia/Kathmandu", "22:00", "08:00", "2024-06-01T16:15Z", "2024-06-02T02:15"],
  ["Asia/Kathmandu", "22:00", "08:00", "2024-06-01T16:14Z", "21:59"],
  // Midnight itself is skipped, on 4 November 2018.
  ["America/Sao_Paulo", "23:00", "00:30", "2018-11-04T02:30Z", "2018-11-04T03:00"],
  // To the end of the day, from its beginning, all day, never.
  ["Europe/Prague", "20:00", "24:00", "2024-06-01T19:00Z", "2024-06-01T22:00"],
  ["Europe/Prague", "20:00", "00:00", "2024-06-01T19:00Z", "2024-06-01T22:00"],
  ["Europe/Prague", "00:00", "07:00", "2024-05-31T22:00Z", "2024-06-01T05:00"],
  ["UTC", "00:00", "24:00", "2024-06-01T12:00Z", "for ever"],
  ["Europe/Prague", "00:00", "24:00", "2024-06-01T12:00Z", "for ever"],
  ["UTC", "12:00", "12:00", "2024-06-01T12:00Z", "12:0"],
  ["Europe/Atlantis", "22:00", "08:00", "2024-06-01T12:00Z", null],
  ["+02:00", "22:00", "08:00", "2024-06-01T12:00Z", null],
])("%s, quiet from %s to %s, at %s: %s", (zone, from, to, utc, expected) => {
  expect(at(zone, hours(from, to), utc)).toBe(expected);
});

const zones = ["Europe/Prague", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"];
const clock = (zone: string, instant: number): number => {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return local.hour * 60 + local.minute;
};

test("around every change of clocks, quiet is what Temporal's clock says, and ends at the first minute that is not", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 2000, max: 2060 }),
      fc.integer({ min: 0, max: 11 }),
      fc.integer({ min: -26 * 60, max: 26 * 60 }),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 1440 }),
      (zone, year, month, offset, from, to) => {
        const some = Temporal.Instant.fromEpochMilliseconds(Date.UTC(year, month)).toZonedDateTimeISO(zone);
        const change = some.getTimeZoneTransition("next")?.epochMilliseconds ?? Date.UTC(year, month);
        const instant = change + offset * minute;
        const quiet = (when: number): boolean => {
          const shown = clock(zone, when);
          return from <= to ? shown >= from && shown < to : shown >= from || shown < to;
        };
        const stand = quietStand(quietHours(from, to), zone, instant, zoneOffsets);
        expect(stand?.minute).toBe(clock(zone, instant));
        expect(stand?.quiet).toBe(quiet(instant));
        if (!quiet(instant) || (from === 0 && to === 1440)) return;
        let end = instant;
        while (quiet(end)) end += minute;
        expect(stand?.until).toBe(end);
      },
    ),
    { numRuns: 60 },
  );
});

test("offsets are Temporal's, and hold over the whole stretch", () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: Date.UTC(2090, 0) }), (zone, instant) => {
      const offset = (when: number): number =>
        Temporal.Instant.fromEpochMilliseconds(when).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
      const span = zoneOffsets(zone, instant);
      if (span === null) return expect.unreachable();
      expect(span.offset).toBe(offset(instant));
      expect(instant >= span.from && instant < span.until).toBe(true);
      if (Number.isFinite(span.from)) expect(offset(span.from)).toBe(span.offset);
      if (Number.isFinite(span.until)) {
        expect(offset(span.until - 1)).toBe(span.offset);
        expect(zoneOffsets(zone, span.until)?.from).toBe(span.until);
      }
    }),
    { numRuns: 300 },
  );
});

test("the customer's own zone is taken, else the policy's, and never one that is none", () => {
  const taken = (zoneAttribute: string | null, zone: string | null, customers: string | null): string | null =>
    zoneTaken({ ...hours("22:00", "08:00"), zoneAttribute, zone }, customers, 0, zoneOffsets);
  expect(taken("timeZone", "Europe/Prague", "Asia/Kathmandu")).toBe("Asia/Kathmandu");
  expect(taken("timeZone", "Europe/Prague", null)).toBe("Europe/Prague");
  expect(taken("timeZone", "Europe/Prague", "Prague, I think")).toBe("Europe/Prague");
  expect(taken(null, "Europe/Prague", "Asia/Kathmandu")).toBe("Europe/Prague");
  expect(taken("timeZone", null, null)).toBe(null);
  expect(taken("timeZone", "Europe/Atlantis", "Atlantis")).toBe(null);
});
