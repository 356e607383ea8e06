import type { Actor, Position } from "../event.ts";
import type { Instant } from "../instant.ts";
import type { TagCode, TagDefinition } from "./definition.ts";

/** What happened to one version of a tag, and when it was recorded. */
export type VersionRecord = {
  readonly version: number;
  readonly definition: TagDefinition;
  readonly drafted: Record;
  /** Null while it is a draft, or was replaced before it was published. */
  readonly published: Record | null;
  /** When a newer published version took its place, or the tag was retired. */
  readonly ended: Record | null;
};
type Record = { readonly position: Position; readonly at: Instant; readonly actor: Actor };

export type TagStatus = "draft" | "published" | "retired";

/** One tag with its whole past, folded from the stream `tag-<code>`. */
export type TagState = {
  readonly code: TagCode;
  readonly status: TagStatus;
  /** By version, from 1. */
  readonly versions: readonly VersionRecord[];
  /** Revision of the last event of the stream. */
  readonly revision: number;
  readonly refreshes: readonly { readonly position: Position; readonly asOf: Instant }[];
};

/** All tags, as told by the log up to a position. */
export type TagCatalogue = {
  readonly position: Position;
  readonly tags: ReadonlyMap<TagCode, TagState>;
};
