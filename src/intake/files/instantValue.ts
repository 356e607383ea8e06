import { LRUCache } from "lru-cache";
import { formatInstant } from "../../domain/instant.ts";
import { readInstant } from "../instants.ts";
import { dateReader, type LocalDateTime } from "./dateFormat.ts";
import type { ValueObject, ValueSpec } from "./mapping.ts";
import { noteFault, type Row } from "./row.ts";
import type { Scope } from "./scope.ts";
import { describeValue, textReader } from "./textValue.ts";
import { nextDay } from "./zonedTime.ts";

export const defaultDateFormat = "yyyy-MM-dd";
export const defaultTimeFormat = "HH:mm:ss";

/** RFC 3339 in UTC; undefined where there is no date, or one that cannot be read (then with a fault). */
export type InstantReader = (row: Row) => string | undefined;

export function instantReader(spec: ValueSpec, scope: Scope): InstantReader {
  const parts = typeof spec === "string" ? { date: spec } : spec;
  return parts.dateTime === undefined ? dateAndTime(parts, scope) : dateTimeText(parts, scope);
}

function dateAndTime(spec: ValueObject, scope: Scope): InstantReader {
  const format = spec.format ?? defaultDateFormat;
  const timeFormat = spec.timeFormat ?? defaultTimeFormat;
  const dateText = textReader(spec.date!, scope);
  const timeText = spec.time === undefined ? () => "" : textReader(spec.time, scope);
  const notBefore = spec.nextDayIfBefore === undefined ? () => "" : textReader(spec.nextDayIfBefore, scope);
  const readDate = cached(dateReader(format, scope.twoDigitYearsFrom));
  const readTime = cached(dateReader(timeFormat));
  const defaultTime = dateReader(defaultTimeFormat)(spec.defaultTime ?? "00:00:00")?.timeOfDay ?? 0;
  const instantOf = cachedClock(scope.clock(spec.zone));
  const what = describeValue(spec.date!, scope);
  const whatTime = describeValue(spec.time ?? "", scope);
  return row => {
    const text = dateText(row);
    if (text === "") return undefined;
    const date = readDate(text);
    if (date === null) return noteFault(row, "bad-date", `${what} is not a date of the form ${format}`);
    const time = timeText(row);
    const timeOfDay = time === "" ? defaultTime : readTime(time)?.timeOfDay;
    if (timeOfDay === undefined)
      return noteFault(row, "bad-time", `${whatTime} is not a time of the form ${timeFormat}`);
    const earliest = notBefore(row);
    const earliestTime = earliest === "" ? 0 : readTime(earliest)?.timeOfDay;
    if (earliestTime === undefined)
      return noteFault(
        row,
        "bad-time",
        `${describeValue(spec.nextDayIfBefore!, scope)} is not a time of the form ${timeFormat}`,
      );
    const local = { ...date, timeOfDay };
    return instantOf(time !== "" && timeOfDay < earliestTime ? nextDay(local) : local);
  };
}

const epochs: Readonly<Record<string, number>> = { epochSeconds: 1000, epochMilliseconds: 1 };

function dateTimeText(spec: ValueObject, scope: Scope): InstantReader {
  const format = spec.format ?? "rfc3339";
  const read = textReader(spec.dateTime!, scope);
  const parse = dateTimeParser(format, spec, scope);
  const what = describeValue(spec.dateTime!, scope);
  return row => {
    const text = read(row);
    if (text === "") return undefined;
    return parse(text) ?? noteFault(row, "bad-time", `${what} is not a time of the form ${format}`);
  };
}

function dateTimeParser(format: string, spec: ValueObject, scope: Scope): (text: string) => string | undefined {
  const epochUnit = epochs[format];
  if (epochUnit !== undefined)
    return text => (/^-?\d{1,15}$/.test(text) ? formatEpoch(Number(text) * epochUnit) : undefined);
  if (format === "rfc3339")
    return text => {
      const instant = readInstant(text);
      return instant === null ? undefined : formatInstant(instant);
    };
  const readLocal = dateReader(format, scope.twoDigitYearsFrom);
  const instantOf = cachedClock(scope.clock(spec.zone));
  return text => {
    const local = readLocal(text);
    return local === null ? undefined : instantOf(local);
  };
}

const lastInstant = 253_402_300_799_999; // the end of the year 9999: RFC 3339 has four digits
const formatEpoch = (instant: number): string | undefined =>
  Math.abs(instant) > lastInstant ? undefined : formatInstant(instant);

type Read = (text: string) => LocalDateTime | null;
const unread = Symbol();

/** The same few thousand dates come again and again in a file. */
function cached(read: Read): Read {
  const known = new LRUCache<string, LocalDateTime | typeof unread>({ max: 20_000 });
  return text => {
    let found = known.get(text);
    if (found === undefined) {
      found = read(text) ?? unread;
      known.set(text, found);
    }
    return found === unread ? null : found;
  };
}

function cachedClock(clock: (local: LocalDateTime) => number): (local: LocalDateTime) => string {
  const midnights = new LRUCache<number, string>({ max: 20_000 });
  return local => {
    if (local.timeOfDay !== 0) return formatInstant(clock(local));
    const day = (local.year * 12 + local.month) * 31 + local.day;
    let text = midnights.get(day);
    if (text === undefined) {
      text = formatInstant(clock(local));
      midnights.set(day, text);
    }
    return text;
  };
}
