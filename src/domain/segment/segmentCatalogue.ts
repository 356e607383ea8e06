import type { Actor, Position } from "../event.ts";
import type { Instant } from "../instant.ts";
import type { SegmentDefinition, SegmentId } from "./segment.ts";

/** What happened to one version of a segment, and when it was recorded. */
export type SegmentVersionRecord = {
  readonly version: number;
  readonly definition: SegmentDefinition;
  readonly drafted: Record;
  /** Null while it is a draft, or was replaced before it was published. */
  readonly published: Record | null;
  /** When a newer published version took its place, or the segment was archived. */
  readonly ended: Record | null;
};
type Record = { readonly position: Position; readonly at: Instant; readonly actor: Actor };

export type SegmentStatus = "draft" | "published" | "archived";

/** One segment with its whole past, folded from the stream `segment-<id>`. */
export type SegmentState = {
  readonly id: SegmentId;
  readonly status: SegmentStatus;
  /** By version, from 1. */
  readonly versions: readonly SegmentVersionRecord[];
  /** Revision of the last event of the stream. */
  readonly revision: number;
};

/** All segments, as told by the log up to a position. */
export type SegmentCatalogue = {
  readonly position: Position;
  readonly segments: ReadonlyMap<SegmentId, SegmentState>;
};
