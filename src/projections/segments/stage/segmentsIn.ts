import type { Plan } from "../../../domain/segment/plan.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";

/** The segments that a plan names. */
export function segmentsIn(plan: Plan): readonly SegmentId[] {
  switch (plan.kind) {
    case "all":
    case "any":
      return plan.of.flatMap(segmentsIn);
    case "not":
      return segmentsIn(plan.of);
    case "segment":
      return [plan.id];
    default:
      return [];
  }
}
