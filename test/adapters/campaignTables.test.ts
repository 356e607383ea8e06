import { join } from "node:path";
import { createMemoryReadModels } from "../../src/adapters/memory/createMemoryReadModels.ts";
import { campaignTablesContract } from "../contracts/campaignTablesContract.ts";
import type { OpenStore } from "../contracts/segmentTablesContract.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { openFile } from "./support/openFile.ts";

campaignTablesContract("the memory adapter", () => {
  const opened: OpenStore = { ...createMemoryReadModels(), reopen: () => opened, close: () => {} };
  return opened;
});

campaignTablesContract("the embedded adapter", () => openFile(join(tempFolder(), "readmodels.db")));
