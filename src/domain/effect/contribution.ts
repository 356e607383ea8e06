import { printDayKey, printGroupKey } from "./cellKey.ts";
import type { Enrolment } from "./enrolment.ts";
import { addTo, type GrowingSums, type Sums } from "./sums.ts";

/** One customer's part in a cell. */
export type Contribution = { readonly kind: "group" | "day"; readonly key: string; readonly sums: Sums };

/*
 * Names of sums in a group's cell: "customers"; "reached", those to whom anything went; "count <channel> <counter>", the channel
 * empty where there was none; and of assigned customers "kpi <index> <moment>". In a day's cell they are the counters themselves.
 */
export type Moment = "converted" | "y" | "yy" | "x" | "xx" | "xy";
export const kpiSum = (index: number, moment: Moment): string => `kpi\t${index}\t${moment}`;
export const channelSum = (channel: string | null, counter: string): string => `count\t${channel ?? ""}\t${counter}`;

/** Everything that an enrolment adds to the cells of its campaign; one of each key. */
export function contributionsOf(enrolment: Enrolment): readonly Contribution[] {
  const { assigned, variant, channel, segments, days } = enrolment;
  const arm = assigned?.arm ?? null;
  const found: Contribution[] = [
    { kind: "group", key: printGroupKey({ arm, variant, channel, segments }), sums: groupSums(enrolment) },
  ];
  for (const { day, channel, counts } of days) {
    const sums: GrowingSums = new Map();
    for (const [counter, by] of counts) addTo(sums, counter, BigInt(by));
    found.push({ kind: "day", key: printDayKey({ day, arm, variant, channel }), sums });
  }
  return found;
}

function groupSums({ assigned, days, outcomes }: Enrolment): Sums {
  const sums: GrowingSums = new Map([["customers", 1n]]);
  let isReached = false;
  for (const { channel, counts } of days)
    for (const [counter, by] of counts) {
      isReached ||= counter === "sends" || counter === "contacts";
      // Assigned customers are the cell's own, and outcomes have moments.
      if (counter !== "assigned" && !counter.startsWith("kpi\t")) addTo(sums, channelSum(channel, counter), BigInt(by));
    }
  if (isReached) sums.set("reached", 1n);
  if (assigned === null) return sums;
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.facts > 0) addTo(sums, kpiSum(index, "converted"), 1n);
    const [y, x] = [BigInt(outcome.y), BigInt(outcome.x)];
    addTo(sums, kpiSum(index, "y"), y);
    addTo(sums, kpiSum(index, "yy"), y * y);
    addTo(sums, kpiSum(index, "x"), x);
    addTo(sums, kpiSum(index, "xx"), x * x);
    addTo(sums, kpiSum(index, "xy"), x * y);
  }
  return sums;
}
