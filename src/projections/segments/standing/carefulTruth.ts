import type { SegmentId } from "../../../domain/segment/segment.ts";
import { type BoundPlan, truthOf } from "./boundPlan.ts";
import type { RowTest } from "./decision.ts";
import type { Failures } from "./failures.ts";
import type { KeptSegment } from "./keptSegment.ts";
import type { Leaf, LeafIndex } from "./leafIndex.ts";

/** The truth of a plan of a customer some of whose values failed; null where it hangs on them. */
export type CarefulTruth = (plan: BoundPlan, row: number) => boolean | null;

export const carefulTruthOf =
  (index: LeafIndex, failures: Failures, kept: ReadonlyMap<SegmentId, KeptSegment>): CarefulTruth =>
  (plan, row) =>
    truthOf(plan, leaf => {
      const { codes, plan: asked } = index.leaves[leaf] as Leaf;
      if (codes.some(code => failures.has(code, row))) return null;
      if (asked.kind === "segment" && kept.get(asked.id)?.undetermined.has(row)) return null;
      return (index.tests[leaf] as RowTest)(row);
    });
