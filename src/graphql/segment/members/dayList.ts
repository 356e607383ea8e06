import type { Instant } from "../../../domain/instant.ts";
import type { SegmentDay, StandingSegment } from "../../../projections/segments/feed/segmentChange.ts";
import type { SegmentReads } from "../../../projections/segments/feed/segmentTables.ts";

const dayMs = 86_400_000;
export const dayOf = (at: Instant): number => Math.floor(at / dayMs);

/** Every day from one to another, both included, on which the segment stood; days on which nothing happened too. `now`: the log's time. */
export function dayList(
  reads: Pick<SegmentReads, "segmentDays" | "segmentSequenceAt" | "segmentSizeAt">,
  { id, since }: StandingSegment,
  [fromDay, toDay]: readonly [number, number],
  now: Instant,
): readonly Omit<SegmentDay, "segment">[] {
  const first = Math.max(fromDay, dayOf(since.at));
  const last = Math.min(toDay, dayOf(now));
  if (first > last) return [];
  const told = new Map(reads.segmentDays(id, first, last).map(day => [day.day, day]));
  // Changes of a day are those by the log's time; before the segment stood there was nobody to count.
  const before = Math.max(first * dayMs - 1, since.at);
  let size = reads.segmentSizeAt(id, reads.segmentSequenceAt(id, { at: before }) ?? 0);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const day = first + index;
    const { entered, exited, size: end } = told.get(day) ?? { entered: 0, exited: 0, size };
    size = end;
    return { day, entered, exited, size };
  });
}
