import type { Position } from "../../domain/event.ts";
import type { TagCode } from "../../domain/tag/definition.ts";
import { referencesOf } from "../../domain/tag/references.ts";
import type { TagRule } from "../../domain/tag/rule.ts";
import type { TagCatalogue, TagState, VersionRecord } from "../../domain/tag/tagCatalogue.ts";
import { inForceAt } from "../../domain/tag/tagGraph.ts";
import type { TagFill } from "./storedTags.ts";

export type VersionsInUse = ReadonlyMap<TagCode, VersionRecord>;

/** The versions whose values queries show: of each published tag the newest one that is wholly filled. */
export function versionsInUse({ tags }: TagCatalogue, fills: readonly TagFill[]): VersionsInUse {
  const newest = new Map<TagCode, number>();
  for (const { code, version, filled } of fills)
    if (filled && version > (newest.get(code) ?? 0)) newest.set(code, version);
  return pick(tags.values(), state => {
    const version = state.status === "published" ? newest.get(state.code) : undefined;
    return state.versions.find(record => record.version === version) ?? null;
  });
}

/** The versions in force at an earlier position, filled or not: values of the past are computed when asked for. */
export const versionsInForce = ({ tags }: TagCatalogue, position: Position): VersionsInUse =>
  pick(tags.values(), state => inForceAt(state, position));

function pick(states: Iterable<TagState>, choose: (state: TagState) => VersionRecord | null): VersionsInUse {
  const chosen = new Map<TagCode, VersionRecord>();
  for (const state of states) {
    const version = choose(state);
    if (version !== null) chosen.set(state.code, version);
  }
  return withInputs(chosen);
}

/** Without versions computed from a tag that is not among them: they cannot be evaluated (yet). */
function withInputs(chosen: Map<TagCode, VersionRecord>): VersionsInUse {
  for (let before = -1; before !== chosen.size; ) {
    before = chosen.size;
    for (const [code, { definition }] of chosen)
      if (inputsNeeded(definition.rule).some(input => !chosen.has(input))) chosen.delete(code);
  }
  return chosen;
}

/** Tags whose definitions an evaluation of the rule needs; what a refresh has computed stands in the history. */
export const inputsNeeded = (rule: TagRule): readonly TagCode[] =>
  referencesOf(rule).flatMap(({ code, of }) => (of === "everyone" ? [] : [code]));
