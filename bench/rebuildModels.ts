import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createKeyVault } from "../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../src/adapters/embedded/log/createLogReader.ts";
import { createLogWriter } from "../src/adapters/embedded/log/createLogWriter.ts";
import { generationFile, removeGeneration } from "../src/adapters/embedded/readModels/generations.ts";
import { openReadModelStore } from "../src/adapters/embedded/readModels/openReadModelStore.ts";
import type { RecordedEvent } from "../src/domain/event.ts";
import type { Customer } from "../src/projections/customer/customer.ts";
import { foldCustomer } from "../src/projections/customer/fold.ts";
import { rebuild } from "../src/projections/rebuild.ts";
import { median } from "./median.ts";
import { sampleEvents } from "./sampleEvents.ts";

export type RebuildFigure = {
  readonly events: number;
  /** Events per second: log file to finished, digested generation. */
  readonly ours: number;
  /** The same folds over events already in memory, into a map. */
  readonly floor: number;
  readonly ratio: number;
};

/** Rebuild from the log into a new generation, one thread, against the in-memory fold of the same events. Medians. */
export async function benchRebuild(folder: string, events: number, rounds: number): Promise<RebuildFigure> {
  const home = mkdtempSync(join(folder, "rebuild-"));
  const vault = createKeyVault(join(home, "keys.db"), "write");
  const writer = createLogWriter(join(home, "events.db"), vault);
  const source = sampleEvents(13);
  for (let done = 0; done < events; done += 1000) {
    const requests = Array.from({ length: 1000 }, () => {
      const { stream, event } = source.next().value;
      return { writes: [{ stream, expected: "any" as const, events: [event] }] };
    });
    writer.append(requests, 1_700_000_000_000 + done);
    writer.maintain();
  }
  const log = createLogReader(join(home, "events.db"), vault);
  const loaded: RecordedEvent[] = [];
  for (let page: RecordedEvent[] = []; ; ) {
    page = await log.read({ after: loaded.at(-1)?.position ?? 0, limit: 5000 });
    loaded.push(...page);
    if (page.length < 5000) break;
  }
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    let started = performance.now();
    const customers = new Map<string, Customer>();
    for (const event of loaded) customers.set(event.stream, foldCustomer(customers.get(event.stream) ?? null, event));
    floor.push(performance.now() - started);
    started = performance.now();
    const { position, poisoned } = await rebuild({
      log,
      generation: round,
      makeStore: generation => openReadModelStore(generationFile(home, generation)),
      upcast: event => event,
    });
    ours.push(performance.now() - started);
    if (position !== events || poisoned.length > 0) throw new Error("the rebuild did not fold every event");
    removeGeneration(home, round);
  }
  log.close();
  writer.close();
  rmSync(home, { recursive: true });
  const rate = (times: readonly number[]) => Math.round((events * 1000) / median(times));
  return { events, ours: rate(ours), floor: rate(floor), ratio: median(floor) / median(ours) };
}
