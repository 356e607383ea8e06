import type { Columns } from "../columns/columns.ts";
import type { RowTest } from "./decision.ts";
import type { Failures } from "./failures.ts";
import { addFlip } from "./flips/flipList.ts";
import { flipOf } from "./flips/watchedTest.ts";
import { createInstantWork } from "./instantWork.ts";
import { createRowJudge, type Judging } from "./judgeRows.ts";
import type { ColumnWatch, LeafIndex } from "./leafIndex.ts";
import { mergeOrigins, type Origin } from "./origin.ts";
import type { Flip, Standing, ValueChange } from "./standing.ts";
import { rankKey } from "./top/scanBest.ts";

const nothing: readonly Flip[] = [];

type WatchedTop = ColumnWatch["tops"][number];

/** Gathers what happens at one instant of the log, and then works out what it does to memberships. */
export function createInstant(
  index: LeafIndex,
  judging: Judging,
): Pick<Standing, "placed" | "returned" | "gone" | "apply"> & { readonly isOpen: () => boolean } {
  const { columns, failures } = judging;
  const work = createInstantWork();
  let moving = new Map<WatchedTop, Origin>();
  let flips: Flip[] = [];
  let ranks: number[] = [];
  const judgeRow = createRowJudge(index, judging, (rank, flip) => {
    ranks.push(rank);
    flips.push(flip);
  });

  const rank = (top: WatchedTop, row: number, value: unknown, origin: Origin): void => {
    top.order.change(row, columns.isLive(row) ? rankKey(value, top.plan.order) : null);
    const known = moving.get(top);
    moving.set(top, known === undefined ? origin : mergeOrigins(known, origin));
  };
  const rankAnew = (row: number, origin: Origin): void => {
    for (const [code, { tops }] of index.watches)
      for (const top of tops) rank(top, row, columns.read(code, row), origin);
  };

  const take = (change: ValueChange): void => {
    const { row, code, before, after } = change;
    const rowWork = work.of(row, change);
    rowWork.customerId = change.customerId;
    const watch = index.watches.get(code);
    if (watch === undefined) return;
    watch.find(before ?? null, after ?? null, rowWork.flips);
    // Which way a comparison went is not known, but which way it can have gone.
    for (const leaf of watch.compares) addFlip(rowWork.flips, flipOf(leaf, (index.tests[leaf] as RowTest)(row)));
    for (const top of watch.tops) rank(top, row, after, change);
    if (before === undefined || after === undefined) {
      rowWork.failing ??= new Set();
      rowWork.failing.add(code);
      failures.note(code, row, after === undefined && columns.isLive(row));
    }
  };

  return {
    isOpen: () => work.count() > 0,
    placed: (row, origin) => {
      work.of(row, origin).arrival ??= "new";
    },
    returned: (row, origin) => {
      work.of(row, origin).arrival = "returned";
      noteFailures(index, columns, failures, row);
      rankAnew(row, origin);
    },
    gone: (row, origin) => {
      work.of(row, origin);
      for (const code of failures.codesAt(row)) failures.note(code, row, false);
      rankAnew(row, origin);
    },
    apply: changes => {
      for (const change of changes) take(change);
      for (const [{ leaf, order }, origin] of moving)
        for (const row of order.settle()) addFlip(work.of(row, origin).flips, flipOf(leaf, order.has(row)));
      for (let at = 0; at < work.count(); at += 1) judgeRow(work.at(at));
      work.clear();
      if (moving.size > 0) moving = new Map();
      if (flips.length === 0) return nothing;
      const told = inOrder(flips, ranks);
      flips = [];
      ranks = [];
      return told;
    },
  };
}

function noteFailures(index: LeafIndex, columns: Columns, failures: Failures, row: number): void {
  for (const code of index.watches.keys()) failures.note(code, row, columns.read(code, row) === undefined);
}

/** By rank, then row. */
function inOrder(flips: readonly Flip[], ranks: readonly number[]): readonly Flip[] {
  if (flips.length < 2) return flips;
  const rowAt = (index: number): number => (flips[index] as Flip).row;
  return Array.from(flips, (_, index) => index)
    .sort((a, b) => (ranks[a] as number) - (ranks[b] as number) || rowAt(a) - rowAt(b))
    .map(index => flips[index] as Flip);
}
