import { createKeyVault } from "./adapters/embedded/createKeyVault.ts";
import { lockStore } from "./adapters/embedded/lockStore.ts";
import { createLogReader } from "./adapters/embedded/log/createLogReader.ts";
import type { LogWriterOptions } from "./adapters/embedded/log/createLogWriter.ts";
import { generationFile } from "./adapters/embedded/readModels/generations.ts";
import { openReadModels } from "./adapters/embedded/readModels/openReadModels.ts";
import { storePaths } from "./adapters/embedded/storePaths.ts";
import { readChannelSettings } from "./campaigns/channels/channelConfig.ts";
import type { CourierCounts } from "./campaigns/createCourier.ts";
import { createReceiptDoor } from "./campaigns/receipts.ts";
import type { Config } from "./config.ts";
import { createDefinitionDoors } from "./definitions/createDefinitionDoors.ts";
import type { Position } from "./domain/event.ts";
import { createEffectWatch } from "./graphql/campaign/effects/effectWatch.ts";
import { createCommitWatch } from "./graphql/campaign/feed/commitWatch.ts";
import type { Backend } from "./graphql/context.ts";
import { createFeedWatch } from "./graphql/segment/feed/feedWatch.ts";
import { createFactFields } from "./intake/factFields.ts";
import { eventIdOf, idSecret } from "./intake/identify.ts";
import { oneAtATime } from "./intake/oneAtATime.ts";
import { standards } from "./intake/standards.ts";
import { createUpcaster } from "./intake/upcaster.ts";
import { createCheckpointSignal } from "./projections/checkpointSignal.ts";
import { leftSealed } from "./projections/logPages.ts";
import { compileTags } from "./projections/tags/evaluation/tagProgram.ts";
import { createTagLibrary } from "./projections/tags/tagLibrary.ts";
import { collectInBackground } from "./threads/background.ts";
import { startThread } from "./threads/callThread.ts";
import type { CourierThreadData } from "./threads/courierThread.ts";
import { factCatalogue } from "./threads/factCatalogue.ts";
import type { IntakeThreadData, IntakeThreadReady } from "./threads/intakeThread.ts";
import type { LongRunThreadData } from "./threads/longRunThread.ts";
import type { ProjectorStats, ProjectorThreadData, ProjectorThreadReady } from "./threads/projectorThread.ts";
import type { SegmentThreadData } from "./threads/segmentThread.ts";
import { createSignals } from "./threads/signals.ts";
import { createThreadedAppend } from "./threads/threadedAppend.ts";
import { createThreadedIntake } from "./threads/threadedIntake.ts";
import { createThreadedManualTags } from "./threads/threadedManualTags.ts";
import { createThreadedOperations } from "./threads/threadedOperations.ts";
import { createThreadedPreview } from "./threads/threadedPreview.ts";
import { collectRarely } from "./threads/workingMemory.ts";

/** The embedded product: one folder, one process, and threads for the door, the projector and questions about everybody. */
export type Product = {
  readonly backend: Backend;
  /** Where the log stands, and how far the read models reflect it. */
  readonly head: () => Position;
  readonly checkpoint: () => Position;
  readonly projector: () => Promise<ProjectorStats>;
  /** What became of decisions and sends since the start. */
  readonly courier: () => Promise<CourierCounts>;
  /** Tells other processes where this one answers. */
  readonly announce: (url: string) => void;
  /** Resolves when a thread has died unasked: nothing can be promised any more. */
  readonly broken: Promise<Error>;
  /** Finishes what is under way and gives the folder back. */
  readonly close: () => Promise<void>;
};

const startTimeoutMs = 120_000;
/** Starting may have to build the read models from a long log; it says how far it is. */
const longestStartMs = 24 * 3_600_000;
const stopTimeoutMs = 30_000;
const intakeTimeoutMs = 30_000;

/**
 * Opens the store of `config.dataDir` for this process; `command` tells others who has it. Throws StorageFailure
 * (StoreLocked where another has it), CatalogueUnusable, ChannelsUnusable.
 */
export async function openProduct(
  config: Config,
  command: string,
  logOptions: LogWriterOptions = {},
): Promise<Product> {
  const { dataDir: folder, projectorCache: cacheSize } = config;
  const catalogue = factCatalogue();
  const settings = readChannelSettings(folder, config.channelsFile);
  const lock = lockStore(folder, command);
  const stops: (() => unknown)[] = [lock.release];
  const close = async (): Promise<void> => {
    while (stops.length > 0) await stops.pop()?.();
  };
  collectInBackground();
  collectRarely();
  try {
    const signals = createSignals();
    const { maxFutureMs } = config;
    const toWriter = new MessageChannel();
    const intakeData: IntakeThreadData = {
      ...{ folder, signals: signals.memory, maxFutureMs, logOptions },
      courier: toWriter.port1,
    };
    const intakeStart = await startThread<IntakeThreadReady>("./intakeThread", intakeData, startTimeoutMs, [
      toWriter.port1,
    ]);
    stops.push(() => intakeStart.thread.stop(stopTimeoutMs));

    const columns = new MessageChannel();
    const { logId } = intakeStart.ready;
    const projectorData: ProjectorThreadData = {
      ...{ folder, signals: signals.memory, cacheSize, logId },
      columns: columns.port1,
    };
    const projectorStart = await startThread<ProjectorThreadReady>("./projectorThread", projectorData, longestStartMs, [
      columns.port1,
    ]);
    const projector = projectorStart.thread;
    stops.push(() => projector.stop(stopTimeoutMs));

    const timeoutMs = config.previewTimeoutMs;
    const segmentData: SegmentThreadData = { folder, signals: signals.memory, columns: columns.port2, timeoutMs };
    const segmentStart = await startThread<null>("./segmentThread", segmentData, startTimeoutMs, [columns.port2]);
    const segments = segmentStart.thread;
    stops.push(() => segments.stop(stopTimeoutMs));

    const courierData: CourierThreadData = {
      ...{ folder, signals: signals.memory, settings },
      generation: projectorStart.ready.generation,
      writer: toWriter.port2,
    };
    const courierStart = await startThread<null>("./courierThread", courierData, startTimeoutMs, [toWriter.port2]);
    const courier = courierStart.thread;
    stops.push(() => courier.stop(stopTimeoutMs));

    const paths = storePaths(folder);
    const vault = createKeyVault(paths.keys, "read");
    const log = createLogReader(paths.events, vault);
    stops.push(vault.close, log.close);

    const identitySecret = idSecret(vault.secret("identity"));
    const intake = createThreadedIntake(intakeStart.thread, intakeTimeoutMs);

    const checkpoints = createCheckpointSignal(projectorStart.ready.checkpoint);
    const readModels = openReadModels(generationFile(folder, projectorStart.ready.generation), checkpoints, {
      commits: signals.commits,
    });
    stops.push(readModels.close);
    const doors = createDefinitionDoors({
      log,
      append: createThreadedAppend(intakeStart.thread, intakeTimeoutMs),
      fields: createFactFields(catalogue, leftSealed),
      standards,
      now: Date.now,
    });
    let closed = false;
    const bridge = async (): Promise<void> => {
      while (!closed) {
        const seen = signals.get("committed");
        readModels.letGo();
        checkpoints.publish(signals.get("checkpoint"), signals.commits());
        await signals.changed("committed", seen, 500);
      }
    };
    const bridged = bridge();

    const longRun: LongRunThreadData = { folder, cacheSize };
    const operations = createThreadedOperations({
      projector,
      threadData: longRun,
      now: Date.now,
      switchReadModels: async generation => {
        readModels.switchTo(generationFile(folder, generation));
        await courier.call("switchTo", generation, startTimeoutMs);
      },
    });
    stops.push(operations.stop, () => {
      closed = true;
      return bridged;
    });

    const died = (name: string, ended: Promise<Error | null>): Promise<Error> =>
      new Promise(resolve => {
        ended.then(error => error && resolve(new Error(`the ${name} thread died: ${error.message}`, { cause: error })));
      });
    return {
      backend: {
        logId,
        log,
        readModels,
        intake,
        receipts: createReceiptDoor({
          ...{ log, intake, now: Date.now, inTurn: oneAtATime() },
          eventIdOf: (source, id) => eventIdOf(identitySecret, source, id),
        }),
        ...doors,
        preview: createThreadedPreview(segments, timeoutMs + 5000),
        manualTags: createThreadedManualTags(intakeStart.thread, intakeTimeoutMs),
        tags: createTagLibrary({ log, catalogue: doors.definitions.catalogue, compile: compileTags }),
        catalogue,
        upcast: createUpcaster(catalogue),
        operations,
        segmentFeeds: createFeedWatch(readModels),
        effectUpdates: createEffectWatch(readModels),
        commits: createCommitWatch(readModels),
        now: Date.now,
        minPositionTimeoutMs: config.minPositionTimeoutMs,
      },
      head: () => signals.get("head"),
      checkpoint: () => signals.get("checkpoint"),
      courier: () => courier.call<CourierCounts>("counts", null, 5000),
      projector: () => projector.call<ProjectorStats>("stats", null, 5000),
      announce: lock.announce,
      broken: Promise.race([
        died("intake", intakeStart.thread.ended),
        died("projector", projector.ended),
        died("segments", segments.ended),
        died("courier", courier.ended),
      ]),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
