import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { createKeyVault } from "../../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../../src/adapters/embedded/log/createLogReader.ts";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import type { RecordedEvent } from "../../src/domain/event.ts";
import { createEngine } from "../../src/projections/engine.ts";
import type { StretchRate } from "./grownBank.ts";

/* What the projector's thread of the product does, and with the same memory; it is told how many events to take up, null to end. */
const home = workerData as string;
const vault = createKeyVault(join(home, "keys.db"), "read");
const reader = createLogReader(join(home, "events.db"), vault);
const store = openReadModelStore(join(home, "readmodels.db"));
const engine = createEngine({ log: reader, store, upcast: (event: RecordedEvent) => event });

let following = true;
const follow = async (): Promise<void> => {
  while (following) if ((await engine.step()) === 0) await wait(200);
};
const followed = follow();

const caughtUp = async (written: number): Promise<StretchRate> => {
  following = false;
  await followed;
  const started = performance.now();
  const before = process.cpuUsage();
  await engine.drain();
  const { user, system } = process.cpuUsage(before);
  return {
    byClock: Math.round((written * 1000) / (performance.now() - started)),
    byProcessor: Math.round((written * 1_000_000) / (user + system)),
  };
};

parentPort?.on("message", async (written: number | null) => {
  if (written !== null) {
    parentPort?.postMessage(await caughtUp(written));
    return;
  }
  store.close();
  reader.close();
  vault.close();
  parentPort?.close();
});
parentPort?.postMessage(null);
