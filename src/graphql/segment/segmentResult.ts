import type { SegmentOutcome } from "../../definitions/segmentDefinitions.ts";
import { segmentRefused } from "./refusalType.ts";
import { segmentNode } from "./segmentNode.ts";

/** The outcome of a command in the API's words: one of the types of `SegmentResult`. */
export function segmentResult(outcome: SegmentOutcome): object {
  if (outcome.ok) {
    const { kind, segment, version, position } = outcome.value;
    return { outcome: kind, segment: segmentNode(segment), version, position };
  }
  const { refusal } = outcome;
  if (refusal.kind !== "dependents") return segmentRefused(refusal);
  const dependents = refusal.dependents.map(({ id, ...dependent }) => ({ segmentId: id, ...dependent }));
  return { segmentId: refusal.id, message: refusal.message, dependents, uses: refusal.uses };
}
