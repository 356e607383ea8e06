import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { SegmentChange, StandingSegment } from "../feed/segmentChange.ts";
import type { SegmentChanges, SegmentTables } from "../feed/segmentTables.ts";

/** What has happened since the last commit, numbered as the feed will tell it. */
export type FeedBuffer = {
  readonly standing: (id: SegmentId) => StandingSegment | null;
  /** The segment stands from now on, with these members. */
  readonly begin: (id: SegmentId, version: number, since: StandingSegment["since"], members: MemberBits) => void;
  /** Which version its members are kept by from now on. */
  readonly switchTo: (id: SegmentId, version: number) => void;
  readonly archive: (id: SegmentId) => void;
  readonly tell: (change: Omit<SegmentChange, "sequence">) => void;
  readonly changes: () => Pick<SegmentChanges, "standing" | "feed" | "bases" | "epoch"> | null;
  readonly committed: () => void;
};
export type MemberBits = { readonly bits: Uint8Array; readonly size: number };
export type Since = { readonly position: Position; readonly at: Instant };

/** @param newEpoch a name that no feed had before */
export function createFeedBuffer(tables: SegmentTables, newEpoch: () => string): FeedBuffer {
  const segments = new Map(tables.standing().map(segment => [segment.id, segment]));
  const changed = new Set<SegmentId>();
  let feed: SegmentChange[] = [];
  let bases: { readonly id: SegmentId; readonly bits: Uint8Array }[] = [];
  let epoch: string | null = null;
  let hasEpoch = tables.epoch() !== null;

  const put = (segment: StandingSegment): void => {
    segments.set(segment.id, segment);
    changed.add(segment.id);
  };
  const known = (id: SegmentId): StandingSegment => {
    const segment = segments.get(id);
    if (segment === undefined) throw new Error(`segment ${id} does not stand`);
    return segment;
  };

  return {
    standing: id => segments.get(id) ?? null,
    begin: (id, version, since, { bits, size }) => {
      if (!hasEpoch) epoch ??= newEpoch();
      put({ id, version, size, sequence: 0, since, archived: false });
      bases.push({ id, bits });
    },
    switchTo: (id, version) => put({ ...known(id), version }),
    archive: id => put({ ...known(id), archived: true }),
    tell: change => {
      const segment = known(change.segment);
      const sequence = segment.sequence + 1;
      put({ ...segment, sequence, size: segment.size + (change.kind === "entered" ? 1 : -1) });
      feed.push({ ...change, sequence });
    },
    changes: () => {
      if (changed.size === 0) return null;
      return { standing: [...changed].map(known), feed, bases, epoch };
    },
    committed: () => {
      hasEpoch ||= epoch !== null;
      changed.clear();
      feed = [];
      bases = [];
      epoch = null;
    },
  };
}
