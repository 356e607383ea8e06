import { formatInstant, type Instant, parseInstant } from "../instant.ts";
import type { ZoneOffsets } from "./quietHours.ts";

/** A date and time as clocks show it, of no zone: the milliseconds since 1970-01-01T00:00 if clocks showed UTC. */
export type LocalTime = number;

/** "2024-06-03T09:00:00.000": nothing behind it, since it is of no zone. */
export const formatLocalTime = (local: LocalTime): string => formatInstant(local).slice(0, -1);
/** Null where it is none. */
export const parseLocalTime = (text: string): LocalTime | null => parseInstant(`${text}Z`);

/** What the clocks of a zone show; null where there is no such zone. */
export function shownAt(zone: string, at: Instant, offsets: ZoneOffsets): LocalTime | null {
  const span = offsets(zone, at);
  return span === null ? null : at + span.offset;
}

/** More than any zone's clocks were ever apart from UTC: before it a local time has come nowhere. */
const furthestMs = 24 * 3_600_000;
/** Clock changes are months apart; none has this many within two days. */
const mostSpans = 16;

/**
 * The first instant at which the clocks of a zone show a local time or a later one: one that comes twice is met the first time, one
 * that the clocks skip at the first instant after the gap, and one of a day that a zone left out when the next day begins. Null
 * where there is no such zone.
 */
export function firstShown(local: LocalTime, zone: string, offsets: ZoneOffsets): Instant | null {
  let from = local - furthestMs;
  for (let spans = 0; spans < mostSpans; spans += 1) {
    const span = offsets(zone, from);
    if (span === null) return null;
    const at = Math.max(from, local - span.offset);
    if (at < span.until) return at;
    from = span.until;
  }
  return null;
}
