import { createMemoryReadModels } from "../../src/adapters/memory/createMemoryReadModels.ts";
import { readModelsContract } from "../contracts/readModelsContract.ts";

readModelsContract("the memory read models", () => ({ ...createMemoryReadModels(), close: () => {} }));
