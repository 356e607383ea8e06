import type { Counter } from "../../../domain/effect/enrolment.ts";
import type { DayList } from "../../../domain/effect/enrolmentText.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { Calendar } from "../../tags/statistic/calendar.ts";

type GrowingList = (Counter | number | string | null)[];

/**
 * Counts what happened to one customer by local day and channel. A customer has a handful of days with a handful of counters each, so
 * they are lists kept in order, as they are printed. A class, since there is one for each evaluation.
 */
export class DayCounts {
  readonly #calendar: Calendar;
  readonly #lists: GrowingList[] = [];

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  add(at: Instant, channel: string | null, counter: Counter, by = 1): void {
    this.addOn(this.#calendar.dayOf(at), channel, counter, by);
  }

  addOn(day: number, channel: string | null, counter: Counter, by: number): void {
    if (by === 0) return;
    const list = this.#listOf(day, channel);
    let place = firstCounter;
    while (place < list.length && (list[place] as Counter) < counter) place += 2;
    if (list[place] !== counter) insert(list, place, counter, by);
    else {
      const sum = (list[place + 1] as number) + by;
      if (sum === 0) list.splice(place, 2);
      else list[place + 1] = sum;
    }
  }

  /** For the facts of one KPI, which come in order of time: they are added up before they are counted. */
  totals(channel: string | null, counters: KpiCounters): RunningTotals {
    return new RunningTotals(this, this.#calendar, channel, counters);
  }

  /** In order of day and channel, null first. */
  days(): readonly DayList[] {
    const days = this.#lists as unknown as DayList[];
    return days.filter(({ length }) => length > firstCounter).sort(inOrder);
  }

  #listOf(day: number, channel: string | null): GrowingList {
    // Facts of one day come one after the other.
    for (let index = this.#lists.length - 1; index >= 0; index -= 1) {
      const list = this.#lists[index] as GrowingList;
      if (list[0] === day && list[1] === channel) return list;
    }
    const list: GrowingList = [day, channel];
    this.#lists.push(list);
    return list;
  }
}

/** Before them stand day and channel. */
const firstCounter = 2;

/** `total` null: only the first fact is counted. */
export type KpiCounters = { readonly converted: Counter; readonly total: Counter | null };

export class RunningTotals {
  readonly #counts: DayCounts;
  readonly #calendar: Calendar;
  readonly #channel: string | null;
  readonly #counters: KpiCounters;
  #day = 0;
  #nextDay = Number.NEGATIVE_INFINITY;
  #sum = 0;

  constructor(counts: DayCounts, calendar: Calendar, channel: string | null, counters: KpiCounters) {
    this.#counts = counts;
    this.#calendar = calendar;
    this.#channel = channel;
    this.#counters = counters;
  }

  add(at: Instant, figure: number): void {
    if (at >= this.#nextDay) {
      const isFirst = this.#nextDay === Number.NEGATIVE_INFINITY;
      if (!isFirst) this.end();
      this.#day = this.#calendar.dayOf(at);
      this.#nextDay = this.#calendar.startOfDay(this.#day + 1);
      if (isFirst) this.#counts.addOn(this.#day, this.#channel, this.#counters.converted, 1);
    }
    this.#sum += figure;
  }

  end(): void {
    const { total } = this.#counters;
    if (total !== null) this.#counts.addOn(this.#day, this.#channel, total, this.#sum);
    this.#sum = 0;
  }
}

function insert(list: GrowingList, place: number, counter: Counter, by: number): void {
  list.push(counter, by);
  for (let index = list.length - 1; index > place + 1; index -= 1) list[index] = list[index - 2] as Counter | number;
  list[place] = counter;
  list[place + 1] = by;
}

const inOrder = ([a, aChannel]: DayList, [b, bChannel]: DayList): number =>
  a - b || (aChannel === bChannel ? 0 : aChannel === null || (bChannel !== null && aChannel < bChannel) ? -1 : 1);
