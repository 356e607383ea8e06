import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";

/** definition: another version of the segment, or of one it names, took effect; backfill: another version of a tag did. */
export type SegmentCause = "fact" | "clock" | "definition" | "backfill" | "merge" | "rebuild";

/** One customer's entry into a segment, or exit from it. */
export type SegmentChange = {
  readonly segment: SegmentId;
  /** From 1 in each segment, without gaps. */
  readonly sequence: number;
  /** The version of the segment that it is about. */
  readonly version: number;
  readonly kind: "entered" | "exited";
  readonly customerId: CustomerId;
  /** The customer's row in the read models. */
  readonly row: number;
  readonly cause: SegmentCause;
  /** A late, reversed or corrected fact is the cause: what was told before, of moments since `occurredAt`, was not so. */
  readonly corrected: boolean;
  /** The event of the log by which it came about. */
  readonly position: Position;
  /** The log's time from which it is so. */
  readonly at: Instant;
  /** When the fact behind it was true; of a clock's change the instant itself. */
  readonly occurredAt: Instant;
};

/** A published segment, as the feed tells of it. */
export type StandingSegment = {
  readonly id: SegmentId;
  /** The version that members are kept by. */
  readonly version: number;
  /** Members, as of the last of the changes. */
  readonly size: number;
  /** Of the newest change; 0 before the first. */
  readonly sequence: number;
  /** Position and time at which the first version took effect: before it nothing was kept. */
  readonly since: { readonly position: Position; readonly at: Instant };
  /** Archived segments keep their feed, and get no changes any more. */
  readonly archived: boolean;
};

/** Entries and exits of one UTC day (days since 1970), by the log's time; `size` at its end. */
export type SegmentDay = {
  readonly segment: SegmentId;
  readonly day: number;
  readonly entered: number;
  readonly exited: number;
  readonly size: number;
};
