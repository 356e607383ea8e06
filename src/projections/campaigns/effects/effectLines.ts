import type { UnitCosts } from "../../../domain/effect/funnel.ts";
import {
  type DayPoint,
  dayPoint,
  effectSeries,
  firstAssignedDay,
  type SeriesSplit,
} from "../../../domain/effect/series.ts";
import { calendarOf } from "../../tags/statistic/calendar.ts";
import type { CountedEffects, EffectReads } from "./readEffects.ts";
import { dayCells } from "./storedCells.ts";

/** One line of a chart. What it is not split by is null, and so is the arm of what became of the unassigned. */
export type EffectLine = Pick<DayPoint, "arm" | "variant" | "channel"> & {
  /** One for every day asked for, zeros where nothing happened. */
  readonly points: readonly DayPoint[];
};

/** Local days, both included; null: from the first day on which anybody was assigned, to the log's day. */
export type AskedDays = { readonly from: number | null; readonly to: number | null };

/** The days that are answered for: none beyond the log's time, of which nobody knows anything yet. Null where there is none. */
export function daysAnswered(
  reads: EffectReads,
  { prefix, campaign, at }: CountedEffects,
  asked: AskedDays,
): { readonly from: number; readonly to: number } | null {
  const today = calendarOf(campaign.definition.zone).dayOf(at);
  const from = asked.from ?? firstAssignedDay(dayCells(reads, prefix)) ?? today;
  const to = Math.min(asked.to ?? today, today);
  return from > to ? null : { from, to };
}

/** By arm, by arm and variant, or by channel: lines in order of these, with a point for each of the days. */
export function effectLines(
  reads: EffectReads,
  { prefix, campaign }: CountedEffects,
  { from, to }: { readonly from: number; readonly to: number },
  by: SeriesSplit,
): readonly EffectLine[] {
  const { definition, kpis } = campaign;
  const unitCosts: UnitCosts = new Map(
    definition.channels.flatMap(({ channel, unitCost }) => (unitCost === null ? [] : [[channel, unitCost] as const])),
  );
  const options = { by: by === "variant" ? (["arm", "variant"] as const) : [by], kpis, unitCosts };
  const points = effectSeries(dayCells(reads, prefix, { from, to }), options);
  const byLine = new Map<string, DayPoint[]>();
  for (const point of points) {
    const name = JSON.stringify([point.arm, point.variant, point.channel]);
    const line = byLine.get(name);
    if (line === undefined) byLine.set(name, [point]);
    else line.push(point);
  }
  return [...byLine].sort(byName).map(([name, known]): EffectLine => {
    const [arm = null, variant = null, channel = null] = JSON.parse(name) as (string | null)[];
    const byDay = new Map(known.map(point => [point.day, point]));
    const filled = Array.from({ length: to - from + 1 }, (_, index): DayPoint => {
      const day = from + index;
      return byDay.get(day) ?? dayPoint({ day, arm, variant, channel }, new Map(), options);
    });
    return { arm, variant, channel, points: filled };
  });
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
