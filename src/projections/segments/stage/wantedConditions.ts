import { conditionsOf } from "../../../domain/segment/conditions.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { SegmentCatalogue, SegmentState } from "../../../domain/segment/segmentCatalogue.ts";
import type { TagCode, TagVersion } from "../../../domain/tag/definition.ts";

/**
 * The conditions of every segment that stands or is about to, and of every newest draft, so that a draft can be looked at as fast as it will
 * stand. The same list as long as they stay the same.
 */
export function createWantedConditions(
  catalogue: () => SegmentCatalogue,
  standingVersion: (id: SegmentId) => number | null,
): () => readonly TagVersion[] {
  let known: Known | null = null;
  return () => {
    const { segments } = catalogue();
    const standing = [...segments.keys()].map(standingVersion).join();
    if (known?.segments === segments && known.standing === standing) return known.list;
    const found = new Map<TagCode, TagVersion>();
    for (const state of segments.values())
      for (const rule of rulesKept(state, standingVersion(state.id)))
        for (const one of conditionsOf(rule)) found.set(one.code, one);
    const list = [...found.values()];
    const same = known !== null && known.list.length === list.length && known.list.every(({ code }) => found.has(code));
    known = { segments, standing, list: same && known !== null ? known.list : list };
    return known.list;
  };
}

type Known = {
  readonly segments: SegmentCatalogue["segments"];
  readonly standing: string;
  readonly list: readonly TagVersion[];
};

function rulesKept({ status, versions }: SegmentState, standing: number | null) {
  if (status === "archived") return [];
  const inForce = versions.findLast(({ published, ended }) => published !== null && ended === null);
  const newest = versions.at(-1);
  const stands = versions.find(({ version }) => version === standing);
  return [...new Set([inForce, newest, stands])].flatMap(version =>
    version === undefined ? [] : [version.definition.rule],
  );
}
