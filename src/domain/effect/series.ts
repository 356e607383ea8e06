import type { Kpi } from "../campaign/campaign.ts";
import { parseDayKey } from "./cellKey.ts";
import { contributionsOf } from "./contribution.ts";
import type { Counter, Enrolment } from "./enrolment.ts";
import { type Funnel, funnelOf, type UnitCosts } from "./funnel.ts";
import type { StoredCell } from "./groupViews.ts";
import { addAll, addTo, type GrowingSums, parseSums, type Sums } from "./sums.ts";

/** By what points of one day are held apart. */
export type SeriesSplit = "arm" | "variant" | "channel";

/** What happened on one local day, counted from 1970-01-01. What the series is not split by is null. */
export type DayPoint = {
  readonly day: number;
  readonly arm: string | null;
  readonly variant: string | null;
  readonly channel: string | null;
  /** Customers who were assigned that day. */
  readonly assigned: number;
  readonly funnel: Omit<Funnel, "customers" | "reached">;
  /** By KPI in their order: customers whose first counted fact was that day, and what that day's facts come to. Of a conversion both are the same. */
  readonly outcomes: readonly { readonly converted: number; readonly total: bigint }[];
};

/** Points in order of day, arm, variant and channel; days on which nothing happened have none. `kpis`: as `kpisOf` gives them. */
export function effectSeries(
  days: Iterable<StoredCell>,
  options: {
    readonly by: readonly SeriesSplit[];
    readonly kpis: readonly Kpi[];
    readonly unitCosts: UnitCosts;
    readonly excluding?: readonly Enrolment[];
  },
): readonly DayPoint[] {
  const points = new Map<string, GrowingSums>();
  const put = (key: string, sums: Sums, sign: 1 | -1): void => {
    const { day, ...whole } = parseDayKey(key);
    const { channel } = whole;
    const kept = [
      day,
      ...(["arm", "variant", "channel"] as const).map(part => (options.by.includes(part) ? whole[part] : null)),
    ];
    const point = points.get(JSON.stringify(kept)) ?? new Map<string, bigint>();
    points.set(JSON.stringify(kept), point);
    // Costs of contacts hang on their channel, whether or not the series is split by it.
    const named: GrowingSums = new Map();
    for (const [counter, by] of sums) addTo(named, `count\t${channel ?? ""}\t${counter}`, by);
    addAll(point, named, sign);
  };
  for (const { key, text } of days) put(key, parseSums(text), 1);
  for (const enrolment of options.excluding ?? [])
    for (const { kind, key, sums } of contributionsOf(enrolment)) if (kind === "day") put(key, sums, -1);
  return [...points]
    .filter(([, sums]) => sums.size > 0)
    .map(([key, sums]): DayPoint => {
      const [day, arm, variant, channel] = JSON.parse(key) as [number, string | null, string | null, string | null];
      return dayPoint({ day, arm, variant, channel }, sums, options);
    })
    .sort(
      (a, b) =>
        a.day - b.day || inOrder(a.arm, b.arm) || inOrder(a.variant, b.variant) || inOrder(a.channel, b.channel),
    );
}

/** `sums`: by channel, as in a group's cell; none: of a day on which nothing happened. */
export function dayPoint(
  place: Pick<DayPoint, "day" | "arm" | "variant" | "channel">,
  sums: Sums,
  { kpis, unitCosts }: { readonly kpis: readonly Kpi[]; readonly unitCosts: UnitCosts },
): DayPoint {
  const { customers: _, reached: __, ...funnel } = funnelOf(sums, unitCosts);
  return { ...place, assigned: Number(totalOf(sums, "assigned")), funnel, outcomes: outcomesIn(sums, kpis) };
}

function outcomesIn(sums: Sums, kpis: readonly Kpi[]): DayPoint["outcomes"] {
  return kpis.map(({ measure }, index) => {
    const converted = totalOf(sums, `kpi\t${index}\tconverted`);
    const total = measure.kind === "conversion" ? converted : totalOf(sums, `kpi\t${index}\ttotal`);
    return { converted: Number(converted), total };
  });
}

/** Over all channels. */
function totalOf(sums: Sums, counter: Counter): bigint {
  let total = 0n;
  for (const [name, sum] of sums) if (name.slice(name.indexOf("\t", "count\t".length) + 1) === counter) total += sum;
  return total;
}

const inOrder = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null || (b !== null && a < b) ? -1 : 1;

/** The first local day on which anybody was assigned; null where nobody was. `days`: by key, of which only the first are read. */
export function firstAssignedDay(days: Iterable<StoredCell>): number | null {
  for (const { key, text } of days) if (parseSums(text).has("assigned")) return parseDayKey(key).day;
  return null;
}
