import { isDeepStrictEqual } from "node:util";
import type { Columns } from "../../src/projections/segments/columns/columns.ts";
import { createColumns } from "../../src/projections/segments/columns/createColumns.ts";
import { createStanding } from "../../src/projections/segments/standing/createStanding.ts";
import type { Flip, ValueChange } from "../../src/projections/segments/standing/standing.ts";
import type { Figure } from "../figure.ts";
import { median } from "../median.ts";
import { createDraw } from "./draw.ts";
import { heldBytes } from "./heldBytes.ts";
import { createPlainStanding } from "./plainStanding.ts";
import { drawChanges } from "./standingChanges.ts";
import { standingRules } from "./standingRules.ts";
import { type BenchTag, benchCustomer, benchTags } from "./table.ts";

const segments = 500;

export type StandingDemands = {
  readonly rate: number | null;
  readonly ratio: number | null;
  readonly fillMs: number | null;
  /** Of a customer, with everything that is kept of it. */
  readonly bytes: number | null;
};

/**
 * 500 standing segments while single values change, each change an instant of its own, against asking every segment that hangs on the
 * value. All take the same changes, one after the other, and have to tell the same.
 */
export function benchStanding(
  customers: number,
  rounds: number,
  changesEach: number,
  demands: StandingDemands,
): Figure[] {
  const tags = benchTags();
  const heldBefore = heldBytes();
  const columns = createColumns();
  fill(columns, tags, customers);
  const versions = standingRules(tags, segments);
  const standing = createStanding(columns, { snapshot: () => null });
  const fillMs = elapsed(() => standing.publish(versions));
  const bytes = (columns.used() + heldBytes() - heldBefore) / customers;

  const contestants = {
    closures: createPlainStanding(columns, versions, standing, "closures"),
    sameMemory: createPlainStanding(columns, versions, standing, "ours"),
    ours: (change: ValueChange): readonly Flip[] => standing.apply([change]),
    writing: (): readonly Flip[] => [],
  };
  const rates: Record<keyof typeof contestants, number[]> = { closures: [], sameMemory: [], ours: [], writing: [] };
  const draw = createDraw(20261123);
  let flipsTold = 0;
  // The first round is for the compiler.
  for (let round = 0; round <= rounds; round += 1) {
    const changes = drawChanges(columns, tags, changesEach, 1 + round * changesEach, draw);
    const told = { closures: [], sameMemory: [], ours: [], writing: [] } as Record<keyof typeof contestants, Flip[]>;
    for (const name of ["writing", "closures", "sameMemory", "ours"] as const) {
      const take = contestants[name];
      const ms = elapsed(() => {
        for (const change of changes) {
          columns.write(change.code, change.row, change.after);
          for (const flip of take(change)) told[name].push(flip);
        }
      });
      if (round > 0) rates[name].push((changesEach / ms) * 1000);
      if (name !== "ours") takeBack(columns, changes);
    }
    if (round > 0) flipsTold += told.ours.length;
    if (!isDeepStrictEqual(told.ours, told.closures) || !isDeepStrictEqual(told.ours, told.sameMemory))
      throw new Error("the standing segments tell otherwise than the plain ones");
  }

  const rate = (name: keyof typeof contestants): number => median(rates[name]);
  const atCustomers = `${segments} standing segments at ${customers.toLocaleString("en")} customers`;
  const plain = { against: null, reference: null, ratio: null, must: null, aim: null };
  return [
    { name: atCustomers, value: rate("ours"), unit: "changes/s", ...plain, must: demands.rate },
    {
      name: "the same",
      value: rate("ours"),
      unit: "changes/s",
      against: "each dependent segment asked, as closures",
      reference: rate("closures"),
      ratio: rate("ours") / rate("closures"),
      must: demands.ratio,
      aim: null,
    },
    {
      name: "the same",
      value: rate("ours"),
      unit: "changes/s",
      against: "each dependent segment asked, as we ask",
      reference: rate("sameMemory"),
      ratio: rate("ours") / rate("sameMemory"),
      must: null,
      aim: null,
    },
    { name: "of it, writing the values alone", value: rate("writing"), unit: "changes/s", ...plain },
    { name: "entries and exits for each change", value: flipsTold / (rounds * changesEach), unit: "flips", ...plain },
    {
      name: `first fill of ${segments} segments`,
      value: fillMs,
      unit: "ms",
      ...plain,
      ...(demands.fillMs === null ? {} : { atMost: demands.fillMs }),
    },
    {
      name: `memory of a customer with 200 tags and ${segments} segments`,
      value: bytes,
      unit: "bytes",
      ...plain,
      ...(demands.bytes === null ? {} : { atMost: demands.bytes }),
    },
  ];
}

function elapsed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function takeBack(columns: Columns, changes: readonly ValueChange[]): void {
  for (const { code, row, before } of changes.toReversed()) columns.write(code, row, before);
}

function fill(columns: Columns, tags: readonly BenchTag[], customers: number): void {
  for (const { code, type } of tags) columns.add(code, type);
  for (let row = 0; row < customers; row += 1) columns.place(row, benchCustomer(row));
  for (const { code, valueAt } of tags)
    for (let row = 0; row < customers; row += 1) {
      const value = valueAt(row);
      if (value !== null) columns.write(code, row, value);
    }
}
