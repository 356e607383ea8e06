import { type Day, firstDay, lastDay, type Month, type Second, startOf } from "../calendar.ts";
import type { Draw } from "../draw.ts";

/** Some time in the month between two hours of a day (the last one excluded). */
export function someTime(draw: Draw, month: Month, fromHour: number, toHour: number): Second {
  return timeOf(draw, draw.int(firstDay(month), lastDay(month)), fromHour, toHour);
}

/** Some time of that day. Never in its last hour: a month's closing balance is reported at 23:59:59. */
export const timeOf = (draw: Draw, day: Day, fromHour: number, toHour: number): Second =>
  startOf(day) + draw.int(Math.max(1, fromHour * 3600), Math.min(toHour, 23) * 3600 - 1);

/** The given day of the month, or its last one where the month is shorter. */
export const dayInMonth = (month: Month, dayOfMonth: number): Day =>
  Math.min(firstDay(month) + dayOfMonth - 1, lastDay(month));
