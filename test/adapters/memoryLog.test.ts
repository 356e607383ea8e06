import { createMemoryLog } from "../../src/adapters/memory/createMemoryLog.ts";
import { eventLogContract } from "../contracts/eventLogContract.ts";

eventLogContract("the memory log", () => ({ ...createMemoryLog(), close: () => {} }));
