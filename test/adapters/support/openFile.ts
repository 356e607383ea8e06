import { openReadModelStore } from "../../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { openReadModels } from "../../../src/adapters/embedded/readModels/openReadModels.ts";
import { createCheckpointSignal } from "../../../src/projections/checkpointSignal.ts";
import type { OpenStore } from "../../contracts/segmentTablesContract.ts";

/** Read models in a file, with their readers beside the one writer. */
export function openFile(file: string): OpenStore {
  const store = openReadModelStore(file);
  const readModels = openReadModels(file, createCheckpointSignal());
  const close = (): void => {
    readModels.close();
    store.close();
  };
  const reopen = (): OpenStore => {
    close();
    return openFile(file);
  };
  return { store, readModels, reopen, close };
}
