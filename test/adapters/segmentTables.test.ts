import { join } from "node:path";
import { createMemoryReadModels } from "../../src/adapters/memory/createMemoryReadModels.ts";
import { type OpenStore, segmentTablesContract } from "../contracts/segmentTablesContract.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { openFile } from "./support/openFile.ts";

segmentTablesContract("the memory adapter", () => {
  const opened: OpenStore = { ...createMemoryReadModels(), reopen: () => opened, close: () => {} };
  return opened;
});

segmentTablesContract("the embedded adapter", () => openFile(join(tempFolder(), "readmodels.db")));
