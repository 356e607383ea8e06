import { isDeepStrictEqual } from "node:util";
import type { Columns } from "../../src/projections/segments/columns/columns.ts";
import { createColumns } from "../../src/projections/segments/columns/createColumns.ts";
import { createStanding } from "../../src/projections/segments/standing/createStanding.ts";
import type { Flip, ValueChange } from "../../src/projections/segments/standing/standing.ts";
import { median } from "../median.ts";
import { createDraw } from "./draw.ts";
import { createPlainStanding } from "./plainStanding.ts";
import { drawChanges } from "./standingChanges.ts";
import { standingRules } from "./standingRules.ts";
import { type BenchTag, benchCustomer, benchTags } from "./table.ts";

export type StandingFigures = {
  readonly fillMs: number;
  readonly changesPerSecond: number;
  readonly plainPerSecond: number;
  readonly writesPerSecond: number;
  readonly flipsPerChange: number;
};

/** 500 standing segments while single values change, against asking each segment that hangs on the value, over the same changes. */
export function benchStanding(customers: number, rounds: number, changesEach: number): StandingFigures {
  const columns = createColumns();
  const tags = benchTags();
  fill(columns, tags, customers);
  const draw = createDraw(20261123);
  const versions = standingRules(tags, 500);
  const standing = createStanding(columns, { snapshot: () => null });
  const begun = performance.now();
  standing.publish(versions);
  const fillMs = performance.now() - begun;
  const plain = createPlainStanding(columns, versions, standing);

  const write = ({ code, row, after }: ValueChange): void => columns.write(code, row, after);
  const takeBack = (changes: readonly ValueChange[]): void => {
    for (const { code, row, before } of changes.toReversed()) columns.write(code, row, before);
  };
  const timed = (changes: readonly ValueChange[], each: (change: ValueChange) => void): number => {
    const start = performance.now();
    for (const change of changes) each(change);
    return (changes.length / (performance.now() - start)) * 1000;
  };

  const rates: { ours: number; plain: number; writes: number }[] = [];
  let told = 0;
  for (let round = -1; round < rounds; round += 1) {
    const changes = drawChanges(columns, tags, changesEach, 1 + (round + 1) * changesEach, draw);
    const expected: Flip[] = [];
    const flips: Flip[] = [];
    const writes = timed(changes, write);
    takeBack(changes);
    const plainRate = timed(changes, change => {
      write(change);
      for (const flip of plain(change)) expected.push(flip);
    });
    takeBack(changes);
    const ours = timed(changes, change => {
      write(change);
      for (const flip of standing.apply([change])) flips.push(flip);
    });
    if (!isDeepStrictEqual(flips, expected))
      throw new Error("the standing segments tell otherwise than the plain ones");
    // The first round is for the compiler.
    if (round < 0) continue;
    rates.push({ ours, plain: plainRate, writes });
    told += flips.length;
  }
  return {
    fillMs,
    changesPerSecond: median(rates.map(({ ours }) => ours)),
    plainPerSecond: median(rates.map(({ plain: rate }) => rate)),
    writesPerSecond: median(rates.map(({ writes }) => writes)),
    flipsPerChange: told / (rounds * changesEach),
  };
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
