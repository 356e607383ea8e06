import type { Actor, Position } from "../domain/event.ts";
import type { Result } from "../domain/result.ts";
import type { TagRefusal } from "../domain/tag/refusal.ts";
import type { TagCatalogue, TagState } from "../domain/tag/tagCatalogue.ts";

/** `position` is where the log holds what was asked for: of the new event, or, when unchanged, of the one that said so before. */
export type TagDone = {
  readonly kind: "drafted" | "published" | "retired" | "unchanged";
  readonly version: number;
  readonly tag: TagState;
  readonly position: Position;
};
export type TagOutcome = Result<TagDone, TagRefusal>;

/**
 * The door for definitions of tags. Every command decides on what the log holds, one after the other, and answers after
 * fsync. Rejects with StorageFailure, or IntakeTimeout (outcome unknown: asking again is safe).
 */
export type TagDefinitions = {
  /** `json` in the outside form. The same definition as the newest version again changes nothing. */
  readonly draft: (json: unknown, actor: Actor) => Promise<TagOutcome>;
  readonly publish: (code: string, version: number, actor: Actor) => Promise<TagOutcome>;
  readonly retire: (code: string, reason: string, actor: Actor) => Promise<TagOutcome>;
  /** As the log has it now. */
  readonly catalogue: () => Promise<TagCatalogue>;
};
