import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { SegmentState } from "../../../domain/segment/segmentCatalogue.ts";
import type { SegmentChange, SegmentDay, StandingSegment } from "./segmentChange.ts";

/** What one commit changes of the stored segments; written in the same transaction as the tags. */
export type SegmentChanges = {
  /** Segments with news in their own streams. */
  readonly states: readonly SegmentState[];
  readonly standing: readonly StandingSegment[];
  /** By segment and sequence; each segment's follow what is stored without a gap. */
  readonly feed: readonly SegmentChange[];
  /**
   * Members with whom a segment's feed begins, at sequence 0: the first version's, as of `since`. By row, lowest bit of each byte
   * first. They are no changes; whoever follows begins with a snapshot.
   */
  readonly bases: readonly { readonly id: SegmentId; readonly bits: Uint8Array }[];
  /** Set once, when the feed begins or was begun anew: tokens of another epoch are expired. */
  readonly epoch: string | null;
};

/** What is stored of the segments in one generation of read models; the stage reads it when it starts. */
export type SegmentTables = {
  readonly states: () => readonly SegmentState[];
  readonly standing: () => readonly StandingSegment[];
  /** Null before the first commit with segments. */
  readonly epoch: () => string | null;
  /** Null for a segment that never stood. */
  readonly base: (id: SegmentId) => Uint8Array | null;
  /** Strictly after a sequence, ascending. */
  readonly feedAfter: (id: SegmentId, sequence: number, limit: number) => readonly SegmentChange[];
  /** The rows whose tag values were written by commits after a position, ascending and each once; null where it is not known any more. */
  readonly rowsChangedAfter: (position: Position) => readonly number[] | null;
};

/** What readers may ask of segments within one session. */
export type SegmentReads = {
  readonly segmentState: (id: SegmentId) => SegmentState | null;
  readonly segmentStates: () => readonly SegmentState[];
  readonly standingSegment: (id: SegmentId) => StandingSegment | null;
  readonly segmentFeed: (id: SegmentId, afterSequence: number, limit: number) => readonly SegmentChange[];
  readonly segmentEpoch: () => string | null;
  /** The newest change up to a log's time or a position; null before the first. */
  readonly segmentSequenceAt: (
    id: SegmentId,
    until: { readonly at: Instant } | { readonly position: Position },
  ) => number;
  /** All changes of one customer, in one segment or all, newest first, strictly before a key. */
  readonly customerSegmentChanges: (
    row: number,
    id: SegmentId | null,
    before: { readonly position: Position; readonly segment: SegmentId } | null,
    limit: number,
  ) => readonly SegmentChange[];
  /** Segments the customer is a member of now, by id. */
  readonly segmentsOfCustomer: (row: number) => readonly SegmentId[];
  /** By day, ascending; days without a change are left out. */
  readonly segmentDays: (id: SegmentId, fromDay: number, toDay: number) => readonly SegmentDay[];
  /** Members after the change of that sequence, by ascending row, strictly after a row. */
  readonly segmentMembersAt: (id: SegmentId, sequence: number, afterRow: number, limit: number) => readonly number[];
};
