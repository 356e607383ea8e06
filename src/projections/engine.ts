import { noIdentityPolicy } from "../domain/customer/identityPolicy.ts";
import type { Position, RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import { customerOfStream, customerStream } from "../domain/ids.ts";
import { isCorrection } from "./customer/corrections.ts";
import type { EngineStage } from "./engineStage.ts";
import { createEventFolder, type Upcast } from "./eventFolder.ts";
import { correctionOf, historyOf, identityChangeOf, regroups, wholeStream } from "./identity/identityChange.ts";
import { assertSameMatching, type MatchingPolicy, withMatches } from "./identity/matching.ts";
import { assertSameLog, nextPage, originalsOf } from "./logPages.ts";
import type { RetryOutcome } from "./operations.ts";
import type { IsPersonal } from "./quality/fieldTally.ts";
import { createQualityFolder } from "./quality/qualityFolder.ts";
import { beforeEverything, type Checkpoint, type Poison, type ReadModelStore } from "./readModelStore.ts";
import { stageOver } from "./stageOver.ts";

export type { RetryOutcome, Upcast };

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
  /** While caught up, but with a wave to decide or tags to fill, a commit comes so many milliseconds after the last: a few large ones cost less than many small ones. */
  readonly workFlushMs?: number;
  /** Milliseconds, for pacing commits and nothing else. */
  readonly now?: () => number;
  /** Fold no further than this position. */
  readonly until?: Position;
  /** After each commit: readers that open now see at least this position. */
  readonly onCommit?: (position: Position) => void;
  /** By which customers are proposed to be merged; default: by nothing. */
  readonly matching?: MatchingPolicy;
  /** What else is made of the events, committed together with the rows; default: histories, tags and segments. */
  readonly stage?: EngineStage | null;
  /** Fields whose presence is not counted, because an erasure takes them away. Default: none. */
  readonly isPersonal?: IsPersonal;
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
  /**
   * Folds one page; commits when it is time. How much was done, in events and slices of back-fill: 0 once caught up, with everything
   * committed and filled.
   */
  readonly step: () => Promise<number>;
  /** Steps until caught up (with `to`, which it does not go beyond, where given) and filled. The position reached is committed. */
  readonly drain: (to?: Position) => Promise<Position>;
  readonly flush: () => Promise<Position>;
  /** Folds a degraded stream (`customerStream(id)`) anew from its first event, after whatever broke was mended. */
  readonly retry: (stream: string) => Promise<RetryOutcome>;
  /** Whether a step would find something to do though no event came: a back-fill. */
  readonly hasWork: () => boolean;
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
  workFlushMs = 50,
  now = () => performance.now(),
  until,
  onCommit = () => {},
  matching = noIdentityPolicy.matching,
  stage = stageOver(store),
  isPersonal = () => false,
}: EngineOptions): Engine {
  const folder = createEventFolder(store, upcast, cacheSize, stage, createQualityFolder(isPersonal));
  let committed: Checkpoint = store.checkpoint();
  assertSameMatching(store, matching);
  let reached: Checkpoint = committed;
  let lastCommitAt = now();
  let events = 0;
  let commits = 0;
  let uncommitted = 0;
  let more = false;
  let checkedLog = committed.position === beforeEverything.position;

  const foldPage = async (to = until): Promise<{ readonly read: number; readonly more: boolean }> => {
    if (!checkedLog) await assertSameLog(log, committed);
    checkedLog = true;
    const page = await nextPage(log, reached.position, pageSize, to);
    for (const part of untilFoldedAnew(page)) await foldPart(part);
    const caughtUp = page.length < pageSize;
    more = stage?.work?.(caughtUp) ?? false;
    const isDue = now() - lastCommitAt >= (more ? workFlushMs : 0);
    if ((caughtUp && isDue) || uncommitted >= flushEvents || now() - lastCommitAt >= flushMs) commit();
    return { read: page.length, more };
  };

  /** Reads first all that the part needs: once an event has taken effect nothing can fail, so none does so twice. */
  const foldPart = async (part: readonly RecordedEvent[]): Promise<void> => {
    const last = part.at(-1) as RecordedEvent;
    const originals = await originalsOf(log, part);
    const change =
      (await identityChangeOf(last, folder.graph, log)) ?? (await correctionOf(last, originals, folder.graph, log));
    folder.hold(part, change);
    for (const event of part) folder.take(event, originals, event === last ? change : null);
    reached = { position: last.position, hash: last.hash };
    events += part.length;
    uncommitted += part.length;
  };

  const commit = (): void => {
    const changes = withMatches(folder.changes(), matching);
    const { customers, poisoned, mended, tags, segments, campaigns = [] } = changes;
    const rows = customers.length + poisoned.length + mended.length + campaigns.length;
    if (reached.position === committed.position && rows === 0 && tags === undefined && segments === undefined) return;
    store.commit({ checkpoint: reached, ...changes });
    folder.committed();
    committed = reached;
    uncommitted = 0;
    commits += 1;
    onCommit(committed.position);
    store.maintain();
    lastCommitAt = now();
  };

  const refold = async (stream: string): Promise<RetryOutcome> => {
    const customer = customerOfStream(stream);
    const survivor = customer === null ? null : folder.graph.survivorOf(customer);
    const key = survivor === null ? stream : customerStream(survivor);
    if (!folder.poisoned.has(key)) return { kind: "notDegraded" };
    commit();
    if (survivor === null) folder.refoldOther(stream, await wholeStream(log, stream, reached.position));
    else {
      const history = await historyOf(log, folder.graph.membersOf(survivor), reached.position);
      folder.holdOne(survivor);
      folder.refold(survivor, history);
    }
    commit();
    const degraded = folder.poisoned.get(key);
    return degraded === null
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
    step: async () => {
      const { read, more } = await inTurn(() => foldPage());
      return read + (more ? 1 : 0);
    },
    drain: async to => {
      for (;;) {
        const { read, more } = await inTurn(() => foldPage(to));
        if (read < pageSize && !more) return committed.position;
      }
    },
    flush: () =>
      inTurn(async () => {
        commit();
        return committed.position;
      }),
    retry: stream => inTurn(() => refold(stream)),
    hasWork: () => more,
    checkpoint: () => committed.position,
    poisoned: () => folder.poisoned.all(),
    stats: () => ({
      position: reached.position,
      checkpoint: committed.position,
      events,
      commits,
      poisoned: folder.poisoned.all().length,
      cached: folder.cached(),
      uncommitted,
    }),
  };
}

/** Cuts a page behind each merge, split and correction: what comes after counts for other customers, or stands on another profile. */
function* untilFoldedAnew(page: readonly RecordedEvent[]): Iterable<readonly RecordedEvent[]> {
  let from = 0;
  for (const [index, event] of page.entries()) {
    if (!regroups(event) && !isCorrection(event)) continue;
    yield page.slice(from, index + 1);
    from = index + 1;
  }
  if (from < page.length) yield from === 0 ? page : page.slice(from);
}
