import { join } from "node:path";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { openReadModels } from "../../src/adapters/embedded/readModels/openReadModels.ts";
import { createMemoryReadModels } from "../../src/adapters/memory/createMemoryReadModels.ts";
import { createCheckpointSignal } from "../../src/projections/checkpointSignal.ts";
import { type OpenStore, segmentTablesContract } from "../contracts/segmentTablesContract.ts";
import { tempFolder } from "../support/tempFolder.ts";

segmentTablesContract("the memory adapter", () => {
  const opened: OpenStore = { ...createMemoryReadModels(), reopen: () => opened, close: () => {} };
  return opened;
});

function openFile(file: string): OpenStore {
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

segmentTablesContract("the embedded adapter", () => openFile(join(tempFolder(), "readmodels.db")));
