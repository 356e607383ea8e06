import { ascending } from "../../domain/ascending.ts";
import type { SegmentId } from "../../domain/segment/segment.ts";
import type { SegmentState } from "../../domain/segment/segmentCatalogue.ts";
import type { ReadModelChanges } from "../../projections/readModelStore.ts";
import { assertGapless, type FeedEnd } from "../../projections/segments/feed/assertGapless.ts";
import { changedRows } from "../../projections/segments/feed/changedRows.ts";
import { daysOf } from "../../projections/segments/feed/daysOf.ts";
import { hasBit } from "../../projections/segments/feed/memberBits.ts";
import type { SegmentChange, StandingSegment } from "../../projections/segments/feed/segmentChange.ts";
import type {
  ConsentPair,
  CustomerChangeKey,
  SegmentChanges,
  SegmentTables,
} from "../../projections/segments/feed/segmentTables.ts";
import type { Tables } from "./memoryReadModelsTables.ts";

/** Stored segments in maps; what they hold is replaced, never changed, so a copy of the maps is a snapshot. */
export type StoredSegments = {
  epoch: string | null;
  /** After how many rows `changedRows` begins, and with how many it ends. */
  since: number;
  upTo: number;
  changedRows: readonly { readonly upTo: number; readonly rows: readonly number[] }[];
  consents: readonly ConsentPair[];
  readonly states: Map<SegmentId, SegmentState>;
  /** In the order in which they first stood. */
  readonly standing: Map<SegmentId, StandingSegment>;
  readonly bases: Map<SegmentId, Uint8Array>;
  readonly feeds: Map<SegmentId, readonly SegmentChange[]>;
};

export const noSegments = (): StoredSegments => ({
  ...{ epoch: null, since: 0, upTo: 0, changedRows: [], consents: [], states: new Map(), standing: new Map() },
  ...{ bases: new Map(), feeds: new Map() },
});

export const copyOfSegments = (segments: StoredSegments): StoredSegments => ({
  ...segments,
  states: new Map(segments.states),
  standing: new Map(segments.standing),
  bases: new Map(segments.bases),
  feeds: new Map(segments.feeds),
});

/** Throws, before it changes anything, what `assertGapless` throws. */
export function applySegmentChanges(segments: StoredSegments, changes: SegmentChanges): void {
  const endOf = (id: SegmentId): FeedEnd | null => {
    const standing = segments.standing.get(id);
    if (standing === undefined) return null;
    const { at, position } = reachedBy(segments, id, standing.sequence) ?? standing.since;
    return { size: standing.size, sequence: standing.sequence, at, reached: position };
  };
  assertGapless(changes, endOf, segments.epoch);
  segments.epoch = changes.epoch ?? segments.epoch;
  segments.consents = [...segments.consents, ...(changes.consents ?? [])];
  for (const state of changes.states) segments.states.set(state.id, state);
  for (const { id, bits } of changes.bases) segments.bases.set(id, bits.slice());
  for (const [id, added] of Map.groupBy(changes.feed, ({ segment }) => segment))
    segments.feeds.set(id, [...(segments.feeds.get(id) ?? []), ...added]);
  for (const segment of changes.standing) {
    const since = segments.standing.get(segment.id)?.since ?? segment.since;
    segments.standing.set(segment.id, { ...segment, since });
  }
}

export function noteChangedRows(segments: StoredSegments, changes: ReadModelChanges): void {
  const rows = changedRows(changes);
  if (rows.length === 0) return;
  segments.upTo += rows.length;
  segments.changedRows = [...segments.changedRows, { upTo: segments.upTo, rows }];
}

export function forgetRowsChanged(segments: StoredSegments, upTo: number): void {
  segments.changedRows = segments.changedRows.filter(commit => commit.upTo > upTo);
  segments.since = Math.max(segments.since, upTo);
}

/** See `ReadModelStore.copySegments`. */
export function copySegments(to: StoredSegments, from: StoredSegments): void {
  if (from.epoch === null) return;
  to.epoch = from.epoch;
  for (const name of ["standing", "bases", "feeds"] as const) {
    const own = [...to[name]];
    const all = to[name] as Map<SegmentId, unknown>;
    all.clear();
    for (const [id, kept] of from[name]) all.set(id, kept);
    for (const [id, kept] of own) if (!from.standing.has(id)) all.set(id, kept);
  }
}

/** `now` gives the tables to look at: a snapshot's own, or the newest. */
export function memorySegmentTables(now: () => Tables): SegmentTables {
  const here = (): StoredSegments => now().segments;
  const feedOf = (id: SegmentId): readonly SegmentChange[] => here().feeds.get(id) ?? [];
  const base = (id: SegmentId): Uint8Array | null => here().bases.get(id) ?? null;
  const feedAfter: SegmentTables["feedAfter"] = (id, sequence, limit) => feedOf(id).slice(sequence, sequence + limit);
  return {
    states: () => [...here().states.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    state: id => here().states.get(id) ?? null,
    standing: () => [...here().standing.values()],
    standingOf: id => here().standing.get(id) ?? null,
    epoch: () => here().epoch,
    consents: () => here().consents,
    base,
    image: id => {
      const bits = base(id);
      return bits === null ? null : { sequence: 0, bits };
    },
    inBase: (id, row) => hasBit(base(id) ?? new Uint8Array(0), row),
    feedAfter,
    flipsAfter: (id, sequence, limit) =>
      feedAfter(id, sequence, limit).map(({ row, kind }) => [row, kind === "entered"] as const),
    reached: (id, sequence) => reachedBy(here(), id, sequence),
    customerChanges: (row, id, before, limit) => {
      const order = [...here().standing.keys()];
      const compare = (a: CustomerChangeKey, b: CustomerChangeKey): number =>
        a.at - b.at || order.indexOf(a.segment) - order.indexOf(b.segment) || a.sequence - b.sequence;
      return (id === null ? order.flatMap(feedOf) : feedOf(id))
        .filter(change => change.row === row && (before === null || compare(change, before) < 0))
        .sort((a, b) => compare(b, a))
        .slice(0, limit);
    },
    lastFlips: row => {
      const last = new Map<SegmentId, SegmentChange["kind"]>();
      for (const [id, feed] of here().feeds) {
        const change = feed.findLast(change => change.row === row);
        if (change !== undefined) last.set(id, change.kind);
      }
      return last;
    },
    days: (id, fromDay, toDay) =>
      daysOf(feedOf(id), here().standing.get(id) === undefined ? 0 : sizeOfBase(here(), id)).filter(
        ({ day }) => day >= fromDay && day <= toDay,
      ),
    rowsChanged: () => here().upTo,
    rowsChangedAfter: count =>
      count < here().since || count > here().upTo
        ? null
        : ascending(new Set(here().changedRows.flatMap(commit => (commit.upTo > count ? commit.rows : [])))),
  };
}

const sizeOfBase = ({ standing, feeds }: StoredSegments, id: SegmentId): number =>
  (feeds.get(id) ?? []).reduce((size, { kind }) => size - (kind === "entered" ? 1 : -1), standing.get(id)?.size ?? 0);

function reachedBy(segments: StoredSegments, id: SegmentId, sequence: number): ReturnType<SegmentTables["reached"]> {
  const change = segments.feeds.get(id)?.[sequence - 1];
  const since = segments.standing.get(id)?.since.position;
  if (change === undefined || since === undefined) return null;
  let position = since;
  for (const earlier of segments.feeds.get(id) ?? []) {
    if (earlier.sequence > sequence) break;
    position = Math.max(position, earlier.position);
  }
  return { at: change.at, position };
}
