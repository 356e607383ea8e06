/** Milliseconds since 1970-01-01T00:00:00Z; negative before it. Inside the system time is always this integer. */
export type Instant = number;

const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/**
 * Reads an RFC 3339 timestamp; digits past the millisecond are cut off. Null where it is not one, or names no real
 * instant (30 February, hour 24, offset +25:00). A leap second (":60") is read as the first instant after it.
 */
export function parseInstant(text: string): Instant | null {
  const match = rfc3339.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = "", sign, offsetHour = "0", offsetMinute = "0"] = match;
  if (+hour! > 23 || +minute! > 59 || +second! > 60 || +offsetHour > 23 || +offsetMinute > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(+year!, +month! - 1, +day!);
  if (date.getUTCMonth() !== +month! - 1 || date.getUTCDate() !== +day!) return null;
  const millisecond = +fraction.slice(0, 3).padEnd(3, "0");
  const offset = (sign === "-" ? -1 : 1) * (+offsetHour * 60 + +offsetMinute) * 60_000;
  return date.getTime() + ((+hour! * 60 + +minute!) * 60 + +second!) * 1000 + millisecond - offset;
}

const dayMs = 86_400_000;
const two = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));
const dates = new Map<number, string>();
const datesKept = 20_000;

/** The date of a day counted from 1970-01-01, remembered: answers name the same days again and again. */
function dateOf(day: number): string {
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * dayMs).toISOString().slice(0, -14);
    if (dates.size >= datesKept) dates.clear();
    dates.set(day, date);
  }
  return date;
}

/** Canonical UTC text with milliseconds, the only form the API gives out: what `Date.toISOString` says, in a tenth of the time. */
export function formatInstant(instant: Instant): string {
  const day = Math.floor(instant / dayMs);
  const ms = instant - day * dayMs;
  const seconds = Math.floor(ms / 1000);
  const rest = ms - seconds * 1000;
  const minutes = Math.floor(seconds / 60);
  const millisecond = rest < 10 ? `00${rest}` : rest < 100 ? `0${rest}` : String(rest);
  return `${dateOf(day)}T${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}.${millisecond}Z`;
}
