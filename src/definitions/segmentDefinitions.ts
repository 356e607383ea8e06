import type { Actor, Position } from "../domain/event.ts";
import type { Result } from "../domain/result.ts";
import type { SegmentRefusal } from "../domain/segment/refusal.ts";
import type { SegmentCatalogue, SegmentState } from "../domain/segment/segmentCatalogue.ts";

/** `position` is where the log holds what was asked for: of the new event, or, when unchanged, of the one that said so before. */
export type SegmentDone = {
  readonly kind: "drafted" | "published" | "archived" | "unchanged";
  readonly version: number;
  readonly segment: SegmentState;
  readonly position: Position;
};
export type SegmentOutcome = Result<SegmentDone, SegmentRefusal>;

/**
 * The door for definitions of segments. Every command decides on what the log holds, one after the other, and answers after
 * fsync. Rejects with StorageFailure, or IntakeTimeout (outcome unknown: asking again is safe).
 */
export type SegmentDefinitions = {
  /** `json` in the outside form. The same definition as the newest version again changes nothing. */
  readonly draft: (json: unknown, actor: Actor) => Promise<SegmentOutcome>;
  readonly publish: (id: string, version: number, actor: Actor) => Promise<SegmentOutcome>;
  readonly archive: (id: string, reason: string, actor: Actor) => Promise<SegmentOutcome>;
  /** As the log has it now. */
  readonly catalogue: () => Promise<SegmentCatalogue>;
};
