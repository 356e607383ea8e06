import type { TagRule } from "./rule.ts";
import type { ValueType } from "./tagValue.ts";

type Brand<Name extends string> = string & { readonly __brand: Name };
/** Lower-case words joined by hyphens, at most 64 characters: "spend-30d". */
export type TagCode = Brand<"TagCode">;
export const TagCode = {
  parse: (raw: string): TagCode | null =>
    raw.length <= 64 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(raw) ? (raw as TagCode) : null,
};
export const tagStream = (code: TagCode): string => `tag-${code}`;

export type Sensitivity = "public" | "internal" | "confidential" | "restricted";

/** What a tag is; checked against the fact catalogue and the other tags before it is recorded. */
export type TagDefinition = {
  readonly code: TagCode;
  readonly name: string;
  /** A path in the category tree: "behaviour/payments". */
  readonly category: string;
  readonly owner: string;
  readonly description: string;
  readonly type: ValueType;
  readonly sensitivity: Sensitivity;
  readonly rule: TagRule;
};

/** `version` counts the drafts of one tag from 1. */
export type TagVersion = { readonly code: TagCode; readonly version: number; readonly definition: TagDefinition };
