import type { Columns } from "../../src/projections/segments/columns/columns.ts";
import { rowsPerBlock } from "../../src/projections/segments/columns/sharedBlocks.ts";
import type { KeptSegment } from "../../src/projections/segments/standing/keptSegment.ts";
import { createLeafIndex, type RankedSegment } from "../../src/projections/segments/standing/leafIndex.ts";
import { createMemberRows } from "../../src/projections/segments/standing/memberRows.ts";
import { createRowMemory } from "../../src/projections/segments/standing/rowMemory.ts";
import { createRowSet } from "../../src/projections/segments/standing/rowSet.ts";
import type { Flip, Standing, StandingVersion, ValueChange } from "../../src/projections/segments/standing/standing.ts";
import { createTops } from "../../src/projections/segments/standing/top/tops.ts";

/**
 * The floor that the standing segments are held against: the same rules, questions and bits, but each change of a value asks every
 * segment that hangs on the column.
 */
export function createPlainStanding(columns: Columns, versions: readonly StandingVersion[], like: Standing) {
  const slots: KeptSegment[] = versions.map(({ id, version, plan }, slot) => {
    const members = columns.bits(`plain ${id}`);
    for (let block = 0; block * rowsPerBlock < columns.rows(); block += 1) {
      const words = like.members(id).words(block);
      if (words !== null) members.putWords(block, words);
    }
    return { id, slot, version, plan, members, size: like.size(id), undetermined: createRowSet() };
  });
  const kept = new Map(slots.map(segment => [segment.id, segment]));
  const index = createLeafIndex(kept, { columns, topOrder: createTops(columns).orderOf, snapshot: () => null });
  const memberRows = createMemberRows(slot => slots[slot]?.members ?? null, columns.rows);
  memberRows.reload(slots.map(({ slot }) => slot));
  const memory = createRowMemory(columns.view(), index.segments, index.leaves, index.tests, memberRows);

  return (change: ValueChange): readonly Flip[] => {
    const flips: Flip[] = [];
    const { row, customerId, cause, position, at, occurredAt, corrected } = change;
    memory.open(row);
    for (const rank of index.watches.get(change.code)?.dependents ?? []) {
      const member = memory.finish(memory.begin(rank));
      if (member === memory.isMember(rank)) continue;
      const { kept: segment } = index.segments[rank] as RankedSegment;
      memory.put(rank, member);
      const kind = member ? "entered" : "exited";
      const { id, version } = segment;
      flips.push({ id, version, row, customerId, kind, cause, position, at, occurredAt, corrected });
    }
    return flips;
  };
}
