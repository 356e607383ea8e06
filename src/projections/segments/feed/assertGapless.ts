import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import { countBits } from "./memberBits.ts";
import type { SegmentChange, StandingSegment } from "./segmentChange.ts";
import type { SegmentChanges } from "./segmentTables.ts";

/** Where a segment's stored feed ends; `at`: of its last change, or of `since`. `reached`: the highest position so far. */
export type FeedEnd = {
  readonly size: number;
  readonly sequence: number;
  readonly at: Instant;
  readonly reached: Position;
};

/**
 * Whether what is to be written follows what is stored: sequences without a gap, times that never go back, sizes that add up, one
 * epoch. Throws an Error that names the segment: who told it wrongly has a bug, and a feed with a gap in it would be worse than
 * one that stands still.
 */
export function assertGapless(
  changes: SegmentChanges,
  endOf: (id: SegmentId) => FeedEnd | null,
  epoch: string | null,
): void {
  const { standing, feed, bases } = changes;
  if (changes.epoch !== null && epoch !== null)
    throw new Error(`the feed has the epoch ${epoch} and cannot begin anew as ${changes.epoch}`);
  if (changes.epoch === null && epoch === null && standing.length > 0) throw new Error("the feed has no epoch yet");
  const news = new Map(standing.map(segment => [segment.id, segment]));
  const ends = new Map<SegmentId, FeedEnd>();
  for (const { id, bits } of bases) {
    const begun = news.get(id);
    if (endOf(id) !== null || ends.has(id)) throw new Error(`segment ${id} has a base already`);
    if (begun === undefined) throw new Error(`segment ${id} has a base, but does not stand`);
    ends.set(id, { size: countBits(bits), sequence: 0, at: begun.since.at, reached: begun.since.position });
  }
  for (const { id } of standing) {
    const end = ends.get(id) ?? endOf(id);
    if (end === null) throw new Error(`segment ${id} stands without a base`);
    ends.set(id, end);
  }
  for (const change of feed) {
    const end = ends.get(change.segment);
    if (end === undefined) throw new Error(`segment ${change.segment} has changes, but no news of how it stands`);
    ends.set(change.segment, after(end, change));
  }
  for (const segment of standing) assertEnd(segment, ends.get(segment.id) as FeedEnd);
}

function after(end: FeedEnd, { segment, sequence, at, kind, position }: SegmentChange): FeedEnd {
  if (sequence !== end.sequence + 1)
    throw new Error(`the feed of segment ${segment} goes from ${end.sequence} to ${sequence}`);
  if (at < end.at) throw new Error(`the feed of segment ${segment} goes back in time at ${sequence}`);
  return {
    size: end.size + (kind === "entered" ? 1 : -1),
    sequence,
    at,
    reached: Math.max(end.reached, position),
  };
}

function assertEnd({ id, size, sequence }: StandingSegment, end: FeedEnd): void {
  if (sequence !== end.sequence)
    throw new Error(`segment ${id} stands at ${sequence}, but its feed ends at ${end.sequence}`);
  if (size !== end.size) throw new Error(`segment ${id} has ${size} members, but by its feed ${end.size}`);
}
