import type { Instant } from "../../../domain/instant.ts";
import { rescale } from "../formula/decimals.ts";
import { calendarOf, type LocalDay } from "./calendar.ts";
import { allRows, type RowMeasure } from "./measure.ts";
import { derivedColumn, isWorthDeriving } from "./rentOrBuy.ts";
import type { SelectedRows } from "./selectedRows.ts";

/** Rows are in order of time, so the days of a window are a stretch of ranks: how many different days came up to each row. */
type Days = { readonly ranks: number[]; lastDay: LocalDay };

export function dayMeasure(slot: number, zone: string, decimals: number): RowMeasure {
  const calendar = calendarOf(zone);
  const ranksOf = (rows: SelectedRows): readonly number[] => {
    let days = derivedColumn<Days>(rows, slot);
    if (days === undefined) {
      days = { ranks: [], lastDay: Number.NaN };
      rows.derived[slot] = days;
    }
    const { ranks } = days;
    for (let index = ranks.length; index < rows.length; index += 1) {
      const day = calendar.dayOf(rows.times[index] as number);
      const rank = index === 0 ? 0 : (ranks[index - 1] as number);
      ranks.push(day === days.lastDay ? rank : rank + 1);
      days.lastDay = day;
    }
    return ranks;
  };
  const lookedUpDays = ({ times }: SelectedRows, lo: number, hi: number): number => {
    let days = 0;
    let ends = Number.NEGATIVE_INFINITY;
    for (let index = lo; index < hi; index += 1) {
      const time = times[index] as Instant;
      if (time < ends) continue;
      days += 1;
      ends = calendar.startOfDay(calendar.dayOf(time) + 1);
    }
    return days;
  };
  return {
    value: (rows, lo, hi) => {
      if (hi <= lo) return 0;
      if (!isWorthDeriving(rows, slot, hi - lo))
        return rescale(lookedUpDays(rows, lo, hi), 0, decimals, "distinct days");
      const ranks = ranksOf(rows);
      return rescale((ranks[hi - 1] as number) - (ranks[lo] as number) + 1, 0, decimals, "distinct days");
    },
    // The first day counts until its last fact has left.
    holder: (rows, lo, hi) => {
      const ends = calendar.startOfDay(calendar.dayOf(rows.times[lo] as Instant) + 1);
      let last = lo;
      while (last + 1 < hi && (rows.times[last + 1] as Instant) < ends) last += 1;
      return last;
    },
    deciding: allRows,
  };
}
