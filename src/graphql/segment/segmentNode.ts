import type { SegmentId } from "../../domain/segment/segment.ts";
import type { SegmentState, SegmentVersionRecord } from "../../domain/segment/segmentCatalogue.ts";
import { shownSegmentVersion } from "../../domain/segment/segmentGraph.ts";
import type { SegmentStatus } from "./segmentEnums.ts";

/** A segment as the API reads it: what is shown of it follows the version in force, or the newest where there is none. */
export type SegmentNode = {
  readonly segmentState: SegmentState;
  readonly shown: SegmentVersionRecord;
  readonly segmentId: SegmentId;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  readonly status: SegmentStatus;
};

export function segmentNode(segmentState: SegmentState): SegmentNode {
  const shown = shownSegmentVersion(segmentState)!;
  const { name, owner, description } = shown.definition;
  return { segmentState, shown, segmentId: segmentState.id, name, owner, description, status: segmentState.status };
}

/** A version that still knows its segment. */
export type SegmentVersionNode = SegmentVersionRecord & { readonly segmentState: SegmentState };

export const segmentVersionNode = (segmentState: SegmentState, version: SegmentVersionRecord): SegmentVersionNode => ({
  ...version,
  segmentState,
});
