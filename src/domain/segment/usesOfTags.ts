import type { TagCatalogue } from "../tag/tagCatalogue.ts";
import { allDependents } from "../tag/tagGraph.ts";
import type { TagUse, TagUses } from "../tag/tagUses.ts";
import { withTag } from "../tag/withTag.ts";
import { rereadFaults } from "./check/reread.ts";
import type { RuleSurroundings } from "./parse/ruleReading.ts";
import { segmentReferences } from "./references.ts";
import type { SegmentCatalogue } from "./segmentCatalogue.ts";
import { standingSegments } from "./segmentGraph.ts";

/** The published segments that would break if a tag were retired, or became what another version says. */
export function usesOfTags(segments: SegmentCatalogue, tags: TagCatalogue, surroundings: RuleSurroundings): TagUses {
  return (code, becomes) => {
    // Whether related customers can be asked for a tag hangs on what it is computed from, too.
    const touched = new Set([code, ...(becomes === null ? [] : allDependents(tags, code).map(tag => tag.code))]);
    return standingSegments(segments).flatMap(({ id, version, definition: { rule } }): TagUse[] => {
      const use = segmentReferences(rule).tags.find(reference => touched.has(reference.code));
      if (use === undefined) return [];
      const name = `segment ${id}`;
      if (becomes === null) return [{ name, version, reason: `asks for ${code} at ${use.path}` }];
      const [first] = rereadFaults(rule, { ...surroundings, tag: withTag(surroundings.tag, code, becomes) });
      return first === undefined ? [] : [{ name, version, reason: `${first.field}: ${first.message}` }];
    });
  };
}
