import type { Range } from "../../domain/segment/plan.ts";
import { calendarOf } from "../tags/statistic/calendar.ts";
import { dayFrom } from "./rowwise/calendarDay.ts";

/** The instants of a local day: none where the zone skipped it. */
export function localDayRange(day: string, zone: string): Range {
  const { startOfDay } = calendarOf(zone);
  const number = dayFrom(day);
  return { from: startOfDay(number), to: startOfDay(number + 1) };
}
