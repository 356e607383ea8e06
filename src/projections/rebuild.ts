import type { Position } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import { digestOf } from "./digest.ts";
import { createEngine, type EngineOptions } from "./engine.ts";
import type { EngineStage } from "./engineStage.ts";
import type { Poison, ReadModelStore } from "./readModelStore.ts";
import { stageOver } from "./stageOver.ts";

export type RebuildProgress = { readonly position: Position; readonly head: Position };

/** Nobody waits for single events of a whole run: it commits seldom, which keeps neighbouring rows together. */
export const wholePace = { flushEvents: 100_000, flushMs: Number.POSITIVE_INFINITY } as const;

export type Rebuilt = {
  readonly generation: number;
  readonly position: Position;
  readonly digest: string;
  /** Streams that could not be folded to their end. */
  readonly poisoned: readonly Poison[];
};

/**
 * Builds a new generation of read models from position 0 to the head of the log, beside the one in use. `makeStore` must
 * give an empty store: what an interrupted rebuild left is started over, so that nothing half-built is ever trusted.
 * Taking the new generation into use is the caller's, once this has come back.
 */
export async function rebuild({
  log,
  generation,
  makeStore,
  makeStage = stageOver,
  onProgress = () => {},
  ...engineOptions
}: Omit<EngineOptions, "store" | "stage" | "onCommit" | "log" | "until"> & {
  readonly log: Pick<LogReader, "head" | "read" | "readAt" | "readStream" | "findById">;
  readonly generation: number;
  readonly makeStore: (generation: number) => ReadModelStore;
  readonly makeStage?: (store: ReadModelStore) => EngineStage;
  readonly onProgress?: (progress: RebuildProgress) => void;
}): Promise<Rebuilt> {
  const store = makeStore(generation);
  try {
    if (store.checkpoint().position !== 0) throw new Error(`generation ${generation} is not empty`);
    const engine = createEngine({ ...wholePace, stage: makeStage(store), ...engineOptions, log, store });
    do {
      onProgress({ position: engine.stats().position, head: await log.head() });
    } while ((await engine.step()) > 0);
    return {
      generation,
      position: engine.checkpoint(),
      digest: digestOf(store.contents()),
      poisoned: engine.poisoned(),
    };
  } finally {
    store.close();
  }
}
