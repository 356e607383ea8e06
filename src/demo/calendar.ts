/** Days since 1970-01-01. The bank lives in UTC: a day has 86,400 seconds. */
export type Day = number;
/** Whole seconds since 1970-01-01T00:00:00Z. */
export type Second = number;
/** Calendar months since year 0: year * 12 + month, January being 0. */
export type Month = number;

export const secondsPerDay = 86_400;
export const dayOf = (second: Second): Day => Math.floor(second / secondsPerDay);
export const startOf = (day: Day): Second => day * secondsPerDay;
export const yearOf = (month: Month): number => Math.floor(month / 12);
/** 1 to 12. */
export const monthOfYear = (month: Month): number => (month % 12) + 1;
/** 1 is Monday, 7 Sunday; 1970-01-01 was a Thursday. */
export const weekday = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** Day number of a civil date in the proleptic Gregorian calendar (Howard Hinnant's algorithm, integers only). */
export function dayNumber(year: number, month: number, dayOfMonth: number): Day {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

export function civilDate(day: Day): { readonly year: number; readonly month: number; readonly dayOfMonth: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

export function monthOf(day: Day): Month {
  const { year, month } = civilDate(day);
  return year * 12 + month - 1;
}

export const firstDay = (month: Month): Day => dayNumber(yearOf(month), monthOfYear(month), 1);
export const lastDay = (month: Month): Day => firstDay(month + 1) - 1;

/** The nearest day at or before `day` that is no Saturday or Sunday. */
export const workdayBefore = (day: Day): Day => day - Math.max(0, weekday(day) - 5);

const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
const dateTexts = new Map<Day, string>();

/** `YYYY-MM-DD`. Remembered: a whole bank has only some tens of thousands of different days. */
export function dateText(day: Day): string {
  const known = dateTexts.get(day);
  if (known !== undefined) return known;
  const { year, month, dayOfMonth } = civilDate(day);
  const text = `${year}-${twoDigits[month]}-${twoDigits[dayOfMonth]}`;
  dateTexts.set(day, text);
  return text;
}

/** RFC 3339 in UTC, to the second. */
export function instantText(second: Second): string {
  const day = dayOf(second);
  const ofDay = second - day * secondsPerDay;
  const hour = twoDigits[Math.floor(ofDay / 3600)];
  return `${dateText(day)}T${hour}:${twoDigits[Math.floor(ofDay / 60) % 60]}:${twoDigits[ofDay % 60]}Z`;
}
