import { createHash } from "node:crypto";
import { trimmed } from "./memberBits.ts";
import { membersAtOf } from "./membersAt.ts";
import type { SegmentTables } from "./segmentTables.ts";

type Scalars = readonly (string | number | null)[];

/**
 * What is kept of the segments in a form that depends on the log and the versions in force alone: who is a member, not by which
 * changes the feed came there, which a rebuild tells in another way. Archived segments have no members that a rebuild would find.
 */
export function* segmentContents(tables: SegmentTables): Iterable<Scalars> {
  const membersAt = membersAtOf(tables);
  for (const state of tables.states()) yield ["definition", JSON.stringify(state)];
  for (const { id, version, size, sequence, archived } of tables.standing()) {
    if (archived) continue;
    const members = createHash("sha256")
      .update(trimmed(membersAt(id, sequence)))
      .digest("hex");
    yield ["members", id, version, size, members];
  }
}
