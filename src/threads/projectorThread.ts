import { randomUUID } from "node:crypto";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { createKeyVault } from "../adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../adapters/embedded/log/createLogReader.ts";
import {
  columnImageFile,
  currentGeneration,
  flipTo,
  generationFile,
  nextGeneration,
  removeGeneration,
  removeOtherGenerations,
} from "../adapters/embedded/readModels/generations.ts";
import { openReadModelStore } from "../adapters/embedded/readModels/openReadModelStore.ts";
import { storePaths } from "../adapters/embedded/storePaths.ts";
import type { Position } from "../domain/event.ts";
import { StorageFailure } from "../domain/eventLog.ts";
import { type CustomerId, customerStream } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { identityPolicy } from "../intake/identityPolicyFile.ts";
import { createPersonalPaths } from "../intake/personalPaths.ts";
import { createUpcaster } from "../intake/upcaster.ts";
import { createCampaignStage } from "../projections/campaigns/stage/campaignStage.ts";
import { createEngine, type Engine, type EngineStats, type RetryOutcome } from "../projections/engine.ts";
import { assertSameLog, ForeignReadModels } from "../projections/logPages.ts";
import { type ReadModelStore, ReadModelsOutdated } from "../projections/readModelStore.ts";
import type { Columns } from "../projections/segments/columns/columns.ts";
import { createColumns } from "../projections/segments/columns/createColumns.ts";
import type { SharedBlocks } from "../projections/segments/columns/sharedBlocks.ts";
import { carryOver } from "../projections/segments/feed/carryOver.ts";
import { runInBackground } from "./background.ts";
import { answerCalls } from "./callThread.ts";
import { type ColumnImages, columnsFromImage, createColumnImages } from "./columnImages.ts";
import { factCatalogue } from "./factCatalogue.ts";
import { attachSignals } from "./signals.ts";
import { createWalCopies } from "./walCopies.ts";
import { yieldingReader } from "./yieldingReader.ts";

/* The projector: follows the log as it grows and is the only writer of the read models in use. */
export type ProjectorThreadData = {
  readonly folder: string;
  readonly signals: SharedArrayBuffer;
  readonly cacheSize: number;
  readonly logId: string;
  /** Where the columns of each generation in use are handed over. */
  readonly columns: MessagePort;
};
/** What goes over that port: the columns, and of which generation they are. */
export type HandedColumns = { readonly generation: number; readonly shared: SharedBlocks };
export type ProjectorThreadReady = { readonly generation: number; readonly checkpoint: Position };
export type ProjectorStats = EngineStats & {
  readonly generation: number;
  /** Why the projector stands still, or null. It tries again by itself unless the failure is final. */
  readonly failure: string | null;
};

const idleMs = 1000;
const retryMs = 1000;
const tellEveryMs = 2000;
const { folder, signals: memory, cacheSize, logId, columns: columnsPort } = workerData as ProjectorThreadData;
runInBackground();

const paths = storePaths(folder);
const vault = createKeyVault(paths.keys, "read");
const log = yieldingReader(createLogReader(paths.events, vault));
const catalogue = factCatalogue();
const upcast = createUpcaster(catalogue);
const isPersonal = createPersonalPaths(catalogue);
const { matching } = identityPolicy(folder);
const signals = attachSignals(memory);
const walCopies = createWalCopies(message => console.error(`c360: ${message}`));

type Generation = {
  readonly number: number;
  readonly store: ReadModelStore;
  readonly engine: Engine;
  readonly columns: Columns;
  readonly images: ColumnImages;
};

/** Tells the clock, in the writer's thread, when it has to tick. */
const tellDue = (due: Instant | null): void => {
  if (signals.get("due") !== (due ?? 0)) signals.set("due", due ?? 0);
};

/** Triggers that have waited longer than this while nobody was there to decide are told as too late. */
const freshMs = 3_600_000;

type Making = {
  /** Whether readers are told of its commits. */
  readonly publish: boolean;
  /** Nothing is decided about facts up to here. */
  readonly decideAfter: Position;
  /** With what the store has already; default: read from it. */
  readonly columns?: Columns;
};

const generationOver = (
  number: number,
  store: ReadModelStore,
  { publish, decideAfter, columns }: Making,
): Generation => {
  const file = columnImageFile(folder, number);
  const origin = `${logId} ${number}`;
  const image = columns === undefined ? columnsFromImage(store, file, origin) : null;
  const known = columns ?? image?.columns ?? null;
  const filled = known ?? createColumns();
  const stage = createCampaignStage({
    ...{ tables: store.tags, segments: store.segments, campaigns: store.campaigns },
    ...{ columns: filled, loaded: known !== null, newEpoch: randomUUID },
    ...{ decideAfter, staleBefore: Date.now() - freshMs },
  });
  if (publish) tellDue(stage.nextDue());
  const engine = createEngine({
    log,
    store,
    stage,
    upcast,
    matching,
    isPersonal,
    cacheSize,
    onCommit: position => {
      if (!publish) return;
      // The count first: whoever is woken by the position must not be given an older snapshot.
      signals.countCommit();
      tellDue(stage.nextDue());
      signals.set("checkpoint", position);
      signals.set("committed", signals.commits());
    },
  });
  return {
    number,
    store,
    engine,
    columns: filled,
    images: createColumnImages(filled, store, { file, origin, imaged: image?.imaged ?? null }),
  };
};

const handOver = ({ number, columns }: Generation): void => {
  const shared = columns.shared();
  columnsPort.postMessage({ generation: number, shared } satisfies HandedColumns, [shared.news]);
};

/** Feeds of damaged rows cannot be gone on with: those of the rebuilt generation begin anew, and their readers are told. */
async function carryFeeds(old: Generation, rebuilt: Generation): Promise<void> {
  try {
    // Not beyond the one in use: what comes after is decided upon once, by the generation that goes on.
    await rebuilt.engine.drain(await old.engine.drain());
    carryOver(old.store, rebuilt.store);
    rebuilt.store.copyCampaignRows(old.store);
  } catch (error) {
    if (!isDamage(error)) throw error;
    console.error(`c360: the feeds of segments begin anew: ${(error as Error).message}`);
    await rebuilt.engine.drain();
  }
}

const isDamage = (error: unknown): error is StorageFailure =>
  error instanceof StorageFailure && error.code === "STORAGE_CORRUPT";

const openLive = (number: number): ReadModelStore =>
  openReadModelStore(generationFile(folder, number), { kind: "live", askForCopy: walCopies.ask });

function openGeneration(number: number, decideAfter: Position): Generation {
  const store = openLive(number);
  try {
    return generationOver(number, store, { publish: true, decideAfter });
  } catch (error) {
    store.close();
    throw error;
  }
}

/** The rows are of this log, as far as that can be told; a log that cannot be read there is told when it is followed. */
async function assertOwn({ store }: Generation): Promise<void> {
  const checkpoint = store.checkpoint();
  if (checkpoint.position === 0) return;
  await assertSameLog(log, checkpoint).catch((error: unknown) => {
    if (!(error instanceof ForeignReadModels)) return;
    store.close();
    throw error;
  });
}

/**
 * The generation in use; a first one, or one in place of rows that are damaged, made by another version of the folds, or
 * of another log (an older backup put in its place).
 */
async function firstGeneration(): Promise<Generation> {
  const current = currentGeneration(folder);
  if (current !== null)
    try {
      const opened = openGeneration(current, 0);
      await assertOwn(opened);
      return opened;
    } catch (error) {
      const renewable = error instanceof ReadModelsOutdated || error instanceof ForeignReadModels || isDamage(error);
      if (!renewable) throw error;
      console.error(`c360: ${error.message}; rebuilding the read models from the log`);
    }
  const number = nextGeneration(folder);
  const opened = openGeneration(number, await decidedBefore());
  await fill(opened);
  flipTo(folder, number);
  return opened;
}

/**
 * Where decisions were lost with the read models: those that were on their way are at most so many events behind the newest that
 * arrived. To make one again that did arrive comes to the same event.
 */
async function decidedBefore(): Promise<Position> {
  const [newest] = await log.read({ types: ["campaign-decided"], direction: "backward", limit: 1 });
  return newest === undefined ? 0 : Math.max(newest.position - undecidedAtMost, 0);
}
const undecidedAtMost = 50_000;

/** Nobody is served from a half-built generation: the start waits, and says how far it is. */
async function fill({ engine }: Generation): Promise<void> {
  const head = await log.head();
  let toldAt = performance.now();
  try {
    while ((await engine.step()) > 0) {
      if (performance.now() - toldAt < tellEveryMs) continue;
      toldAt = performance.now();
      const { position } = engine.stats();
      console.error(`c360: building the read models: ${Math.floor((100 * position) / head)}% of ${head} events`);
    }
  } catch (error) {
    // A log that is damaged somewhere serves what comes before; following it tells where, and that it stands still.
    if (!isDamage(error)) throw error;
  }
}

let current = await firstGeneration();
handOver(current);
removeOtherGenerations(folder);
signals.set("checkpoint", current.engine.checkpoint());
let failure: string | null = null;
let stopped = false;

/** Lets one thing at a time touch the generation in use: a step of following, or a switch. */
let turn: Promise<unknown> = Promise.resolve();
const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
  const mine = turn.then(work, work);
  turn = mine.catch(() => {});
  return mine;
};

async function follow(): Promise<void> {
  while (!stopped)
    try {
      const seen = signals.get("head");
      const read = await inTurn(() => current.engine.step());
      failure = null;
      const caughtUp = read === 0 || current.engine.checkpoint() >= signals.get("head");
      const { uncommitted } = current.engine.stats();
      const saving = uncommitted === 0 && current.images.step();
      if (caughtUp && !current.engine.hasWork() && !saving) await signals.changed("head", seen, idleMs);
    } catch (error) {
      failure = (error as Error).message;
      console.error(`c360: the projector stands still at ${current.engine.checkpoint()}: ${failure}`);
      // A damaged or foreign log does not mend itself, nor do damaged rows until `adopt` replaces them; a full disk may.
      if (!(error instanceof StorageFailure) || isDamage(error)) return;
      await new Promise(resolve => setTimeout(resolve, retryMs));
    }
}
let following: Promise<void> | null = null;
const startFollowing = (): void => {
  following ??= follow().finally(() => {
    following = null;
  });
};
startFollowing();

answerCalls(
  parentPort as MessagePort,
  {
    ready: (): ProjectorThreadReady => ({ generation: current.number, checkpoint: current.engine.checkpoint() }),
    stats: (): ProjectorStats => ({ ...current.engine.stats(), generation: current.number, failure }),
    retry: (id: CustomerId): Promise<RetryOutcome> => inTurn(() => current.engine.retry(customerStream(id))),
    nextGeneration: () => nextGeneration(folder),
    /** Takes a rebuilt generation into use: catches it up with the log, then flips. Queries meanwhile see the old one. */
    adopt: (number: number) =>
      inTurn(async () => {
        const store = openLive(number);
        const rebuilt = generationOver(number, store, { publish: false, decideAfter: Number.POSITIVE_INFINITY });
        const position = await rebuilt.engine.drain();
        const old = current;
        await carryFeeds(old, rebuilt);
        current = generationOver(number, store, { publish: true, decideAfter: 0, columns: rebuilt.columns });
        flipTo(folder, number);
        old.store.close();
        handOver(current);
        startFollowing();
        signals.set("checkpoint", Math.max(position, signals.get("checkpoint")));
        return { generation: number, position };
      }),
    remove: (number: number) => {
      if (number !== current.number) removeGeneration(folder, number);
    },
  },
  async () => {
    stopped = true;
    await following;
    const saved = inTurn(async () => {
      await current.engine.flush();
      current.images.finish();
    });
    await saved.catch(() => undefined);
    await walCopies.stop();
    current.store.close();
    log.close();
    vault.close();
  },
);
