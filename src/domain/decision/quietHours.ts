import type { QuietHours } from "../campaign/policy.ts";
import type { Instant } from "../instant.ts";

/** A stretch of time [from, until) in which a zone's clocks stay `offset` milliseconds ahead of UTC. */
export type OffsetSpan = { readonly offset: number; readonly from: Instant; readonly until: Instant };
/** The stretch that an instant lies in; null where there is no such IANA zone. */
export type ZoneOffsets = (zone: string, at: Instant) => OffsetSpan | null;

export type QuietStand = {
  /** Minutes after midnight that the customer's clock shows. */
  readonly minute: number;
  readonly quiet: boolean;
  /** Where it is quiet: the first instant at which it is no more; null where that never comes. */
  readonly until: Instant | null;
};

/**
 * The zone whose clock counts for a customer: the customer's own, else the one that stands in for it; null where neither is a zone. The
 * same for quiet hours and for waves.
 */
export function zoneTaken(
  { zoneAttribute, zone }: Pick<QuietHours, "zoneAttribute" | "zone">,
  customersZone: string | null,
  at: Instant,
  offsets: ZoneOffsets,
): string | null {
  if (zoneAttribute !== null && customersZone !== null && offsets(customersZone, at) !== null) {
    return customersZone;
  }
  return zone !== null && offsets(zone, at) !== null ? zone : null;
}

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** Clock changes are months apart; a zone that had this many within one night would be beyond reckoning. */
const mostSpans = 16;

/**
 * Whether the customer's clock shows a quiet time at an instant, and when it no longer does. What the clock shows decides: an hour
 * that comes twice is quiet twice, one that is skipped never was. Null where there is no such zone.
 */
export function quietStand(hours: QuietHours, zone: string, at: Instant, offsets: ZoneOffsets): QuietStand | null {
  const span = offsets(zone, at);
  if (span === null) return null;
  const shown = timeOfDay(at + span.offset);
  const minute = Math.floor(shown / minuteMs);
  if (!isQuiet(hours, shown)) return { minute, quiet: false, until: null };
  return { minute, quiet: true, until: endOfQuiet(hours, zone, at, span, offsets) };
}

function endOfQuiet(
  hours: QuietHours,
  zone: string,
  at: Instant,
  span: OffsetSpan,
  offsets: ZoneOffsets,
): Instant | null {
  let now = at;
  let current: OffsetSpan | null = span;
  for (let spans = 0; spans < mostSpans && current !== null; spans += 1) {
    const shown = timeOfDay(now + current.offset);
    if (!isQuiet(hours, shown)) return now;
    const end = now + ahead(hours.to * minuteMs - shown);
    if (end < current.until && !isQuiet(hours, timeOfDay(end + current.offset))) return end;
    // Either the clocks change before the end, or the hours fill the day and only a change of clocks could end them.
    if (current.until === Number.POSITIVE_INFINITY) return null;
    now = current.until;
    current = offsets(zone, now);
  }
  return null;
}

/** Half-open [from, to), over midnight where `from` is after `to`; none at all where they are the same. */
function isQuiet(hours: QuietHours, shown: number): boolean {
  const from = hours.from * minuteMs;
  const to = hours.to * minuteMs;
  return from <= to ? shown >= from && shown < to : shown >= from || shown < to;
}

const timeOfDay = (local: number): number => ((local % dayMs) + dayMs) % dayMs;
/** The way forward on the dial, a whole day where there is none. */
const ahead = (milliseconds: number): number => timeOfDay(milliseconds) || dayMs;
