import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { firstShown, formatLocalTime, parseLocalTime, shownAt } from "../../../src/domain/decision/localTime.ts";
import { formatInstant } from "../../../src/domain/instant.ts";
import { zoneOffsets } from "../../../src/projections/campaigns/zoneOffsets.ts";

const minute = 60_000;
const first = (zone: string, local: string): string | null => {
  const at = firstShown(parseLocalTime(local) as number, zone, zoneOffsets);
  return at === null ? null : formatInstant(at).slice(0, 16);
};

test.each([
  ["Europe/Prague", "2024-06-03T09:00:00", "2024-06-03T07:00"],
  ["Pacific/Kiritimati", "2024-06-03T09:00:00", "2024-06-02T19:00"],
  ["Pacific/Pago_Pago", "2024-06-03T09:00:00", "2024-06-03T20:00"],
  ["Etc/GMT+12", "2024-06-03T09:00:00", "2024-06-03T21:00"],
  ["Asia/Kathmandu", "2024-06-03T09:00:00", "2024-06-03T03:15"],
  // 02:00 to 03:00 of 31 March is skipped: met when it is over, and not at the 03:30 that is as far behind it.
  ["Europe/Prague", "2024-03-31T01:59:00", "2024-03-31T00:59"],
  ["Europe/Prague", "2024-03-31T02:30:00", "2024-03-31T01:00"],
  ["Europe/Prague", "2024-03-31T03:00:00", "2024-03-31T01:00"],
  // 02:00 to 03:00 of 27 October comes twice: met the first time.
  ["Europe/Prague", "2024-10-27T02:30:00", "2024-10-27T00:30"],
  ["Europe/Prague", "2024-10-27T03:00:00", "2024-10-27T02:00"],
  ["Australia/Lord_Howe", "2024-10-06T02:15:00", "2024-10-05T15:30"],
  ["Australia/Lord_Howe", "2024-04-07T01:45:00", "2024-04-06T14:45"],
  // Midnight itself is skipped.
  ["America/Sao_Paulo", "2018-11-04T00:00:00", "2018-11-04T03:00"],
  // Fourteen hours ahead until 4 April 2021, then thirteen: 03:30 comes twice.
  ["Pacific/Apia", "2021-04-04T03:30:00", "2021-04-03T13:30"],
  // Samoa left out 30 December 2011.
  ["Pacific/Apia", "2011-12-30T09:00:00", "2011-12-30T10:00"],
  ["Pacific/Apia", "2011-12-31T00:00:00", "2011-12-30T10:00"],
  ["Europe/Atlantis", "2024-06-03T09:00:00", null],
])("in %s %s is first met at %s", (zone, local, expected) => {
  expect(first(zone, local)).toBe(expected);
});

const zones = [
  ...(["Europe/Prague", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns"] as const),
  ...(["Africa/Casablanca", "Pacific/Chatham", "Antarctica/Troll", "America/Sao_Paulo", "Asia/Gaza"] as const),
];

test("around every change of clocks it is the first minute at which Temporal's clock shows the time or a later one", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) }),
      fc.integer({ min: -180, max: 180 }),
      (zone, some, around) => {
        const shown = (at: number): number =>
          at + Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
        const next = Temporal.Instant.fromEpochMilliseconds(some)
          .toZonedDateTimeISO(zone)
          .getTimeZoneTransition("next");
        const change = next?.epochMilliseconds ?? Math.floor(some / minute) * minute;
        const local = shown(change) + around * minute;
        let expected = change - 8 * 60 * minute;
        expect(shown(expected)).toBeLessThan(local);
        while (shown(expected) < local) expected += minute;
        expect(firstShown(local, zone, zoneOffsets)).toBe(expected);
        expect(shownAt(zone, change, zoneOffsets)).toBe(shown(change));
      },
    ),
    { numRuns: 120 },
  );
});

test("a local time is written without a zone, and read as it was written", () => {
  const local = Date.UTC(2024, 5, 3, 9, 0, 1, 5);
  expect(formatLocalTime(local)).toBe("2024-06-03T09:00:01.005");
  expect(parseLocalTime("2024-06-03T09:00:01.005")).toBe(local);
  expect(parseLocalTime("2024-06-03T09:00:01.005Z")).toBeNull();
});
