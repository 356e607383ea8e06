import { createMergeGraph, type Merge } from "../domain/customer/mergeGraph.ts";
import type { Position, RecordedEvent } from "../domain/event.ts";
import { type CustomerId, customerOfStream, customerStream } from "../domain/ids.ts";
import { replacedAmong } from "./customer/corrections.ts";
import type { MergedInto } from "./customer/customer.ts";
import { newcomer } from "./customer/fold.ts";
import type { EngineStage, Regrouped, StagedEvent } from "./engineStage.ts";
import { foldQuarantine, quarantineIdOf } from "./foldQuarantine.ts";
import { groupConsents } from "./identity/groupConsents.ts";
import type { FoldedAnew, History, IdentityChange } from "./identity/identityChange.ts";
import { createPoisonList } from "./poisonList.ts";
import type { QualityFolder } from "./quality/qualityFolder.ts";
import type { ReadModelChanges, ReadModelStore } from "./readModelStore.ts";
import type { QuarantineRow } from "./readModels.ts";
import { consentTypes } from "./tags/history/groupTables.ts";
import { createWorkingSet } from "./workingSet.ts";

/** Lifts an event to the newest version of its type. Pure; it may throw, which degrades the event's stream. */
export type Upcast = (event: RecordedEvent) => RecordedEvent;

type Originals = ReadonlyMap<string, RecordedEvent>;
/** The event that could not be folded, and why. */
type Standstill = { readonly event: RecordedEvent; readonly error: unknown };

/** Folds events into everything that is kept of them, in memory and without waiting for anything. */
export type EventFolder = ReturnType<typeof createEventFolder>;

export function createEventFolder(
  store: ReadModelStore,
  upcast: Upcast,
  cacheSize: number,
  stage: EngineStage | null,
  quality: QualityFolder,
) {
  const customers = createWorkingSet(store, cacheSize);
  const poisoned = createPoisonList(store.poisoned());
  const graph = createMergeGraph(store.merges());
  let merges = new Map<Position, Merge>();
  let quarantine = new Map<string, QuarantineRow>();
  stage?.attach?.({
    survivorOf: graph.survivorOf,
    standsStill: id => poisoned.has(customerStream(graph.survivorOf(id))),
  });

  /** What had not come yet when the reversal was folded must look the same in a rebuild, where it already has. */
  const originalOf = (event: RecordedEvent, originals: Originals): RecordedEvent | null => {
    const original = earlier(event, originals);
    return original && upcast(original);
  };

  /** Of a customer's own streams are those of everybody merged into them. */
  const isOf = (survivor: CustomerId) => (stream: string) => {
    const customer = customerOfStream(stream);
    return customer !== null && graph.survivorOf(customer) === survivor;
  };

  const poison = (survivor: CustomerId, event: RecordedEvent, error: unknown): void => {
    customers.reserve(survivor, event);
    poisoned.add(customerStream(survivor), event.position, error);
  };

  const foldIntoCustomer = (id: CustomerId, event: RecordedEvent, originals: Originals): void => {
    const survivor = graph.survivorOf(id);
    if (poisoned.has(customerStream(survivor))) return;
    try {
      const staged = { event: upcast(event), original: originalOf(event, originals) };
      const folded = customers.fold(survivor, staged.event, staged.original, isOf(survivor));
      stage?.take(staged, customers.placeOf(survivor));
      folded.take();
    } catch (error) {
      poison(survivor, event, error);
    }
  };

  const foldOther = (event: RecordedEvent, isTold: boolean): void => {
    if (poisoned.has(event.stream)) return;
    try {
      if (event.stream.startsWith("customer-")) throw new Error(`stream "${event.stream}" names no customer`);
      const lifted = upcast(event);
      const id = quarantineIdOf(event);
      const row = id === null ? null : foldQuarantine(quarantine.get(id) ?? store.loadQuarantined(id), lifted);
      if (isTold) stage?.take({ event: lifted, original: null }, null);
      if (isTold) quality.takeOther(event, row);
      if (row !== null) quarantine.set(row.quarantineId, row);
    } catch (error) {
      poisoned.add(event.stream, event.position, error);
    }
  };

  /** Folds events into a customer that has none yet, and puts what was folded into `staged`. */
  const foldUntilStandstill = (
    survivor: CustomerId,
    events: readonly RecordedEvent[],
    replaced: ReadonlySet<Position>,
    originals: Originals,
    staged: StagedEvent[],
  ): Standstill | null => {
    for (const event of events)
      try {
        const next = { event: upcast(event), original: originalOf(event, originals) };
        customers.fold(survivor, next.event, next.original, isOf(survivor), replaced.has(event.position)).take();
        staged.push(next);
      } catch (error) {
        return { event, error };
      }
    return null;
  };

  /** Folds a customer's profile anew from all events that are its own. It must be held. */
  const refoldProfile = (survivor: CustomerId, { events, originals }: History): Regrouped => {
    const isOwn = isOf(survivor);
    const own = events.filter(({ stream }) => isOwn(stream));
    const staged: StagedEvent[] = [];
    const regroupedAt = customers.current(survivor)?.regroupedAt ?? 0;
    let standstill: Standstill | null = null;
    let replaced: ReadonlySet<Position>;
    // What comes after a standstill corrects nothing either, so everything before it is folded again without it.
    for (;;) {
      const taken = standstill === null ? own : own.slice(0, own.indexOf(standstill.event));
      replaced = replacedAmong(taken);
      staged.length = 0;
      customers.restart(survivor);
      const found = foldUntilStandstill(survivor, taken, replaced, originals, staged);
      if (found === null) break;
      standstill = found;
    }
    poisoned.drop(customerStream(survivor));
    if (standstill !== null) poison(survivor, standstill.event, standstill.error);
    customers.amend(survivor, customer => ({ ...customer, regroupedAt }));
    const inForce = mergesAmong(survivor);
    const lastMerge = inForce.at(-1);
    if (lastMerge !== undefined) {
      // Also where it stands still before the merge: it must not seem to allow what one of them withdrew.
      const rest = own.slice(staged.length).filter(({ position }) => position <= lastMerge.position);
      const told = [...staged.map(({ event }) => event), ...rest].filter(({ position }) => !replaced.has(position));
      const consents = groupConsents(survivor, inForce, told);
      customers.amend(survivor, customer => ({ ...customer, consents }));
      for (const event of rest)
        if (consentTypes.includes(event.type)) staged.push({ event, original: earlier(event, originals) });
    }
    const merges = inForce.map(merge => {
      const { occurredAt } = own.find(({ position }) => position === merge.position) as RecordedEvent;
      return { ...merge, occurredAt };
    });
    return { customer: customers.placeOf(survivor), events: staged, merges };
  };

  /** The same, and all else that is made of these events. */
  const refold = (survivor: CustomerId, history: History): void => tellAnew(refoldProfile(survivor, history));

  const mergesAmong = (survivor: CustomerId): Merge[] =>
    graph
      .membersOf(survivor)
      .flatMap(member => (member === survivor ? [] : (graph.mergeOf(member) ?? [])))
      .sort((a, b) => a.position - b.position);

  const tellAnew = (group: Regrouped): void => {
    if (stage === null) return;
    const last = group.events.at(-1);
    try {
      stage.regrouped(group);
    } catch (error) {
      if (last === undefined) throw error;
      poison(group.customer.id, last.event, error);
      stage.regrouped({ ...group, events: [] });
    }
  };

  /** A correction takes what it corrects out of the profile, and with it what an older fact says may stand again. */
  const foldCorrection = (id: CustomerId, event: RecordedEvent, originals: Originals, history: History): void => {
    foldIntoCustomer(id, event, originals);
    const survivor = graph.survivorOf(id);
    if (!poisoned.has(customerStream(survivor))) refoldProfile(survivor, history);
  };

  const markRegrouped = (id: CustomerId, { position }: RecordedEvent): void =>
    customers.amend(id, customer => ({ ...customer, regroupedAt: position }));

  const mergeInto = (event: RecordedEvent, { merge, history }: IdentityChange): void => {
    const { survivor, absorbed } = merge;
    graph.add(merge);
    merges.set(merge.position, merge);
    const { source, occurredAt, position } = event;
    const mergedInto: MergedInto = { customer: survivor, source, occurredAt, position };
    poisoned.drop(customerStream(absorbed));
    customers.restart(absorbed, { ...newcomer(absorbed, position, occurredAt), mergedInto, regroupedAt: position });
    tellAnew({ customer: customers.placeOf(absorbed), events: [], merges: [] });
    refold(survivor, history);
    markRegrouped(survivor, event);
  };

  const splitOff = (event: RecordedEvent, { merge, history }: IdentityChange): void => {
    const left = graph.split(merge, event.position);
    merges.set(left.position, left);
    for (const id of [graph.survivorOf(merge.survivor), merge.absorbed]) {
      refold(id, history);
      markRegrouped(id, event);
    }
  };

  return {
    graph,
    poisoned,
    /** Brings in the customers of these events, and of the change that the last of them makes; `take` and `refold` need nothing else. */
    hold: (events: readonly RecordedEvent[], change: FoldedAnew | null): void => {
      const wanted: { readonly id: CustomerId; readonly isNew: boolean }[] = [];
      for (const { stream, revision } of events) {
        const id = customerOfStream(stream);
        if (id === null) continue;
        const survivor = graph.survivorOf(id);
        if (!poisoned.has(customerStream(survivor))) wanted.push({ id: survivor, isNew: revision === 0 });
      }
      if (change !== null && change.kind !== "correction")
        for (const id of [graph.survivorOf(change.merge.survivor), change.merge.absorbed])
          wanted.push({ id, isNew: false });
      customers.hold(wanted);
    },
    holdOne: (id: CustomerId): void => customers.hold([{ id, isNew: false }]),
    /** One more event of the log. `change`: what it does to who is who, or the customer's events where it corrects one of them. */
    take: (event: RecordedEvent, originals: Originals, change: FoldedAnew | null): void => {
      stage?.reach(event);
      const id = customerOfStream(event.stream);
      if (id !== null) quality.take(event);
      if (change?.kind === "merge") mergeInto(event, change);
      else if (change?.kind === "split") splitOff(event, change);
      else if (id === null) foldOther(event, true);
      else if (change !== null) foldCorrection(id, event, originals, change.history);
      else foldIntoCustomer(id, event, originals);
    },
    refold,
    /** Folds a stream that is no customer's anew; the stage is told of what it has not taken yet. */
    refoldOther: (stream: string, events: readonly RecordedEvent[]): void => {
      const stoodAt = poisoned.get(stream)?.position ?? 0;
      poisoned.drop(stream);
      for (const event of events) foldOther(event, event.position >= stoodAt);
    },
    changes: (): Omit<ReadModelChanges, "checkpoint"> => ({
      customers: customers.changes(),
      quarantine: [...quarantine.values()],
      merges: [...merges.values()],
      ...poisoned.changes(),
      ...stage?.changes(),
      quality: quality.changes(),
    }),
    committed: (): void => {
      customers.committed();
      poisoned.committed();
      quarantine = new Map();
      merges = new Map();
      quality.committed();
      stage?.committed();
    },
    cached: (): number => customers.size().clean,
  };
}

function earlier({ corrects, position }: RecordedEvent, originals: Originals): RecordedEvent | null {
  const original = corrects === null ? undefined : originals.get(corrects);
  return original === undefined || original.position > position ? null : original;
}
