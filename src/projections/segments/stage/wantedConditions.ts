import { conditionsOf } from "../../../domain/segment/conditions.ts";
import type { SegmentCatalogue, SegmentState } from "../../../domain/segment/segmentCatalogue.ts";
import type { TagCode, TagVersion } from "../../../domain/tag/definition.ts";

/**
 * The conditions of every segment that stands and of every newest draft, so that a draft can be looked at as fast as it will
 * stand. The same list as long as they stay the same.
 */
export function createWantedConditions(catalogue: () => SegmentCatalogue): () => readonly TagVersion[] {
  let known: { readonly segments: SegmentCatalogue["segments"]; readonly list: readonly TagVersion[] } | null = null;
  return () => {
    const { segments } = catalogue();
    if (known?.segments === segments) return known.list;
    const found = new Map<TagCode, TagVersion>();
    for (const state of segments.values())
      for (const rule of rulesKept(state)) for (const one of conditionsOf(rule)) found.set(one.code, one);
    const list = [...found.values()];
    const same = known !== null && known.list.length === list.length && known.list.every(({ code }) => found.has(code));
    known = { segments, list: same && known !== null ? known.list : list };
    return known.list;
  };
}

function rulesKept({ status, versions }: SegmentState) {
  if (status === "archived") return [];
  const inForce = versions.findLast(({ published, ended }) => published !== null && ended === null);
  const newest = versions.at(-1);
  return [...new Set([inForce, newest])].flatMap(version => (version === undefined ? [] : [version.definition.rule]));
}
