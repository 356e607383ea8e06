import type { Instant } from "../../domain/instant.ts";
import type { TagCode } from "../../domain/tag/definition.ts";
import type { TagRule } from "../../domain/tag/rule.ts";
import type { TagState, VersionRecord } from "../../domain/tag/tagCatalogue.ts";
import { shownVersion } from "../../domain/tag/tagGraph.ts";
import type { TagKind, TagSensitivity, TagStatus } from "./tagEnums.ts";
import { type ValueTypeNode, valueTypeNode } from "./valueTypeNode.ts";

/** A tag as the API reads it: what is shown of it follows the version in force, or the newest where there is none. */
export type TagNode = {
  readonly tagState: TagState;
  readonly shown: VersionRecord;
  readonly code: TagCode;
  readonly name: string;
  readonly category: string;
  readonly owner: string;
  readonly description: string;
  readonly kind: TagKind;
  readonly status: TagStatus;
  readonly sensitivity: TagSensitivity;
  readonly valueType: ValueTypeNode;
};

export function tagNode(state: TagState): TagNode {
  const shown = shownVersion(state)!;
  const { code, name, category, owner, description, sensitivity, rule, type } = shown.definition;
  return {
    tagState: state,
    shown,
    code,
    name,
    category,
    owner,
    description,
    kind: kindOf(rule),
    status: state.status,
    sensitivity,
    valueType: valueTypeNode(type),
  };
}

/** Conditions are kept for segments, enrolments for effects, and neither is in the catalogue. */
function kindOf({ kind }: TagRule): TagKind {
  if (kind === "condition" || kind === "enrolment") throw new Error(`a tag of kind ${kind} has no page`);
  return kind;
}

/** A version that still knows its tag. */
export type VersionNode = VersionRecord & { readonly tagState: TagState };

export const versionNode = (tagState: TagState, version: VersionRecord): VersionNode => ({ ...version, tagState });

/** The newest refresh that the tag's values stand on; null for tags that are never refreshed. */
export const lastRefresh = ({ refreshes }: TagState): Instant | null => refreshes.at(-1)?.asOf ?? null;
