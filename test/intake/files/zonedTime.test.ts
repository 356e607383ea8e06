import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateReader, fieldsOfFormat, formatDate } from "../../../src/intake/files/dateFormat.ts";
import { nextDay, zonedClock } from "../../../src/intake/files/zonedTime.ts";

const day = fc.date({ min: new Date("1900-01-02"), max: new Date("2199-12-30"), noInvalidDate: true });
const isoDay = (date: Date): string => date.toISOString().slice(0, 10);
const at = (zone: string, text: string, format = "yyyy-MM-dd HH:mm:ss"): string =>
  new Date(zonedClock(zone)(dateReader(format)(text)!)).toISOString();

describe("a date format", () => {
  test.each(["yyyy-MM-dd", "dd.MM.yyyy", "d/M/yyyy", "yyyyMMdd", "dd-MMM-yyyy"])("%s reads what it wrote", format => {
    const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    fc.assert(
      fc.property(day, date => {
        const [year, month, dayOfMonth] = isoDay(date).split("-") as [string, string, string];
        const text = format
          .replace("yyyy", year)
          .replace("MMM", months[+month - 1]!)
          .replace("MM", month)
          .replace("dd", dayOfMonth)
          .replace(/\bd\b/, String(+dayOfMonth))
          .replace(/\bM\b/, String(+month));
        expect(formatDate(dateReader(format)(text)!)).toBe(isoDay(date));
      }),
    );
  });

  test("no text gives a date that does not exist", () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(99), fc.nat(99), (year, month, dayOfMonth) => {
        const text = [String(year).padStart(4, "0"), ...[month, dayOfMonth].map(n => String(n).padStart(2, "0"))].join(
          "-",
        );
        const date = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(date.getTime()) && isoDay(date) === text;
        expect(dateReader("yyyy-MM-dd")(text) !== null).toBe(exists);
      }),
    );
  });

  test("two-digit years lie in the hundred years from the given one", () => {
    const read = dateReader("yyMMdd", 1930);
    expect([read("450204")?.year, read("300101")?.year, read("291231")?.year]).toEqual([1945, 1930, 2029]);
  });

  test("a letter without a meaning is told", () => {
    expect(fieldsOfFormat("YYYY-MM-dd")).toBe('"Y" means nothing in a date format');
  });
});

describe("local time of a zone", () => {
  test("is the wall clock that Intl shows for the instant, for any zone and minute that exists once", () => {
    const zones = ["Europe/Prague", "America/New_York", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia", "UTC"];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: -2e9, max: 4e9 }), (zone, second) => {
        const shown = new Intl.DateTimeFormat("sv-SE", {
          timeZone: zone,
          dateStyle: "short",
          timeStyle: "medium",
        }).format(second * 1000);
        const again = zonedClock(zone)(dateReader("yyyy-MM-dd HH:mm:ss")(shown)!);
        // An hour shown twice is read as its first showing.
        const twice = again !== second * 1000;
        if (twice) expect(second * 1000 - again).toBeOneOf([1_800_000, 3_600_000]);
        else expect(again).toBe(second * 1000);
      }),
      { numRuns: 300 },
    );
  });

  test("knows summer and winter time", () => {
    expect(at("Europe/Prague", "1993-01-01 00:00:00")).toBe("1992-12-31T23:00:00.000Z");
    expect(at("Europe/Prague", "1993-07-01 00:00:00")).toBe("1993-06-30T22:00:00.000Z");
  });

  test("reads an hour that was skipped as the one after it, and an hour shown twice as the first", () => {
    expect(at("America/New_York", "2016-03-13 02:30:00")).toBe("2016-03-13T07:30:00.000Z");
    expect(at("America/New_York", "2016-11-06 01:30:00")).toBe("2016-11-06T05:30:00.000Z");
    expect(at("America/Sao_Paulo", "2016-10-16 00:00:00")).toBe("2016-10-16T03:00:00.000Z");
  });

  test("goes over the end of a year", () => {
    expect(formatDate(nextDay(dateReader("yyyy-MM-dd")("2015-12-31")!))).toBe("2016-01-01");
  });
});
