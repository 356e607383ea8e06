import type { Position } from "../event.ts";
import { segmentReferences } from "./references.ts";
import type { SegmentId, SegmentVersion } from "./segment.ts";
import type { SegmentCatalogue, SegmentState, SegmentVersionRecord } from "./segmentCatalogue.ts";

export const isStanding = ({ published, ended }: SegmentVersionRecord): boolean => published !== null && ended === null;

/** The version by which members are kept: published, and not yet replaced or archived. */
export const standingVersion = (state: SegmentState): SegmentVersionRecord | null =>
  state.versions.findLast(isStanding) ?? null;

/** The version in force at that position of the log. */
export function standingVersionAt({ versions }: SegmentState, position: Position): SegmentVersionRecord | null {
  return (
    versions.findLast(
      ({ published, ended }) =>
        published !== null && published.position <= position && (ended === null || ended.position > position),
    ) ?? null
  );
}

/** The version that speaks for a segment on its page: in force, else the newest. */
export const shownSegmentVersion = (state: SegmentState): SegmentVersionRecord | null =>
  standingVersion(state) ?? state.versions.at(-1) ?? null;

/** All definitions in force, in order of their ids. */
export function standingSegments({ segments }: SegmentCatalogue): readonly SegmentVersion[] {
  const found: SegmentVersion[] = [];
  for (const state of segments.values()) {
    const version = standingVersion(state);
    if (version !== null) found.push({ id: state.id, version: version.version, definition: version.definition });
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function countStanding({ segments }: SegmentCatalogue): number {
  let count = 0;
  for (const { status } of segments.values()) if (status === "published") count += 1;
  return count;
}

/** Segments in force that members of this one belong to by its membership; snapshots of it stand on their own. */
export const dependentSegments = (catalogue: SegmentCatalogue, id: SegmentId): readonly SegmentVersion[] =>
  standingSegments(catalogue).filter(({ definition }) =>
    segmentReferences(definition.rule).segments.some(reference => reference.id === id && reference.at === null),
  );
