import type { CustomerId } from "../../../domain/ids.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { SegmentCause, SegmentChange, StandingSegment } from "../../../projections/segments/feed/segmentChange.ts";

/** By their codes as they are stored: add at the end, move nothing. */
const causes: readonly SegmentCause[] = ["fact", "clock", "definition", "backfill", "merge", "rebuild"];

/** Bit 0: entered; bit 1: corrected; above them the cause. */
export const whatOf = ({ kind, corrected, cause }: Pick<SegmentChange, "kind" | "corrected" | "cause">): number =>
  causes.indexOf(cause) * 4 + (corrected ? 2 : 0) + (kind === "entered" ? 1 : 0);

export const kindOf = (what: number): SegmentChange["kind"] => ((what & 1) === 1 ? "entered" : "exited");

export const feedColumns = "sequence, version, what, customers.id, row, position, at, occurred_at";
export type FeedColumns = readonly [
  sequence: number,
  version: number,
  what: number,
  customerId: CustomerId,
  row: number,
  position: number,
  at: number,
  occurredAt: number,
];

export function feedChange(
  segment: SegmentId,
  [sequence, version, what, customerId, row, position, at, occurredAt]: FeedColumns,
): SegmentChange {
  const cause = causes[what >> 2] as SegmentCause;
  const corrected = (what & 2) === 2;
  return {
    ...{ segment, sequence, version, kind: kindOf(what), customerId, row, cause, corrected },
    ...{ position, at, occurredAt },
  };
}

export const standingColumns = "id, version, size, sequence, since_position, since_at, archived";
export type StandingColumns = readonly [
  id: SegmentId,
  version: number,
  size: number,
  sequence: number,
  sincePosition: number,
  sinceAt: number,
  archived: number,
];

export const standingOf = ([
  id,
  version,
  size,
  sequence,
  position,
  at,
  archived,
]: StandingColumns): StandingSegment => ({
  ...{ id, version, size, sequence },
  since: { position, at },
  archived: archived === 1,
});
