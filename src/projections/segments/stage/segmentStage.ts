import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import { foldSegmentEvents } from "../../../domain/segment/foldSegmentEvent.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { SegmentCatalogue } from "../../../domain/segment/segmentCatalogue.ts";
import type { TagCode, TagVersion } from "../../../domain/tag/definition.ts";
import type { Moment } from "../../tags/evaluation/evaluateTag.ts";
import type { Slot } from "../../tags/stage/slot.ts";
import type { TagChange, ValueObserver } from "../../tags/stage/tagChange.ts";
import { createTagStage, type TagStage, type TagStageOptions } from "../../tags/stage/tagStage.ts";
import type { Columns } from "../columns/columns.ts";
import type { SegmentTables } from "../feed/segmentTables.ts";
import { createStanding } from "../standing/createStanding.ts";
import type { Origin } from "../standing/origin.ts";
import type { Flip, ValueChange } from "../standing/standing.ts";
import { createFeedBuffer } from "./feedBuffer.ts";
import { createHeardConsents } from "./heardConsents.ts";
import { loadColumns } from "./loadColumns.ts";
import { hasColumn, slotColumn } from "./slotColumns.ts";
import { createStands, type WantedStanding } from "./stands.ts";
import { createWantedConditions } from "./wantedConditions.ts";

export type SegmentStageOptions = Omit<TagStageOptions, "conditions" | "observer"> & {
  readonly segments: SegmentTables;
  /** Empty ones, or with what the store had at its checkpoint: then `loaded` says so. */
  readonly columns: Columns;
  readonly loaded?: boolean;
  /** Names a feed that begins, as no other was named. */
  readonly newEpoch: () => string;
  /** Which versions to keep; default: those published, as soon as all they need is filled. */
  readonly standing?: WantedStanding;
  readonly follower?: StageFollower;
};

/** What is kept on top of tags and segments, of the same values. */
export type StageFollower = {
  /** What else to keep up to date of every customer; the same list while nothing changed. */
  readonly conditions: () => readonly TagVersion[];
  readonly filled: ValueObserver["filled"];
  readonly relaid: ValueObserver["relaid"];
  /** Told when the columns and the members of segments are those of the moment. */
  readonly settled: ValueObserver["settled"];
};

/** Tags and segments, and what whoever follows them may ask. */
export type SegmentStage = TagStage & {
  readonly slots: () => readonly Slot[];
  /** Who was a member at a time of the log, as it was told then, by row. */
  readonly membersAt: (id: SegmentId, at: Instant) => Uint8Array;
  readonly stands: (id: SegmentId) => boolean;
};

type Arrival = { readonly row: number; readonly kind: "placed" | "returned" | "gone" };

/** Tags and the segments that stand on them, in one: memberships are settled with the values that they follow from. */
export function createSegmentStage({
  segments,
  columns,
  loaded = false,
  newEpoch,
  standing: wantedStanding,
  follower,
  ...tagOptions
}: SegmentStageOptions): SegmentStage {
  const { tables } = tagOptions;
  let catalogue: SegmentCatalogue = {
    position: 0,
    segments: new Map(segments.states().map(state => [state.id, state])),
  };
  let newStates = new Set<SegmentId>();
  const feed = createFeedBuffer(segments, newEpoch);
  const ofSegments = createWantedConditions(
    () => catalogue,
    id => feed.standing(id)?.version ?? null,
  );
  let slots: readonly Slot[] = tables.slots().slots;
  let withColumns: ReadonlyMap<number, TagCode> | null = null;
  const consents = createHeardConsents(segments.consents());
  const ofBoth = joined(ofSegments, consents.conditions);
  const conditions = follower === undefined ? ofBoth : joined(ofBoth, follower.conditions);
  if (!loaded) loadColumns(columns, tables);
  // Whoever asked for an instant at which a segment did not stand was refused.
  const engine = createStanding(columns, { snapshot: feed.membersAt });
  const stands = createStands({
    ...{ engine, feed, columns },
    catalogue: () => catalogue,
    slots: () => slots,
    wanted: wantedStanding ?? null,
  });
  stands.resume();
  /** Customers of whom the instant at hand has news beside their values. */
  const arrivals: Arrival[] = [];

  const originOf = ({ row, kind }: Arrival, changes: ReadonlyMap<number, TagChange>, moment: Moment): Origin => {
    const change = changes.get(row);
    if (change !== undefined) return change;
    return {
      cause: kind === "placed" ? "fact" : "merge",
      position: moment.known,
      at: moment.at,
      occurredAt: moment.at,
      corrected: false,
    };
  };

  const tell = (flips: readonly Flip[]): void => {
    for (const { id, version, row, customerId, kind, cause, position, at, occurredAt, corrected } of flips)
      feed.tell({ segment: id, version, kind, customerId, row, cause, corrected, position, at, occurredAt });
  };

  const settled = (changes: readonly TagChange[], moment: Moment): void =>
    columns.apply(() => {
      settle(changes, moment);
      columns.reflect({ position: moment.known, at: moment.at });
    });
  const columned = (): ReadonlyMap<number, TagCode> =>
    (withColumns ??= new Map(slots.filter(hasColumn).map(({ slot }) => [slot, slotColumn(slot)])));

  const settle = (changes: readonly TagChange[], moment: Moment): void => {
    const told: ValueChange[] = [];
    const known = columned();
    for (const change of changes) {
      const code = known.get(change.slot);
      if (code === undefined) continue;
      columns.write(code, change.row, change.after);
      told.push({ ...change, code });
    }
    const hasArrivals = arrivals.length > 0;
    if (hasArrivals) {
      const first = new Map<number, TagChange>();
      for (const change of changes) if (!first.has(change.row)) first.set(change.row, change);
      for (const arrival of arrivals) engine[arrival.kind](arrival.row, originOf(arrival, first, moment));
      arrivals.length = 0;
    }
    if (told.length > 0 || hasArrivals) tell(engine.apply(told));
    stands.settle(moment);
  };

  const place = (row: number, id: CustomerId): void => {
    const known = row < columns.rows() && columns.idAt(row) !== null;
    columns.place(row, id);
    arrivals.push({ row, kind: known ? "returned" : "placed" });
  };
  const leave = (row: number): void => {
    columns.live(row, false);
    arrivals.push({ row, kind: "gone" });
  };
  const relaid = (next: readonly Slot[], moment: Moment): void => {
    const before = slots;
    slots = next;
    withColumns = null;
    const there = new Set(before.map(({ slot }) => slot));
    for (const { slot, type } of next.filter(hasColumn)) if (!there.has(slot)) columns.add(slotColumn(slot), type);
    stands.changed();
    settled([], moment);
    const kept = new Set(next.map(({ slot }) => slot));
    for (const { slot, code } of before.filter(hasColumn)) {
      if (kept.has(slot)) continue;
      if (!stands.standsOn(slotColumn(slot))) columns.drop(slotColumn(slot));
      else console.error(`c360: ${code} is gone though segments stand on it: their members stay as they are`);
    }
  };
  const observer: ValueObserver = {
    placed: (row, id) => columns.apply(() => place(row, id)),
    gone: row => columns.apply(() => leave(row)),
    filled: (slot, row, value, before) => {
      const code = columned().get(slot);
      if (code !== undefined) columns.apply(() => columns.write(code, row, value));
      follower?.filled(slot, row, value, before);
    },
    atOnce: columns.apply,
    relaid: (next, moment) => {
      columns.apply(() => relaid(next, moment));
      follower?.relaid(next, moment);
    },
    settled: (changes, moment) => {
      settled(changes, moment);
      follower?.settled(changes, moment);
    },
  };
  const tags = createTagStage({ ...tagOptions, conditions, observer });

  return {
    ...tags,
    slots: () => slots,
    membersAt: feed.membersAt,
    stands: id => feed.standing(id)?.archived === false,
    take: (staged, customer) => {
      tags.take(staged, customer);
      if (customer !== null) return consents.hear(staged.event);
      const next = foldSegmentEvents(catalogue, [staged.event]);
      for (const [id, state] of next.segments) if (catalogue.segments.get(id) !== state) newStates.add(id);
      if (next.segments !== catalogue.segments) stands.changed();
      catalogue = next;
    },
    changes: () => {
      // Settles the last instant, and the segments with it.
      const changes = tags.changes();
      const told = feed.changes();
      const heard = consents.changes();
      if (told === null && newStates.size === 0 && heard.length === 0) return changes;
      const states = [...newStates].flatMap(id => catalogue.segments.get(id) ?? []);
      const nothing = { standing: [], feed: [], bases: [], epoch: null };
      return { ...changes, segments: { states, consents: heard, ...(told ?? nothing) } };
    },
    committed: () => {
      tags.committed();
      feed.committed();
      consents.committed();
      newStates = new Set();
    },
  };
}

/** Both lists in one, which stays the same one while they do. */
function joined<Item>(first: () => readonly Item[], second: () => readonly Item[]): () => readonly Item[] {
  let known: { readonly a: readonly Item[]; readonly b: readonly Item[]; readonly list: readonly Item[] } | null = null;
  return () => {
    const [a, b] = [first(), second()];
    if (known?.a !== a || known.b !== b) known = { a, b, list: [...a, ...b] };
    return known.list;
  };
}
