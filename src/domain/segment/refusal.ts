import type { Fault } from "../fault.ts";
import type { SegmentId } from "./segment.ts";
import type { SegmentUse } from "./segmentUses.ts";

/** Why a segment, or a step in its life, was refused. `message` says what to do. */
export type SegmentRefusal =
  /** The definition itself: each fault with its path ("rule.all[2].tag.atLeast"). */
  | {
      readonly kind: "invalid";
      readonly id: string | null;
      readonly faults: readonly Fault[];
      readonly message: string;
    }
  | { readonly kind: "unknownSegment"; readonly id: string; readonly message: string }
  | { readonly kind: "unknownVersion"; readonly id: SegmentId; readonly version: number; readonly message: string }
  /** Not possible in the state that the segment, or this version, is in. */
  | { readonly kind: "wrongStatus"; readonly id: SegmentId; readonly message: string }
  /** Published segments that name this one would lose it; and so would other things that use it. */
  | {
      readonly kind: "dependents";
      readonly id: SegmentId;
      readonly dependents: readonly { readonly id: SegmentId; readonly version: number; readonly reason: string }[];
      readonly uses: readonly SegmentUse[];
      readonly message: string;
    }
  | { readonly kind: "tooMany"; readonly limit: number; readonly message: string }
  /** Others changed the same segment at the same time, again and again. Nothing was recorded; try again. */
  | { readonly kind: "conflict"; readonly id: SegmentId; readonly message: string };
