import type { Columns } from "../../src/projections/segments/columns/columns.ts";
import { rowsPerBlock } from "../../src/projections/segments/columns/sharedBlocks.ts";
import type { BoundPlan } from "../../src/projections/segments/standing/boundPlan.ts";
import type { RowTest } from "../../src/projections/segments/standing/decision.ts";
import type { KeptSegment } from "../../src/projections/segments/standing/keptSegment.ts";
import {
  createLeafIndex,
  type LeafIndex,
  type RankedSegment,
} from "../../src/projections/segments/standing/leafIndex.ts";
import { createMemberRows } from "../../src/projections/segments/standing/memberRows.ts";
import { createRowMemory } from "../../src/projections/segments/standing/rowMemory.ts";
import { createRowSet } from "../../src/projections/segments/standing/rowSet.ts";
import type { Flip, Standing, StandingVersion, ValueChange } from "../../src/projections/segments/standing/standing.ts";
import { createTops } from "../../src/projections/segments/standing/top/tops.ts";

/** How a row is asked: rules as closures over the columns' leaves, in the order in which they are written, or as we ask it ourselves. */
export type PlainWay = "closures" | "ours";

type Asking = {
  readonly open: (row: number) => void;
  readonly isMember: (rank: number) => boolean;
  readonly judge: (rank: number) => boolean;
  readonly put: (rank: number, member: boolean) => void;
};

/**
 * What the standing segments are held against: the same rules over the same values, but each change of a value asks every segment that
 * hangs on its column. Begins with the members of `like`.
 */
export function createPlainStanding(
  columns: Columns,
  versions: readonly StandingVersion[],
  like: Standing,
  way: PlainWay,
) {
  const slots: KeptSegment[] = versions.map(({ id, version, plan }, slot) => {
    const members = columns.bits(`${way} ${id}`);
    for (let block = 0; block * rowsPerBlock < columns.rows(); block += 1) {
      const words = like.members(id).words(block);
      if (words !== null) members.putWords(block, words);
    }
    return { id, slot, version, plan, members, size: like.size(id), undetermined: createRowSet() };
  });
  const kept = new Map(slots.map(segment => [segment.id, segment]));
  const index = createLeafIndex(kept, { columns, topOrder: createTops(columns).orderOf, snapshot: () => null });
  const asking = way === "closures" ? byClosures(index) : asOurs(columns, index, slots);

  return (change: ValueChange): readonly Flip[] => {
    const flips: Flip[] = [];
    const { row, customerId, cause, position, at, occurredAt, corrected } = change;
    asking.open(row);
    for (const rank of index.watches.get(change.code)?.dependents ?? []) {
      const member = asking.judge(rank);
      if (member === asking.isMember(rank)) continue;
      asking.put(rank, member);
      const { id, version } = (index.segments[rank] as RankedSegment).kept;
      const kind = member ? "entered" : "exited";
      flips.push({ id, version, row, customerId, kind, cause, position, at, occurredAt, corrected });
    }
    return flips;
  };
}

function asOurs(columns: Columns, index: LeafIndex, slots: readonly KeptSegment[]): Asking {
  const memberRows = createMemberRows(slot => slots[slot]?.members ?? null, columns.rows);
  memberRows.reload(slots.map(({ slot }) => slot));
  const memory = createRowMemory(columns.view(), index.segments, index.leaves, index.tests, memberRows);
  return { ...memory, judge: rank => memory.finish(memory.begin(rank)) };
}

function byClosures(index: LeafIndex): Asking {
  let row = -1;
  const tests = index.segments.map(({ bound }) => closureOf(bound, index.tests));
  const members = index.segments.map(({ kept }) => kept.members);
  return {
    open: of => {
      row = of;
    },
    isMember: rank => (members[rank] as (typeof members)[number]).has(row),
    judge: rank => (tests[rank] as RowTest)(row),
    put: (rank, member) => (members[rank] as (typeof members)[number]).set(row, member),
  };
}

function closureOf(plan: BoundPlan, tests: readonly RowTest[]): RowTest {
  switch (plan.kind) {
    case "leaf":
      return tests[plan.leaf] as RowTest;
    case "not": {
      const of = closureOf(plan.of, tests);
      return row => !of(row);
    }
    case "all":
    case "any": {
      const parts = plan.of.map(part => closureOf(part, tests));
      const deciding = plan.kind === "any";
      return row => {
        for (let at = 0; at < parts.length; at += 1) if ((parts[at] as RowTest)(row) === deciding) return deciding;
        return !deciding;
      };
    }
  }
}
