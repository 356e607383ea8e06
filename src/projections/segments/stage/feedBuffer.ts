import type { Instant } from "../../../domain/instant.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import { bitsAfter } from "../feed/memberBits.ts";
import { membersAtOf } from "../feed/membersAt.ts";
import type { SegmentChange, StandingSegment } from "../feed/segmentChange.ts";
import type { SegmentChanges, SegmentFlip, SegmentTables } from "../feed/segmentTables.ts";
import { storedSegmentReads } from "../feed/storedSegmentReads.ts";

/** What has happened since the last commit, numbered as the feed will tell it. */
export type FeedBuffer = {
  readonly standing: (id: SegmentId) => StandingSegment | null;
  /** The segment stands from now on, with these members. */
  readonly begin: (id: SegmentId, version: number, since: StandingSegment["since"], members: MemberBits) => void;
  /** Which version its members are kept by from now on. */
  readonly switchTo: (id: SegmentId, version: number) => void;
  readonly archive: (id: SegmentId) => void;
  readonly tell: (change: Omit<SegmentChange, "sequence">) => void;
  /** Who was a member at a time of the log, as it was told then, by row; nobody where the segment did not stand then. */
  readonly membersAt: (id: SegmentId, at: Instant) => Uint8Array;
  /** Who is a member now, by row, as the stored feed tells of it. */
  readonly storedMembers: (id: SegmentId) => Uint8Array;
  readonly changes: () => Pick<SegmentChanges, "standing" | "feed" | "bases" | "epoch"> | null;
  readonly committed: () => void;
};
export type MemberBits = { readonly bits: Uint8Array; readonly size: number };

/** @param newEpoch a name that no feed had before */
export function createFeedBuffer(tables: SegmentTables, newEpoch: () => string): FeedBuffer {
  const segments = new Map(tables.standing().map(segment => [segment.id, segment]));
  let changed = new Set<SegmentId>();
  let feed: SegmentChange[] = [];
  let bases: { readonly id: SegmentId; readonly bits: Uint8Array }[] = [];
  let epoch: string | null = null;
  let hasEpoch = tables.epoch() !== null;

  const reads = storedSegmentReads(tables, null);
  const membersOf = membersAtOf(tables);

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
    membersAt: (id, at) => {
      const segment = segments.get(id);
      if (segment === undefined || segment.since.at > at) return nobody;
      const sequence = reads.segmentSequenceAt(id, { at });
      const stored = sequence === null ? (bases.find(base => base.id === id)?.bits ?? nobody) : membersOf(id, sequence);
      if (sequence !== null && sequence < (tables.standingOf(id)?.sequence ?? 0)) return stored;
      const flips = feed
        .filter(change => change.segment === id && change.at <= at)
        .map(({ row, kind }): SegmentFlip => [row, kind === "entered"]);
      return bitsAfter(stored, flips);
    },
    storedMembers: id => membersOf(id, known(id).sequence),
    changes: () => {
      if (changed.size === 0) return null;
      return { standing: [...changed].map(known), feed, bases, epoch };
    },
    committed: () => {
      hasEpoch ||= epoch !== null;
      changed = new Set();
      feed = [];
      bases = [];
      epoch = null;
    },
  };
}

const nobody = new Uint8Array(0);
