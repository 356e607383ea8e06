import { type CampaignDefinition, type CampaignStart, ownZoneOf } from "../../../domain/campaign/campaign.ts";
import { firstShown, type LocalTime } from "../../../domain/decision/localTime.ts";
import type { OffsetSpan } from "../../../domain/decision/quietHours.ts";
import type { Instant } from "../../../domain/instant.ts";
import { calendarOf, unitStart } from "../../tags/statistic/calendar.ts";
import { zoneOffsets } from "../zoneOffsets.ts";

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Where clocks are the furthest ahead of UTC, by 14 hours all year: every local time comes there first. */
const firstZone = "Etc/GMT-14";
const firstOffset = 14 * 60 * minuteMs;

/** When a campaign's waves begin, as a schedule in one zone. */
export type WaveSchedule = {
  readonly start: CampaignStart;
  readonly zone: string;
  /** The instant after which waves count that are to come after an instant in the campaign's zone. */
  readonly after: (at: Instant) => Instant;
};

/**
 * A wave in customers' own zones begins when its local time comes anywhere, and says by that which local time it is; its bounds are
 * what the campaign's own clocks show at theirs. All others begin in the campaign's zone.
 */
export function waveSchedule({ start, zone }: Pick<CampaignDefinition, "start" | "zone">): WaveSchedule {
  if (ownZoneOf(start) === null) return { start, zone, after: at => at };
  const moved = (at: Instant): Instant => at + (zoneOffsets(zone, at) as OffsetSpan).offset - firstOffset;
  switch (start.kind) {
    case "once":
      return { start: { ...start, at: moved(start.at) }, zone: firstZone, after: moved };
    case "recurring": {
      const until = start.until === null ? null : moved(start.until);
      return { start: { ...start, from: moved(start.from), until }, zone: firstZone, after: moved };
    }
    default:
      return { start, zone, after: at => at };
  }
}

/** The local time at which a wave that began at an instant comes to customers; null where it does not go by their own clocks. */
export const localTimeOf = (start: CampaignStart, wave: Instant): LocalTime | null =>
  ownZoneOf(start) === null ? null : wave + firstOffset;

/**
 * When the first wave after an instant is due; null where there is none. A local time that the clocks skip is due when they have
 * skipped it, one that comes twice the first time.
 */
export function nextWave({ start, zone }: Pick<WaveSchedule, "start" | "zone">, after: Instant): Instant | null {
  if (start.kind === "once") return start.at > after ? start.at : null;
  if (start.kind !== "recurring") return null;
  const from = Math.max(after, start.from - 1);
  const calendar = calendarOf(zone);
  let day = unitStart(start.unit, calendar.dayOf(from), 0);
  for (;;) {
    const due = firstShown(day * dayMs + start.time * minuteMs, zone, zoneOffsets) as Instant;
    if (due > from) return start.until === null || due < start.until ? due : null;
    day = unitStart(start.unit, day, 1);
  }
}

/** The newest wave that is due by an instant and after another; null where there is none. Of several missed ones the last counts. */
export function dueWave(schedule: WaveSchedule, after: Instant, by: Instant): Instant | null {
  let found: Instant | null = null;
  for (let next = nextWave(schedule, after); next !== null && next <= by; next = nextWave(schedule, next)) found = next;
  return found;
}
