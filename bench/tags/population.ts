import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import type { RecordedEvent } from "../../src/domain/event.ts";
import { createEngine } from "../../src/projections/engine.ts";
import { createPopulationLog } from "./populationLog.ts";

/**
 * Facts per second, from log to tags, at a number of customers each with a short history: new payments go to customers at
 * random, so that hardly any is in memory.
 */
export async function benchPopulation(folder: string, customers: number, facts: number): Promise<number> {
  const home = mkdtempSync(join(folder, "population-"));
  const log = createPopulationLog(home, Date.UTC(2025, 11, 1));
  const store = openReadModelStore(join(home, "readmodels.db"));
  const engine = createEngine({ log: log.reader, store, upcast: (event: RecordedEvent) => event });
  try {
    log.writeLives(customers, 4);
    await engine.drain();
    log.publishTags();
    await engine.drain();
    log.writePayments(customers, facts);
    const started = performance.now();
    await engine.drain();
    return Math.round((facts * 1000) / (performance.now() - started));
  } finally {
    store.close();
    log.close();
    rmSync(home, { recursive: true });
  }
}
