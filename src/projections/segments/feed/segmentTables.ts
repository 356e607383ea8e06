import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { SegmentState } from "../../../domain/segment/segmentCatalogue.ts";
import type { SegmentChange, SegmentDay, StandingSegment } from "./segmentChange.ts";

/** What one commit changes of the stored segments; written in the same transaction as the tags. See `assertGapless`. */
export type SegmentChanges = {
  /** Segments with news in their own streams. */
  readonly states: readonly SegmentState[];
  /** Every segment that begins to stand or has changes in `feed`, as it is after them, and those with other news. */
  readonly standing: readonly StandingSegment[];
  /** By segment and sequence; each segment's follow what is stored without a gap, and neither `at` nor the segment's size may lie. */
  readonly feed: readonly SegmentChange[];
  /**
   * Members with whom a segment's feed begins, at sequence 0: the first version's, as of `since`. By row, lowest bit of each byte
   * first. They are no changes; whoever follows begins with a snapshot.
   */
  readonly bases: readonly { readonly id: SegmentId; readonly bits: Uint8Array }[];
  /** Set once, with the first segment that stands: tokens of another epoch are expired. */
  readonly epoch: string | null;
  /** Channels and purposes that a consent was about for the first time. */
  readonly consents?: readonly ConsentPair[];
};

export type ConsentPair = readonly [channel: string, purpose: string];

/** What is stored of the segments in one generation of read models; the stage reads it when it starts. */
export type SegmentTables = {
  /** By id. */
  readonly states: () => readonly SegmentState[];
  readonly state: (id: SegmentId) => SegmentState | null;
  /** In the order in which they first stood. */
  readonly standing: () => readonly StandingSegment[];
  readonly standingOf: (id: SegmentId) => StandingSegment | null;
  /** Null before the first commit with a standing segment. */
  readonly epoch: () => string | null;
  /** Every channel and purpose that a consent was ever about, in any order. */
  readonly consents: () => readonly ConsentPair[];
  /** Null for a segment that never stood. */
  readonly base: (id: SegmentId) => Uint8Array | null;
  /** The newest kept image of the members at or before a sequence; the base at the latest. Null for a segment that never stood. */
  readonly image: (id: SegmentId, sequence: number) => { readonly sequence: number; readonly bits: Uint8Array } | null;
  readonly inBase: (id: SegmentId, row: number) => boolean;
  /** Strictly after a sequence, ascending. */
  readonly feedAfter: (id: SegmentId, sequence: number, limit: number) => readonly SegmentChange[];
  /** The rows of the same, and whether they entered, without the rest. */
  readonly flipsAfter: (id: SegmentId, sequence: number, limit: number) => readonly SegmentFlip[];
  /** Of one change: its time, and the highest position of it and all before it. Null where there is none. */
  readonly reached: (id: SegmentId, sequence: number) => { readonly at: Instant; readonly position: Position } | null;
  /** Newest first, strictly before a key. */
  readonly customerChanges: (
    row: number,
    id: SegmentId | null,
    before: CustomerChangeKey | null,
    limit: number,
  ) => readonly SegmentChange[];
  /** What the customer did last in each segment it ever entered or left. */
  readonly lastFlips: (row: number) => ReadonlyMap<SegmentId, SegmentChange["kind"]>;
  readonly days: (id: SegmentId, fromDay: number, toDay: number) => readonly SegmentDay[];
  /**
   * How many rows all commits so far wrote tag values of or placed anew, each counted as often as it was. A position would not
   * tell commits apart: back-fills and the clock commit where they stand.
   */
  readonly rowsChanged: () => number;
  /** Which rows those were since the count was this one, ascending and each once. Null where it is not known any more. */
  readonly rowsChangedAfter: (count: number) => readonly number[] | null;
};

export type SegmentFlip = readonly [row: number, entered: boolean];

/** A change's place in one customer's history: by time, then segment (in the order in which they first stood), then sequence. */
export type CustomerChangeKey = Pick<SegmentChange, "at" | "segment" | "sequence">;

/** What readers may ask of segments within one session. */
export type SegmentReads = {
  readonly segmentState: (id: SegmentId) => SegmentState | null;
  /** By id. */
  readonly segmentStates: () => readonly SegmentState[];
  readonly standingSegment: (id: SegmentId) => StandingSegment | null;
  readonly segmentFeed: (id: SegmentId, afterSequence: number, limit: number) => readonly SegmentChange[];
  readonly segmentEpoch: () => string | null;
  /**
   * The newest change such that neither it nor any before it has a later time (or position); 0 while there was none, null
   * while the segment did not stand.
   */
  readonly segmentSequenceAt: (
    id: SegmentId,
    until: { readonly at: Instant } | { readonly position: Position },
  ) => number | null;
  /** All changes of one customer, in one segment or all, newest first, strictly before a key. */
  readonly customerSegmentChanges: (
    row: number,
    id: SegmentId | null,
    before: CustomerChangeKey | null,
    limit: number,
  ) => readonly SegmentChange[];
  /** Segments the customer is a member of now, by id; archived ones are none. */
  readonly segmentsOfCustomer: (row: number) => readonly SegmentId[];
  /** By day, ascending; days without a change are left out. */
  readonly segmentDays: (id: SegmentId, fromDay: number, toDay: number) => readonly SegmentDay[];
  /**
   * Members after the change of that sequence, by ascending row, strictly after a row. Throws RangeError for a segment that never
   * stood or a sequence it has not reached: nobody's members are not "no members".
   */
  readonly segmentMembersAt: (id: SegmentId, sequence: number, afterRow: number, limit: number) => readonly number[];
  /** Whether one customer was a member then; throws as above. */
  readonly segmentMemberAt: (id: SegmentId, sequence: number, row: number) => boolean;
  /** How many members there were then; throws as above. */
  readonly segmentSizeAt: (id: SegmentId, sequence: number) => number;
};
