import type { Instant } from "../instant.ts";
import { firstShown, type LocalTime } from "./localTime.ts";
import type { ZoneOffsets } from "./quietHours.ts";

/** When a wave in customers' own zones comes to one of them. */
export type Schedule = {
  readonly localTime: LocalTime;
  /** Whose clock is looked at; null where it is unknown. */
  readonly zone: string | null;
  /**
   * Whether the wave's contact was made already: two customers that it held may be one by now, and it comes to everybody once. Asked
   * only where the time has come.
   */
  readonly made: () => boolean;
};

/** pass: it has come. hold: it comes at `from`. stop: its contact was made. unknown: nobody can tell where the customer is. */
export type ScheduleStand =
  | { readonly word: "pass" | "hold" | "stop"; readonly zone: string; readonly from: Instant }
  | { readonly word: "unknown" };

/**
 * Whether a wave's local time has come at an instant. It has from the first instant on at which the zone's clocks show it or a later
 * one, even if they are put back behind it after that: a time that comes twice counts the first time, a skipped one as soon as the gap is over.
 */
export function scheduleStand({ localTime, zone, made }: Schedule, at: Instant, offsets: ZoneOffsets): ScheduleStand {
  const from = zone === null ? null : firstShown(localTime, zone, offsets);
  if (zone === null || from === null) return { word: "unknown" };
  return { word: at < from ? "hold" : made() ? "stop" : "pass", zone, from };
}
