import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openReadModelStore } from "../../../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { createMemoryReadModels } from "../../../../src/adapters/memory/createMemoryReadModels.ts";
import { digestOf } from "../../../../src/projections/digest.ts";
import type { ReadModelStore } from "../../../../src/projections/readModelStore.ts";
import { rebuild } from "../../../../src/projections/rebuild.ts";
import type { Evaluated } from "../../../../src/projections/tags/evaluation/evaluated.ts";
import type { TagChange } from "../../../../src/projections/tags/stage/tagChange.ts";
import { createTagStage } from "../../../../src/projections/tags/stage/tagStage.ts";
import { storedTagReads } from "../../../../src/projections/tags/storedTagReads.ts";
import { campaign } from "../../support/campaign.ts";
import type { TestFact } from "../../support/facts.ts";
import { day } from "./support/definitions.ts";
import { groupFacts } from "./support/groupLife.ts";
import { type Bank, bankOf, truthAt } from "./support/groupTruth.ts";
import { createTagBench, pacing } from "./support/tagBench.ts";

const folder = mkdtempSync(join(tmpdir(), "c360-merged-tags-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newMemory = (): ReadModelStore => createMemoryReadModels().store;

const stretch = fc.record({
  facts: fc.integer({ min: 0, max: 15 }),
  pause: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.constantFrom(0, 1, day - 1)).map(([days, ms]) => days * day + ms),
  steps: fc.nat({ max: 3 }),
  sizes: fc.record({ pageSize: fc.integer({ min: 1, max: 9 }), flushEvents: fc.integer({ min: 1, max: 20 }) }),
  restart: fc.boolean(),
  look: fc.boolean(),
});
const life = fc.record({
  facts: groupFacts(70),
  stretches: fc.array(stretch, { minLength: 3, maxLength: 9, size: "max" }),
});
type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never;

const storedOf = (store: ReadModelStore, person: string): ReadonlyMap<string, Evaluated> | null =>
  (storedTagReads(store.tags).tagsOf([person as never]) as (ReadonlyMap<string, Evaluated> | null)[])[0] ?? null;

/** Stored values are the truth at the log's time, and for as long as they say. */
function expectTruth(store: ReadModelStore, bank: Bank, at: number): void {
  for (const id of bank.ids) {
    const stored = storedOf(store, id);
    expect(stored === null, "has no tags").toBe(bank.personOf(id) !== id);
    if (stored === null) continue;
    for (const [code, truth] of truthAt(bank, id, at)) {
      const { value, validUntil } = stored.get(code) as Evaluated;
      expect(value, code).toEqual(truth);
      if (validUntil === null) expect(truthAt(bank, id, at + 1000 * day).get(code), code).toEqual(truth);
      else expect(truthAt(bank, id, validUntil - 1).get(code), code).toEqual(truth);
    }
  }
}

async function live({ facts, stretches }: Life, open: (store: ReadModelStore | null) => ReadModelStore) {
  const bench = createTagBench();
  let store = open(null);
  let engine = bench.engineOver(store);
  let [at, sent] = [0, 0];
  for (const { facts: number, pause, steps, sizes, restart, look } of stretches) {
    at += pause;
    bench.tell(facts.slice(sent, sent + number), at);
    sent += number;
    if (restart) {
      store = open(store);
      engine = bench.engineOver(store, sizes);
    }
    for (let step = 0; step < steps; step += 1) await engine.step();
    if (!look) continue;
    bench.tick(at);
    await engine.drain();
    expectTruth(store, bankOf(await bench.events()), at);
  }
  bench.tell(facts.slice(sent), at);
  bench.tick(at);
  await engine.drain();
  expectTruth(store, bankOf(await bench.events()), at);
  return { store, bench, engine, at };
}

test("tags of people merged, split and merged again are at any time what the raw facts of all they are say, and equal a rebuild", () =>
  fc.assert(
    fc.asyncProperty(life, fc.boolean(), async (life, onDisk) => {
      await setImmediate();
      files += 1;
      const file = join(folder, `${files}.db`);
      const memory = newMemory();
      const { store, bench } = await live(life, before => {
        if (!onDisk) return memory;
        before?.close();
        return openReadModelStore(file);
      });
      const rebuilt = await rebuild({
        ...{ ...pacing, log: bench.reader, generation: 2, makeStore: newMemory },
        makeStage: ({ tags }) => createTagStage({ tables: tags }),
      });
      expect(digestOf(store.contents())).toBe(rebuilt.digest);
      if (onDisk) store.close();
    }),
    campaign(40),
  ));

test("when time passes, each change is told at the very millisecond from which it is so, whoever was merged with whom", () =>
  fc.assert(
    fc.asyncProperty(
      groupFacts(50),
      fc.array(fc.integer({ min: 1, max: 3 * day }), { maxLength: 6 }),
      async (facts, pauses) => {
        await setImmediate();
        const bench = createTagBench();
        const changes: TagChange[] = [];
        const store = newMemory();
        const engine = bench.engineOver(store, {}, some => changes.push(...some));
        bench.tell(facts as TestFact[], day);
        await engine.drain();
        const bank = bankOf(await bench.events());
        let at = day;
        const earliest = (): number =>
          Math.min(
            ...bank.ids.flatMap(id => [...(storedOf(store, id)?.values() ?? [])].map(v => v.validUntil ?? Infinity)),
          );
        const passTo = async (next: number) => {
          changes.length = 0;
          at = next;
          bench.tick(at);
          await engine.drain();
          expectTruth(store, bank, at);
          for (const { customerId, code, cause, at: from, before, after } of changes) {
            expect(cause).toBe("clock");
            const truth = (at: number) => truthAt(bank, customerId, at).get(code);
            if (truth(from) === undefined) continue;
            expect([truth(from - 1), truth(from)]).toEqual([before, after]);
          }
        };
        for (let due = earliest(); due <= 12 * day; due = earliest()) {
          await passTo(due - 1);
          expect(changes).toEqual([]);
          await passTo(due);
          expect(changes.filter(change => change.at !== due)).toEqual([]);
          const pause = pauses.shift();
          if (pause === undefined) break;
          await passTo(at + pause);
        }
      },
    ),
    campaign(40),
  ));
