import type { Plan } from "../../../domain/segment/plan.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { RowBits } from "../columns/columns.ts";
import type { RowSet } from "./rowSet.ts";

/** A standing segment with its members. */
export type KeptSegment = {
  readonly id: SegmentId;
  /** Its place in `MemberRows`, for as long as it stands. */
  readonly slot: number;
  version: number;
  plan: Plan;
  readonly members: RowBits;
  size: number;
  readonly undetermined: RowSet;
};
