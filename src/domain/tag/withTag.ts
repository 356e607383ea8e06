import type { Referable } from "./check/checkTags.ts";
import type { TagCode, TagDefinition } from "./definition.ts";

/** The tags in force as they would be if this definition were in force for its code. */
export const withTag =
  (tag: (code: TagCode) => Referable, code: TagCode, definition: TagDefinition): ((asked: TagCode) => Referable) =>
  asked =>
    asked === code ? { kind: "usable", definition } : tag(asked);
