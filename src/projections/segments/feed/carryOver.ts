import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { ReadModelStore } from "../../readModelStore.ts";
import { differingRows } from "./memberBits.ts";
import { membersAtOf } from "./membersAt.ts";
import type { SegmentChange, StandingSegment } from "./segmentChange.ts";

/** What became of each segment that both generations have: how many of its members the rebuild found otherwise. */
export type CarriedOver = readonly { readonly id: SegmentId; readonly entered: number; readonly exited: number }[];

/**
 * Goes on with the feed of the generation in use in one that was rebuilt, before that is taken into use: copies the epoch, the
 * bases, the changes and the days, and tells where the new members differ from those that the old feed ends with, as changes by
 * `rebuild` at the new checkpoint. So that no more than that is told as `rebuild`, both should stand at the same position.
 * `members`: by row, lowest bit of each byte first; default: as `next` has them stored. Whatever stage works over `next` has to
 * be made anew afterwards, since sequences are others now. Throws StorageFailure, and an Error where the generations are not of one
 * log or the new one is behind the old; the new one is not to be used then.
 */
export function carryOver(
  old: ReadModelStore,
  next: ReadModelStore,
  members: (id: SegmentId) => Uint8Array = membersNow(next),
): CarriedOver {
  const [from, to] = [old.checkpoint(), next.checkpoint()];
  if (to.position < from.position)
    throw new Error(`the rebuilt read models are at ${to.position}, those in use at ${from.position} already`);
  const found = next.segments.standing().map(standing => ({ standing, bits: members(standing.id) }));
  next.copySegments(old);

  const stood = membersNow(next);
  const feed: SegmentChange[] = [];
  const standing: StandingSegment[] = [];
  const carried: CarriedOver[number][] = [];
  for (const { standing: rebuilt, bits } of found) {
    const copied = next.segments.standingOf(rebuilt.id);
    if (copied === null || old.segments.standingOf(rebuilt.id) === null || copied.archived) continue;
    const flips = differingRows(stood(rebuilt.id), bits);
    for (const [index, [row, entered]] of flips.entries())
      feed.push(changeBy(next, rebuilt, copied.sequence + 1 + index, row, entered));
    const entered = flips.filter(([, entered]) => entered).length;
    carried.push({ id: rebuilt.id, entered, exited: flips.length - entered });
    const { version, archived } = rebuilt;
    const size = copied.size + 2 * entered - flips.length;
    standing.push({ ...copied, version, archived, size, sequence: copied.sequence + flips.length });
  }
  const nothing = { customers: [], quarantine: [], poisoned: [], mended: [], merges: [] };
  const segments = { states: [], standing, feed, bases: [], epoch: null };
  if (standing.length > 0) next.commit({ ...nothing, checkpoint: to, segments });
  return carried;
}

const membersNow =
  ({ segments }: ReadModelStore) =>
  (id: SegmentId): Uint8Array =>
    membersAtOf(segments)(id, segments.standingOf(id)?.sequence ?? 0);

function changeBy(
  { tags, checkpoint }: ReadModelStore,
  { id: segment, version }: StandingSegment,
  sequence: number,
  row: number,
  entered: boolean,
): SegmentChange {
  const customerId = tags.idAt(row);
  const at = tags.logTime();
  if (customerId === null || at === null) throw new Error(`segment ${segment} has a member ${row} that nobody knows`);
  const { position } = checkpoint();
  const kind = entered ? "entered" : "exited";
  return {
    ...{ segment, sequence, version, kind, customerId, row, cause: "rebuild", corrected: false },
    ...{ position, at, occurredAt: at },
  };
}
