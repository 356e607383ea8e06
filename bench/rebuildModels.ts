import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createKeyVault } from "../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../src/adapters/embedded/log/createLogReader.ts";
import { createLogWriter, type EmbeddedLogWriter } from "../src/adapters/embedded/log/createLogWriter.ts";
import { generationFile, removeGeneration } from "../src/adapters/embedded/readModels/generations.ts";
import { openReadModelStore } from "../src/adapters/embedded/readModels/openReadModelStore.ts";
import type { KeyVault } from "../src/adapters/eventFormat/keyVault.ts";
import { createMemoryReadModels } from "../src/adapters/memory/createMemoryReadModels.ts";
import { generateBank } from "../src/demo/generateBank.ts";
import type { RecordedEvent } from "../src/domain/event.ts";
import type { LogReader } from "../src/domain/eventLog.ts";
import { createIntake } from "../src/intake/createIntake.ts";
import { createEngine } from "../src/projections/engine.ts";
import { rebuild } from "../src/projections/rebuild.ts";
import { factCatalogue } from "../src/threads/factCatalogue.ts";
import { fillLog } from "./fillLog.ts";
import { median } from "./median.ts";

export type RebuildFigure = {
  readonly events: number;
  /** Events per second: log file to finished, digested generation. */
  readonly ours: number;
  /** The same work without a database: events in memory, the same engine and folds, all rows into maps. */
  readonly floor: number;
  readonly ratio: number;
};

/**
 * Rebuild from the log into a new generation, one thread, against the same fold of the same events in memory, rows and all. Medians. `bank`:
 * a generated bank, as the product meets it; `sparse`: card payments of 100,000 customers at random, three each, where
 * every third event makes a new customer and neighbours never meet.
 */
export async function benchRebuild(
  folder: string,
  kind: "bank" | "sparse",
  events: number,
  rounds: number,
): Promise<RebuildFigure> {
  const home = mkdtempSync(join(folder, "rebuild-"));
  const vault = createKeyVault(join(home, "keys.db"), "write");
  const writer = createLogWriter(join(home, "events.db"), vault);
  const log = await fill[kind](home, writer, vault, events);
  const loaded: RecordedEvent[] = [];
  for (let page: RecordedEvent[] = []; ; ) {
    page = await log.read({ after: loaded.at(-1)?.position ?? 0, limit: 5000 });
    loaded.push(...page);
    if (page.length < 5000) break;
  }
  const byId = new Map<string, RecordedEvent>(loaded.map(event => [event.eventId, event]));
  const inMemory: Pick<LogReader, "read" | "readAt" | "readStream" | "findById"> = {
    read: async ({ after = 0, limit }) => loaded.slice(after, after + limit),
    readAt: async positions => positions.map(position => loaded[position - 1] ?? null),
    readStream: log.readStream,
    findById: async ids => ids.map(id => byId.get(id) ?? null),
  };
  const upcast = (event: RecordedEvent): RecordedEvent => event;
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    let started = performance.now();
    await createEngine({ log: inMemory, store: createMemoryReadModels().store, upcast }).drain();
    floor.push(performance.now() - started);
    started = performance.now();
    const { position, poisoned } = await rebuild({
      log,
      generation: round,
      makeStore: generation => openReadModelStore(generationFile(home, generation), { kind: "building" }),
      upcast,
    });
    ours.push(performance.now() - started);
    if (position !== loaded.length || poisoned.length > 0) throw new Error("the rebuild did not fold every event");
    removeGeneration(home, round);
  }
  log.close();
  writer.close();
  rmSync(home, { recursive: true });
  const rate = (times: readonly number[]) => Math.round((loaded.length * 1000) / median(times));
  return { events: loaded.length, ours: rate(ours), floor: rate(floor), ratio: median(floor) / median(ours) };
}

type Fill = (home: string, writer: EmbeddedLogWriter, vault: KeyVault, events: number) => Promise<LogReader>;

const fill: Record<"bank" | "sparse", Fill> = {
  bank: async (home, writer, vault, events) => {
    const reader = createLogReader(join(home, "events.db"), vault);
    const secret = vault.secret("identity");
    const intake = createIntake({ writer, reader, catalogue: factCatalogue(), secret, now: Date.now });
    for (const facts of generateBank({ seed: 3, customers: 1_000_000 })) {
      await intake.submit({ format: "facts", facts }, { source: "bench" });
      writer.maintain();
      if (writer.head() >= events) break;
    }
    return reader;
  },
  sparse: async (home, writer, vault, events) => {
    fillLog(writer, 13, events);
    return createLogReader(join(home, "events.db"), vault);
  },
};
