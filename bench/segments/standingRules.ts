import type { SegmentId } from "../../src/domain/segment/segment.ts";
import type { StandingVersion } from "../../src/projections/segments/standing/standing.ts";
import { randomRules } from "./randomRules.ts";
import type { BenchTag } from "./table.ts";

const baseCount = 20;

/** Segments of random rules of 3 to 15 leaves, the first 20 of which are named by every fifth of the others. */
export function standingRules(tags: readonly BenchTag[], count: number): readonly StandingVersion[] {
  return randomRules(tags, count).map((rule, index) => {
    const id = `segment-${index}` as SegmentId;
    if (index < baseCount || index % 5 !== 0) return { id, version: 1, plan: rule };
    const base = { kind: "segment", id: `segment-${index % baseCount}` as SegmentId } as const;
    return { id, version: 1, plan: { kind: "all", of: [rule, index % 10 === 0 ? base : { kind: "not", of: base }] } };
  });
}
