import type { CampaignStart } from "../../../domain/campaign/campaign.ts";
import type { OffsetSpan } from "../../../domain/decision/quietHours.ts";
import type { Instant } from "../../../domain/instant.ts";
import { calendarOf, unitStart } from "../../tags/statistic/calendar.ts";
import { zoneOffsets } from "../zoneOffsets.ts";

const dayMs = 86_400_000;
const minuteMs = 60_000;

/**
 * When the first wave after an instant is due; null where there is none. A local time that the clocks skip is due when they have
 * skipped it, one that comes twice the first time.
 */
export function nextWave(start: CampaignStart, zone: string, after: Instant): Instant | null {
  if (start.kind === "once") return start.at > after ? start.at : null;
  if (start.kind !== "recurring") return null;
  const from = Math.max(after, start.from - 1);
  const calendar = calendarOf(zone);
  let day = unitStart(start.unit, calendar.dayOf(from), 0);
  for (;;) {
    const due = instantOf(zone, day, start.time);
    if (due > from) return start.until === null || due < start.until ? due : null;
    day = unitStart(start.unit, day, 1);
  }
}

/** The newest wave that is due by an instant and after another; null where there is none. Of several missed ones the last counts. */
export function dueWave(start: CampaignStart, zone: string, after: Instant, by: Instant): Instant | null {
  let found: Instant | null = null;
  for (let next = nextWave(start, zone, after); next !== null && next <= by; next = nextWave(start, zone, next))
    found = next;
  return found;
}

function instantOf(zone: string, day: number, minutes: number): Instant {
  const local = day * dayMs + minutes * minuteMs;
  const spans = [local - dayMs / 2, local + dayMs / 2].map(at => zoneOffsets(zone, at) as OffsetSpan);
  for (const { offset, from, until } of spans) {
    const at = local - offset;
    if (at >= from && at < until) return at;
  }
  // Skipped: the clocks change between the two.
  return (spans[1] as OffsetSpan).from;
}
