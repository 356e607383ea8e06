import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { createMemoryLog } from "../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../src/adapters/memory/createMemoryReadModels.ts";
import type { LogReader } from "../../src/domain/eventLog.ts";
import { digestOf } from "../../src/projections/digest.ts";
import { createEngine, type EngineOptions } from "../../src/projections/engine.ts";
import type { ReadModelStore } from "../../src/projections/readModelStore.ts";
import { rebuild } from "../../src/projections/rebuild.ts";
import { appendAll } from "./support/facts.ts";
import { randomFacts } from "./support/randomFacts.ts";

const folder = mkdtempSync(join(tmpdir(), "c360-projections-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const freshFile = (): string => join(folder, `${++files}.db`);

const rules = ["a", "7"].map(name => ({ name, attributes: [{ name, form: "text" as const }] }));
const pacing = {
  now: () => 0,
  upcast: (event: Parameters<EngineOptions["upcast"]>[0]) => event,
  matching: { rules, sharedByAtMost: 2, ignored: ["false"] },
};

/** A stretch of life: so many facts arrive, the engine makes so many steps, then perhaps stops without a word. */
const stretch = fc.record({
  arrivals: fc.nat({ max: 40 }),
  steps: fc.nat({ max: 4 }),
  pageSize: fc.integer({ min: 1, max: 7 }),
  flushEvents: fc.integer({ min: 1, max: 20 }),
  cacheSize: fc.integer({ min: 1, max: 5 }),
  reopen: fc.boolean(),
});
const life = fc.record({
  facts: randomFacts(120),
  stretches: fc.array(stretch, { minLength: 1, maxLength: 8, size: "max" }),
});
type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never;

async function live({ facts, stretches }: Life, reopen: (store: ReadModelStore | null) => ReadModelStore) {
  const { writer, reader } = createMemoryLog({ logId: "log" });
  let store = reopen(null);
  let sent = 0;
  let engine = createEngine({ ...pacing, log: reader, store });
  for (const { arrivals, steps, reopen: stops, ...sizes } of stretches) {
    appendAll(writer, facts.slice(sent, sent + arrivals));
    sent += Math.min(arrivals, facts.length - sent);
    if (stops) {
      store = reopen(store);
      engine = createEngine({ ...pacing, ...sizes, log: reader, store });
    }
    for (let step = 0; step < steps; step++) await engine.step();
  }
  appendAll(writer, facts.slice(sent));
  await engine.drain();
  const digest = digestOf(store.contents());
  store.close();
  return { reader, digest };
}

const rebuiltIn = async (log: LogReader, makeStore: () => ReadModelStore) =>
  (await rebuild({ ...pacing, log, generation: 2, makeStore })).digest;

test("whatever arrives, however it is cut, cached and interrupted, the rows equal a rebuild in either store", () =>
  fc.assert(
    fc.asyncProperty(life, async life => {
      await setImmediate(); // memory logs answer without ever letting a timer run
      const file = freshFile();
      const embedded = await live(life, store => {
        store?.close();
        return openReadModelStore(file);
      });
      const memory = createMemoryReadModels().store;
      const inMemory = await live(life, () => memory);
      const digests = {
        embedded: embedded.digest,
        memory: inMemory.digest,
        rebuiltInMemory: await rebuiltIn(embedded.reader, () => createMemoryReadModels().store),
        rebuiltEmbedded: await rebuiltIn(embedded.reader, () => openReadModelStore(freshFile())),
      };
      expect(digests).toEqual({
        embedded: digests.rebuiltInMemory,
        memory: digests.rebuiltInMemory,
        rebuiltInMemory: digests.rebuiltInMemory,
        rebuiltEmbedded: digests.rebuiltInMemory,
      });
    }),
    { numRuns: 40, interruptAfterTimeLimit: 20_000 },
  ));
