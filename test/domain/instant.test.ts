import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, parseInstant } from "../../src/domain/instant.ts";

describe("instants", () => {
  test("are written as Date writes them, from the years before Christ to the far future", () => {
    fc.assert(
      fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), instant => {
        expect(formatInstant(instant)).toBe(new Date(instant).toISOString());
      }),
      { numRuns: 2000 },
    );
    for (const instant of [0, -1, 1, 86_399_999, 86_400_000, -86_400_000, 951_782_400_000])
      expect(formatInstant(instant)).toBe(new Date(instant).toISOString());
  });

  test("no instant at all is an error, not a text", () => {
    expect(() => formatInstant(Number.NaN)).toThrow(RangeError);
    expect(() => formatInstant(9e15)).toThrow(RangeError);
  });

  test("come back from their text", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), instant => {
        expect(parseInstant(formatInstant(instant))).toBe(instant);
      }),
    );
  });

  test.each([
    ["2018-04-05T18:31:00+01:00", Date.UTC(2018, 3, 5, 17, 31)],
    ["2018-04-05T17:31:00.123999Z", Date.UTC(2018, 3, 5, 17, 31, 0, 123)],
    ["2016-12-31T23:59:60Z", Date.UTC(2017, 0, 1)],
    ["2024-02-30T00:00:00Z", null],
    ["2024-01-01T24:00:00Z", null],
    ["2024-01-01T00:00:00+25:00", null],
    ["2024-01-01T00:00Z", null],
    ["2024-01-01", null],
    ["lunchtime", null],
  ])("%s is read as %s", (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });
});
