import { dayNumber, type LocalDay } from "../../tags/statistic/calendar.ts";

/** "2024-02-29" as a day counted from 1970-01-01. */
export function dayFrom(text: string): LocalDay {
  const [year, month, day] = text.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) throw new Error(`"${text}" is no day`);
  return dayNumber(year, month, day);
}
