import { countBits, hasBit, rowsAfter } from "./memberBits.ts";
import { type MembersMemory, membersAtOf } from "./membersAt.ts";
import type { SegmentReads, SegmentTables } from "./segmentTables.ts";

/** What a session answers about segments, from the stored tables as it sees them. `memory` is that of the generation. */
export function storedSegmentReads(tables: SegmentTables, memory: MembersMemory | null): SegmentReads {
  const membersAt = membersAtOf(tables, memory);
  return {
    segmentState: tables.state,
    segmentStates: tables.states,
    standingSegment: tables.standingOf,
    segmentFeed: tables.feedAfter,
    segmentEpoch: tables.epoch,
    segmentSequenceAt: (id, until) => {
      const standing = tables.standingOf(id);
      if (standing === null) return null;
      const within = (moment: { readonly at: number; readonly position: number }): boolean =>
        "at" in until ? moment.at <= until.at : moment.position <= until.position;
      if (!within(standing.since)) return null;
      return lastThat(standing.sequence, sequence => {
        const reached = tables.reached(id, sequence);
        if (reached === null) throw new Error(`segment ${id} has no change ${sequence}`);
        return within(reached);
      });
    },
    customerSegmentChanges: tables.customerChanges,
    segmentsOfCustomer: row => {
      const last = tables.lastFlips(row);
      return tables
        .standing()
        .filter(
          ({ id, archived }) => !archived && (last.get(id) ?? (tables.inBase(id, row) ? "entered" : "")) === "entered",
        )
        .map(({ id }) => id)
        .sort();
    },
    segmentDays: tables.days,
    segmentMembersAt: (id, sequence, afterRow, limit) => rowsAfter(membersAt(id, sequence), afterRow, limit),
    segmentMemberAt: (id, sequence, row) => hasBit(membersAt(id, sequence), row),
    segmentSizeAt: (id, sequence) => countBits(membersAt(id, sequence)),
  };
}

/** The highest of 1 to `end` that is so, where all below it are; 0 where none is. */
function lastThat(end: number, isSo: (number: number) => boolean): number {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isSo(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
