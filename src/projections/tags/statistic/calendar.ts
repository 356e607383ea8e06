import { Temporal } from "temporal-polyfill";
import type { Instant } from "../../../domain/instant.ts";
import type { CalendarUnit } from "../../../domain/tag/window.ts";

/** A local calendar day, counted from 1970-01-01. */
export type LocalDay = number;

/**
 * The calendar of one IANA zone. A day begins at its first instant (00:00, or later where the clock skipped midnight) and
 * lasts until the next one begins: 23, 24 or 25 hours, none at all for a day the zone skipped. Every instant is in
 * exactly one day.
 */
export type Calendar = {
  readonly startOfDay: (day: LocalDay) => Instant;
  readonly dayOf: (at: Instant) => LocalDay;
};

const dayMs = 86_400_000;
const pageBits = 9;
const pageSize = 1 << pageBits;
const calendars = new Map<string, Calendar>();

/** One for each zone, shared: midnights are worked out once and kept. Throws a RangeError where there is no such zone. */
export function calendarOf(zone: string): Calendar {
  let calendar = calendars.get(zone);
  if (calendar === undefined) {
    calendar = createCalendar(zone);
    calendars.set(zone, calendar);
  }
  return calendar;
}

function createCalendar(zone: string): Calendar {
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  // A zone calculation takes some 20 us; a page holds a year and a half of its results.
  const pages = new Map<number, Float64Array>();
  let lastPage: Float64Array | undefined;
  let lastNumber = Number.NaN;
  const startOfDay = (day: LocalDay): Instant => {
    const number = day >> pageBits;
    if (number !== lastNumber) {
      lastPage = pages.get(number);
      if (lastPage === undefined) {
        lastPage = new Float64Array(pageSize).fill(Number.NaN);
        pages.set(number, lastPage);
      }
      lastNumber = number;
    }
    const page = lastPage as Float64Array;
    const slot = day & (pageSize - 1);
    let start = page[slot] as number;
    if (Number.isNaN(start)) {
      start = new Temporal.PlainDate(1970, 1, 1).add({ days: day }).toZonedDateTime(zone).epochMilliseconds;
      page[slot] = start;
    }
    return start;
  };
  const dayOf = (at: Instant): LocalDay => {
    let day = Math.floor(at / dayMs);
    while (startOfDay(day) > at) day -= 1;
    while (startOfDay(day + 1) <= at) day += 1;
    return day;
  };
  return { startOfDay, dayOf };
}

/** The first day of the unit that holds `day`, moved by `shift` units. Weeks begin on Monday. */
export function unitStart(unit: CalendarUnit, day: LocalDay, shift: number): LocalDay {
  if (unit === "day") return day + shift;
  if (unit === "week") return day - mod(day + 3, 7) + 7 * shift;
  const { year, month } = dateOf(day);
  const months = unit === "month" ? 1 : unit === "quarter" ? 3 : 12;
  const first = Math.floor((year * 12 + month - 1) / months) * months + shift * months;
  return dayNumber(Math.floor(first / 12), mod(first, 12) + 1, 1);
}

export type CalendarDate = { readonly year: number; readonly month: number; readonly day: number };

/** Proleptic Gregorian, like ISO 8601. The arithmetic counts from 1 March, so that the leap day is the last of its year. */
export function dateOf(day: LocalDay): CalendarDate {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** The inverse of `dateOf`. 29 February of a common year is read as 1 March. */
export function dayNumber(year: number, month: number, day: number): LocalDay {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;
