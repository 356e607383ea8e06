import { LRUCache } from "lru-cache";
import { Temporal } from "temporal-polyfill";
import type { Instant } from "../../domain/instant.ts";
import type { LocalDateTime } from "./dateFormat.ts";

const dayMs = 86_400_000;

/** Whether the text names an IANA time zone this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * Turns wall-clock readings of one IANA zone into instants. A reading that the clock skipped is read with the offset
 * before the gap (02:30 becomes 03:30); one that it showed twice is the first of the two.
 */
export function zonedClock(zone: string): (local: LocalDateTime) => Instant {
  // Almost every day is 24 hours long, and a file holds few different days: one zone calculation serves all their rows.
  const days = new LRUCache<number, { readonly start: Instant; readonly regular: boolean }>({ max: 20_000 });
  const dayOf = ({ year, month, day }: LocalDateTime) => {
    const key = (year * 12 + month) * 31 + day;
    let found = days.get(key);
    if (found === undefined) {
      const date = new Temporal.PlainDate(year, month, day);
      const start = date.toZonedDateTime(zone).epochMilliseconds;
      const end = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
      found = { start, regular: end - start === dayMs };
      days.set(key, found);
    }
    return found;
  };
  return local => {
    const { start, regular } = dayOf(local);
    if (regular) return start + local.timeOfDay;
    const date = new Temporal.PlainDate(local.year, local.month, local.day);
    const time = new Temporal.PlainTime().add({ milliseconds: local.timeOfDay });
    return date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
  };
}

/** The same wall-clock reading a day later. */
export function nextDay(local: LocalDateTime): LocalDateTime {
  const { year, month, day } = new Temporal.PlainDate(local.year, local.month, local.day).add({ days: 1 });
  return { year, month, day, timeOfDay: local.timeOfDay };
}
