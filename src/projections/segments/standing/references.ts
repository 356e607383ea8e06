import type { Plan } from "../../../domain/segment/plan.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";

/** The segments whose members a plan asks for, each once. */
export function segmentsIn(plan: Plan): readonly SegmentId[] {
  switch (plan.kind) {
    case "segment":
      return [plan.id];
    case "not":
      return segmentsIn(plan.of);
    case "all":
    case "any":
      return [...new Set(plan.of.flatMap(segmentsIn))];
    default:
      return [];
  }
}

/**
 * How many references lie at most between a segment and those that name no other: whoever is worked out by ascending level finds the
 * members it asks for up to date. Throws for a reference to what is not there and for a circle, which definitions refuse.
 */
export function levelsOf(plans: ReadonlyMap<SegmentId, Plan>): ReadonlyMap<SegmentId, number> {
  const levels = new Map<SegmentId, number>();
  const open = new Set<SegmentId>();
  const level = (id: SegmentId, from: SegmentId): number => {
    const known = levels.get(id);
    if (known !== undefined) return known;
    const plan = plans.get(id);
    if (plan === undefined) throw new Error(`segment ${from} names ${id}, which does not stand`);
    if (open.has(id)) throw new Error(`segment ${id} names itself by way of ${from}`);
    open.add(id);
    const below = segmentsIn(plan).map(named => level(named, id));
    open.delete(id);
    levels.set(id, below.length === 0 ? 0 : 1 + Math.max(...below));
    return levels.get(id) as number;
  };
  for (const id of plans.keys()) level(id, id);
  return levels;
}
