import type { SegmentId } from "./segment.ts";

/** Something in force, other than a segment, that asks for members of a segment: what it is called ("campaign spring-loans") and where. */
export type SegmentUse = { readonly name: string; readonly version: number; readonly reason: string };

/** What would break if there were no such segment any more. */
export type SegmentUses = (id: SegmentId) => readonly SegmentUse[];

export const noSegmentUses: SegmentUses = () => [];
