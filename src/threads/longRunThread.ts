import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { createKeyVault } from "../adapters/embedded/createKeyVault.ts";
import { createLeanLog } from "../adapters/embedded/log/createLeanLog.ts";
import { createLogReader } from "../adapters/embedded/log/createLogReader.ts";
import { generationFile, removeGeneration } from "../adapters/embedded/readModels/generations.ts";
import { openReadModelStore } from "../adapters/embedded/readModels/openReadModelStore.ts";
import { openReadModelContents, openReadModels } from "../adapters/embedded/readModels/openReadModels.ts";
import { readModelFailure } from "../adapters/embedded/readModels/readModelFailure.ts";
import { storePaths } from "../adapters/embedded/storePaths.ts";
import type { Position } from "../domain/event.ts";
import { identityPolicy } from "../intake/identityPolicyFile.ts";
import { createPersonalPaths } from "../intake/personalPaths.ts";
import { createUpcaster } from "../intake/upcaster.ts";
import type { PolicyReplayed, PolicyTrial } from "../projections/campaigns/replay/replayPolicy.ts";
import { createCheckpointSignal } from "../projections/checkpointSignal.ts";
import { type Rebuilt, rebuild } from "../projections/rebuild.ts";
import { type ReadModelVerdict, verifyReadModels } from "../projections/verifyReadModels.ts";
import { runInBackground } from "./background.ts";
import { answerCalls } from "./callThread.ts";
import { factCatalogue } from "./factCatalogue.ts";
import { policyReplayOver } from "./policyReplayOver.ts";
import { yieldingLeanLog } from "./yieldingLeanLog.ts";
import { yieldingReader } from "./yieldingReader.ts";

/* Rebuilds or verifies beside the projector, reading the log through its own connection. */
export type LongRunThreadData = { readonly folder: string; readonly cacheSize: number };
export type LongRunProgress = { readonly position: Position; readonly target: Position };
export type LongRunCalls = {
  readonly rebuild: Rebuilt;
  readonly verify: ReadModelVerdict;
  readonly replayPolicy: PolicyReplayed;
};

const { folder, cacheSize } = workerData as LongRunThreadData;
runInBackground();
const paths = storePaths(folder);
const vault = createKeyVault(paths.keys, "read");
const log = yieldingReader(createLogReader(paths.events, vault));
const catalogue = factCatalogue();
const upcast = createUpcaster(catalogue);
const isPersonal = createPersonalPaths(catalogue);
const { matching } = identityPolicy(folder);
let progress: LongRunProgress = { position: 0, target: 0 };
const onProgress = ({ position, head }: { readonly position: Position; readonly head: Position }): void => {
  progress = { position, target: head };
};

answerCalls(
  parentPort as MessagePort,
  {
    ready: () => null,
    progress: () => progress,
    rebuild: (generation: number): Promise<Rebuilt> => {
      removeGeneration(folder, generation);
      const makeStore = (number: number) => openReadModelStore(generationFile(folder, number), { kind: "building" });
      return rebuild({ log, generation, makeStore, upcast, matching, isPersonal, cacheSize, onProgress });
    },
    /** `generation`: the live one. */
    replayPolicy: async ({
      generation,
      trial,
    }: {
      generation: number;
      trial: PolicyTrial;
    }): Promise<PolicyReplayed> => {
      const lean = yieldingLeanLog(createLeanLog(paths.events));
      const models = openReadModels(generationFile(folder, generation), createCheckpointSignal(0));
      try {
        const onStretch = (done: LongRunProgress): void => {
          progress = done;
        };
        return await policyReplayOver({ models, log, upcast, lean, onProgress: onStretch }, trial);
      } finally {
        models.close();
        lean.close();
      }
    },
    /** `generation`: the live one; `scratch`: a number for the throw-away one. */
    verify: async ({ generation, scratch }: { generation: number; scratch: number }): Promise<ReadModelVerdict> => {
      const file = generationFile(folder, generation);
      const live = openReadModelContents(file);
      removeGeneration(folder, scratch);
      const makeStore = () => openReadModelStore(generationFile(folder, scratch), { kind: "building" });
      try {
        return await verifyReadModels({
          log,
          live: live.contents,
          makeStore,
          upcast,
          matching,
          isPersonal,
          cacheSize,
          onProgress,
        });
      } catch (error) {
        throw String((error as { code?: unknown }).code).startsWith("SQLITE_") ? readModelFailure(error, file) : error;
      } finally {
        live.close();
        removeGeneration(folder, scratch);
      }
    },
  },
  () => {
    log.close();
    vault.close();
  },
);
