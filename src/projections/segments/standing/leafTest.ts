import { sampleBucket } from "../../../domain/segment/sampleBucket.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { Columns, RowBits } from "../columns/columns.ts";
import type { Around } from "../columns/query/around.ts";
import type { LeafPlan } from "./boundPlan.ts";
import { compareTest } from "./compareTest.ts";
import type { RowTest } from "./decision.ts";
import type { TopOrder } from "./top/topOrder.ts";
import type { TopPlan } from "./top/tops.ts";

export type LeafParts = {
  readonly columns: Columns;
  readonly topOrder: (plan: TopPlan) => TopOrder;
  readonly snapshot: Around["snapshot"];
  readonly membersOf: (id: SegmentId) => RowBits;
};

/** How to ask a leaf of one row. */
export function leafTest(plan: LeafPlan, { columns, topOrder, snapshot, membersOf }: LeafParts): RowTest {
  switch (plan.kind) {
    case "column":
      return columns.leaf(plan.code, plan.test);
    case "compare":
      return compareTest(columns, plan);
    case "segment":
      return membersOf(plan.id).has;
    case "snapshot":
      return snapshotTest(snapshot(plan.segment, plan.at), plan.segment);
    case "sample":
      return row => {
        const id = columns.idAt(row);
        if (id === null) return false;
        const bucket = sampleBucket(plan.salt, id);
        return bucket >= plan.from && bucket < plan.to;
      };
    case "top":
      return topOrder(plan).has;
  }
}

function snapshotTest(bits: Uint8Array | null, id: SegmentId): RowTest {
  if (bits === null) throw new Error(`nothing is recorded of who was in ${id}`);
  return row => ((bits[row >>> 3] ?? 0) & (1 << (row & 7))) !== 0;
}
