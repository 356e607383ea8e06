import type { Instant } from "../../../domain/instant.ts";
import { calendarOf, dateOf, dayNumber, type LocalDay } from "../../tags/statistic/calendar.ts";
import { fails, type Truth } from "./truth.ts";

type DateTest = (date: Instant, at: Instant) => Truth;

/** True of a date while begins ≤ T < ends. */
function during(begins: Instant, ends: Instant | null, at: Instant): Truth {
  if (at < begins) return { truth: false, validUntil: begins };
  if (ends === null || at < ends) return { truth: true, validUntil: ends };
  return fails;
}

/** (T − length, T] */
export const withinLast =
  (length: number): DateTest =>
  (date, at) =>
    during(date, date + length, at);

/** (T, T + length] */
export const withinNext =
  (length: number): DateTest =>
  (date, at) =>
    during(date - length, date, at);

/** Up to T − length. */
export const olderThan =
  (length: number): DateTest =>
  (date, at) =>
    during(date + length, null, at);

/**
 * Whether the date's day returns today or on one of the next `days` local days. It returns in every year after its own, one
 * of 29 February on the 28th in years without.
 */
export function anniversaryTest(days: number, zone: string): DateTest {
  const { dayOf, startOfDay } = calendarOf(zone);
  return (date, at) => {
    const today = dayOf(at);
    const next = nextReturn(dayOf(date), today);
    return next <= today + days
      ? { truth: true, validUntil: startOfDay(next + 1) }
      : { truth: false, validUntil: startOfDay(next - days) };
  };
}

/** The first return of `day` that is not before `from`. */
function nextReturn(day: LocalDay, from: LocalDay): LocalDay {
  const { year, month, day: ofMonth } = dateOf(day);
  for (let next = Math.max(year + 1, dateOf(from).year); ; next += 1) {
    const leapless = month === 2 && ofMonth === 29 && dateOf(dayNumber(next, 2, 29)).month === 3;
    const found = dayNumber(next, month, leapless ? 28 : ofMonth);
    if (found >= from) return found;
  }
}
