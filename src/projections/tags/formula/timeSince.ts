import type { Instant } from "../../../domain/instant.ts";
import { type Calendar, calendarOf, dateOf, dayNumber, type LocalDay } from "../statistic/calendar.ts";
import { holdsUntil, type Operand } from "./operand.ts";

/**
 * Local calendar days from a date to T, or completed years; both below zero where the date is still to come. Somebody born on
 * 29 February completes a year on 1 March where there is no such day.
 */
export function sinceOperand(kind: "daysSince" | "yearsSince", date: Operand, zone: string): Operand {
  if (date.kind !== "integer" || date.type.kind !== "date") throw new Error(`${kind}: a date is needed`);
  const calendar = calendarOf(zone);
  const since = kind === "daysSince" ? daysSince : yearsSince;
  return {
    kind: "integer",
    decimals: 0,
    type: { kind: "number", decimals: 0, unit: null },
    of: run => {
      const from = date.of(run);
      if (from === null) return null;
      const { value, until } = since(calendar.dayOf(from), calendar.dayOf(run.asking.at), calendar);
      holdsUntil(run, until);
      return value;
    },
  };
}

type Since = { readonly value: number; readonly until: Instant };

const daysSince = (from: LocalDay, to: LocalDay, { startOfDay }: Calendar): Since => ({
  value: to - from,
  until: startOfDay(to + 1),
});

function yearsSince(from: LocalDay, to: LocalDay, { startOfDay }: Calendar): Since {
  if (to < from) {
    const years = completedYears(to, from);
    return { value: years === 0 ? 0 : -years, until: startOfDay(to + 1) };
  }
  const value = completedYears(from, to);
  const { year, month, day } = dateOf(from);
  return { value, until: startOfDay(dayNumber(year + value + 1, month, day)) };
}

function completedYears(from: LocalDay, to: LocalDay): number {
  const { year, month, day } = dateOf(from);
  const years = dateOf(to).year - year;
  return dayNumber(year + years, month, day) <= to ? years : years - 1;
}
