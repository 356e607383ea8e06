import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { openReadModels } from "../../src/adapters/embedded/readModels/openReadModels.ts";
import { createMemoryReadModels } from "../../src/adapters/memory/createMemoryReadModels.ts";
import { createCheckpointSignal } from "../../src/projections/checkpointSignal.ts";
import { tagReadsContract } from "../contracts/tagReadsContract.ts";

tagReadsContract("the memory adapter", () => ({ ...createMemoryReadModels(), close: () => {} }));

tagReadsContract("the embedded adapter", () => {
  const folder = mkdtempSync(join(tmpdir(), "c360-tags-"));
  const file = join(folder, "readmodels.db");
  const store = openReadModelStore(file);
  const readModels = openReadModels(file, createCheckpointSignal());
  return {
    store,
    readModels,
    close: () => {
      readModels.close();
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
});
