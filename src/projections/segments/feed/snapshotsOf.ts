import type { Instant } from "../../../domain/instant.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import { membersAtOf } from "./membersAt.ts";
import type { SegmentTables } from "./segmentTables.ts";
import { storedSegmentReads } from "./storedSegmentReads.ts";

/** Who was a member at a time of the log, by row; null where the segment did not stand then. */
export function snapshotsOf(tables: SegmentTables): (id: SegmentId, at: Instant) => Uint8Array | null {
  const { segmentSequenceAt } = storedSegmentReads(tables, null);
  const membersAt = membersAtOf(tables);
  return (id, at) => {
    const sequence = segmentSequenceAt(id, { at });
    return sequence === null ? null : membersAt(id, sequence);
  };
}
