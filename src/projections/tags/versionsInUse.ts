import type { Position } from "../../domain/event.ts";
import type { TagCode } from "../../domain/tag/definition.ts";
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
  return chosen;
}
