import type { Position, RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import { customerOfStream } from "../domain/ids.ts";
import { foldQuarantine, quarantineIdOf } from "./foldQuarantine.ts";
import { assertSameLog, nextPage, originalsOf } from "./logPages.ts";
import type { RetryOutcome } from "./operations.ts";
import { beforeEverything, type Checkpoint, type Poison, type ReadModelStore } from "./readModelStore.ts";
import type { QuarantineRow } from "./readModels.ts";
import { createWorkingSet } from "./workingSet.ts";

export type { RetryOutcome };

/** Lifts an event to the newest version of its type. Pure; it may throw, which degrades the event's stream. */
export type Upcast = (event: RecordedEvent) => RecordedEvent;

export type EngineOptions = {
  readonly log: Pick<LogReader, "read" | "readAt" | "readStream" | "findById">;
  readonly store: ReadModelStore;
  readonly upcast: Upcast;
  /** Customers kept in memory between commits; those changed since the last commit come on top. */
  readonly cacheSize?: number;
  readonly pageSize?: number;
  /** While busy, a commit comes after this many events or milliseconds; once caught up, at once. */
  readonly flushEvents?: number;
  readonly flushMs?: number;
  /** Milliseconds, for pacing commits and nothing else. */
  readonly now?: () => number;
  /** Fold no further than this position. */
  readonly until?: Position;
  /** After each commit: readers that open now see at least this position. */
  readonly onCommit?: (position: Position) => void;
};

export type EngineStats = {
  /** Folded, though perhaps not committed yet. */
  readonly position: Position;
  readonly checkpoint: Position;
  readonly events: number;
  readonly commits: number;
  /** Streams that stand still at an event that could not be folded. */
  readonly poisoned: number;
  readonly cached: number;
  readonly uncommitted: number;
};

/** Calls may overlap; they take effect one after the other. */
export type Engine = {
  /** Folds one page; commits when it is time. The number of events read: 0 once caught up, with everything committed. */
  readonly step: () => Promise<number>;
  /** Steps until caught up. The position reached is committed. */
  readonly drain: () => Promise<Position>;
  readonly flush: () => Promise<Position>;
  /** Folds a degraded stream (`customerStream(id)`) anew from its first event, after whatever broke was mended. */
  readonly retry: (stream: string) => Promise<RetryOutcome>;
  readonly checkpoint: () => Position;
  readonly poisoned: () => readonly Poison[];
  readonly stats: () => EngineStats;
};

/**
 * Turns the log into read models: reads pages, folds each event into its customer, and commits rows and checkpoint
 * together. An event that cannot be folded stops its own stream and nothing else. Rejects with StorageFailure (try
 * again later, nothing is lost), LogGap or ForeignReadModels.
 */
export function createEngine({
  log,
  store,
  upcast,
  cacheSize = 50_000,
  pageSize = 2_000,
  flushEvents = 50_000,
  flushMs = 1_000,
  now = () => performance.now(),
  until,
  onCommit = () => {},
}: EngineOptions): Engine {
  const customers = createWorkingSet(store, cacheSize);
  const poisoned = new Map(store.poisoned().map(poison => [poison.stream, poison]));
  const quarantine = new Map<string, QuarantineRow>();
  const newlyPoisoned = new Map<string, Poison>();
  const mended = new Set<string>();
  let committed: Checkpoint = store.checkpoint();
  let reached: Checkpoint = committed;
  let lastCommitAt = now();
  let events = 0;
  let commits = 0;
  let uncommitted = 0;
  let checkedLog = committed.position === beforeEverything.position;

  const apply = (event: RecordedEvent, originals: ReadonlyMap<string, RecordedEvent>): void => {
    if (poisoned.has(event.stream)) return;
    try {
      if (isCustomers(event.stream)) customers.apply(upcast(event), originalOf(event, originals));
      else applyQuarantine(event);
    } catch (error) {
      poison(event, error);
    }
  };

  const originalOf = (event: RecordedEvent, originals: ReadonlyMap<string, RecordedEvent>): RecordedEvent | null => {
    const original = event.corrects === null ? undefined : originals.get(event.corrects);
    // What had not come yet when the reversal was folded must look the same in a rebuild, where it already has.
    return original === undefined || original.position > event.position ? null : upcast(original);
  };

  const applyQuarantine = (raw: RecordedEvent): void => {
    if (raw.stream.startsWith("customer-")) throw new Error(`stream "${raw.stream}" names no customer`);
    const id = quarantineIdOf(raw);
    if (id === null) return;
    quarantine.set(id, foldQuarantine(quarantine.get(id) ?? store.loadQuarantined(id), upcast(raw)));
  };

  const poison = (event: RecordedEvent, error: unknown): void => {
    const found: Poison = { stream: event.stream, position: event.position, error: messageOf(error) };
    if (isCustomers(event.stream)) customers.reserve(event);
    poisoned.set(event.stream, found);
    newlyPoisoned.set(event.stream, found);
    mended.delete(event.stream);
  };

  const foldPage = async (): Promise<number> => {
    if (!checkedLog) await assertSameLog(log, committed);
    checkedLog = true;
    const page = await nextPage(log, reached.position, pageSize, until);
    const last = page.at(-1);
    if (last !== undefined) {
      const originals = await originalsOf(log, page);
      customers.hold(page.filter(({ stream }) => !poisoned.has(stream) && isCustomers(stream)));
      for (const event of page) apply(event, originals);
      reached = { position: last.position, hash: last.hash };
      events += page.length;
      uncommitted += page.length;
    }
    const caughtUp = page.length < pageSize;
    if (caughtUp || uncommitted >= flushEvents || now() - lastCommitAt >= flushMs) commit();
    return page.length;
  };

  const commit = (): void => {
    const changes = customers.changes();
    if (reached.position === committed.position && changes.length === 0 && mended.size + newlyPoisoned.size === 0)
      return;
    store.commit({
      checkpoint: reached,
      customers: changes,
      quarantine: [...quarantine.values()],
      poisoned: [...newlyPoisoned.values()],
      mended: [...mended],
    });
    customers.committed();
    quarantine.clear();
    newlyPoisoned.clear();
    mended.clear();
    committed = reached;
    uncommitted = 0;
    commits += 1;
    onCommit(committed.position);
    store.maintain();
    lastCommitAt = now();
  };

  const refold = async (stream: string): Promise<RetryOutcome> => {
    if (!poisoned.has(stream)) return { kind: "notDegraded" };
    commit();
    const history = await wholeStream(log, stream, reached.position);
    const originals = await originalsOf(log, history);
    const id = customerOfStream(stream);
    if (id !== null) customers.restart(id, stream);
    poisoned.delete(stream);
    mended.add(stream);
    for (const event of history) apply(event, originals);
    commit();
    const degraded = poisoned.get(stream);
    return degraded === undefined
      ? { kind: "recovered", position: committed.position }
      : { kind: "stillDegraded", degraded: { position: degraded.position, error: degraded.error } };
  };

  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const turn = queue.then(work, work);
    queue = turn.catch(() => {});
    return turn;
  };

  return {
    step: () => inTurn(foldPage),
    drain: async () => {
      while ((await inTurn(foldPage)) === pageSize);
      return committed.position;
    },
    flush: () =>
      inTurn(async () => {
        commit();
        return committed.position;
      }),
    retry: stream => inTurn(() => refold(stream)),
    checkpoint: () => committed.position,
    poisoned: () => [...poisoned.values()],
    stats: () => ({
      position: reached.position,
      checkpoint: committed.position,
      events,
      commits,
      poisoned: poisoned.size,
      cached: customers.size().clean,
      uncommitted,
    }),
  };
}

const isCustomers = (stream: string): boolean => customerOfStream(stream) !== null;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A customer's events up to a position, in order. */
async function wholeStream(
  log: Pick<LogReader, "readStream">,
  stream: string,
  until: Position,
): Promise<RecordedEvent[]> {
  const limit = 1_000;
  const history: RecordedEvent[] = [];
  for (;;) {
    const page = await log.readStream({ stream, from: history.length, limit });
    history.push(...page);
    if (page.length < limit || (history.at(-1)?.position ?? 0) > until)
      return history.filter(({ position }) => position <= until);
  }
}
