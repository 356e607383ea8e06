import type { Counter, EnrolmentDay } from "../../../domain/effect/enrolment.ts";
import type { Instant } from "../../../domain/instant.ts";
import { calendarOf } from "../../tags/statistic/calendar.ts";

/** Counts what happened to one customer by local day and channel. */
export type DayCounts = {
  readonly add: (at: Instant, channel: string | null, counter: Counter, by?: number) => void;
  /** In order of day and channel, null first. */
  readonly days: () => readonly EnrolmentDay[];
};

type Counted = { readonly day: number; readonly channel: string | null; readonly counts: Map<Counter, number> };

export function createDayCounts(zone: string): DayCounts {
  const { dayOf } = calendarOf(zone);
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
  return {
    add: (at, channel, counter, by = 1) => {
      if (by === 0) return;
      const { counts } = countedOn(dayOf(at), channel);
      const sum = (counts.get(counter) ?? 0) + by;
      if (sum === 0) counts.delete(counter);
      else counts.set(counter, sum);
    },
    days: () => counted.filter(({ counts }) => counts.size > 0).sort(inOrder),
  };
}

const inOrder = (a: Counted, b: Counted): number =>
  a.day - b.day ||
  (a.channel === b.channel ? 0 : a.channel === null || (b.channel !== null && a.channel < b.channel) ? -1 : 1);
