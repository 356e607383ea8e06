import type { Counter, EnrolmentDay } from "../../../domain/effect/enrolment.ts";
import type { Instant } from "../../../domain/instant.ts";
import { calendarOf } from "../../tags/statistic/calendar.ts";

/** Counts what happened to one customer by local day and channel. */
export type DayCounts = {
  readonly add: (at: Instant, channel: string | null, counter: Counter, by?: number) => void;
  /** For the facts of one KPI, which come in order of time: they are added up before they are counted. */
  readonly totals: (channel: string | null, counters: KpiCounters) => RunningTotals;
  /** In order of day and channel, null first. */
  readonly days: () => readonly EnrolmentDay[];
};

/** `total` null: only the first fact is counted. */
export type KpiCounters = { readonly converted: Counter; readonly total: Counter | null };

export type RunningTotals = { readonly add: (at: Instant, figure: number) => void; readonly end: () => void };

type Counted = { readonly day: number; readonly channel: string | null; readonly counts: Map<Counter, number> };

export function createDayCounts(zone: string): DayCounts {
  const { dayOf, startOfDay } = calendarOf(zone);
  // A customer has a handful of them, and facts of one day come one after the other.
  const counted: Counted[] = [];
  const countedOn = (day: number, channel: string | null): Counted => {
    for (let index = counted.length - 1; index >= 0; index -= 1) {
      const one = counted[index] as Counted;
      if (one.day === day && one.channel === channel) return one;
    }
    const one: Counted = { day, channel, counts: new Map() };
    counted.push(one);
    return one;
  };
  const addOn = (day: number, channel: string | null, counter: Counter, by: number): void => {
    if (by === 0) return;
    const { counts } = countedOn(day, channel);
    const sum = (counts.get(counter) ?? 0) + by;
    if (sum === 0) counts.delete(counter);
    else counts.set(counter, sum);
  };
  return {
    add: (at, channel, counter, by = 1) => addOn(dayOf(at), channel, counter, by),
    totals: (channel, { converted, total }) => {
      let [day, nextDay, sum] = [0, Number.NEGATIVE_INFINITY, 0];
      const end = (): void => {
        if (total !== null) addOn(day, channel, total, sum);
        sum = 0;
      };
      return {
        add: (at, figure) => {
          if (at >= nextDay) {
            const isFirst = nextDay === Number.NEGATIVE_INFINITY;
            if (!isFirst) end();
            day = dayOf(at);
            nextDay = startOfDay(day + 1);
            if (isFirst) addOn(day, channel, converted, 1);
          }
          sum += figure;
        },
        end,
      };
    },
    days: () => counted.filter(({ counts }) => counts.size > 0).sort(inOrder),
  };
}

const inOrder = (a: Counted, b: Counted): number =>
  a.day - b.day ||
  (a.channel === b.channel ? 0 : a.channel === null || (b.channel !== null && a.channel < b.channel) ? -1 : 1);
