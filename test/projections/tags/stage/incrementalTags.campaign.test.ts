import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openReadModelStore } from "../../../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { createMemoryLog } from "../../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../../src/adapters/memory/createMemoryReadModels.ts";
import type { LogReader } from "../../../../src/domain/eventLog.ts";
import { digestOf } from "../../../../src/projections/digest.ts";
import { createEngine, type EngineOptions } from "../../../../src/projections/engine.ts";
import type { ReadModelStore } from "../../../../src/projections/readModelStore.ts";
import { rebuild } from "../../../../src/projections/rebuild.ts";
import { createTagStage } from "../../../../src/projections/tags/stage/tagStage.ts";
import { verifyReadModels } from "../../../../src/projections/verifyReadModels.ts";
import { appendAll, type TestFact } from "../../support/facts.ts";
import { randomFacts } from "../../support/randomFacts.ts";
import { day, publishOrder, versionsOf } from "./support/definitions.ts";
import { createMirror, storedValues } from "./support/mirror.ts";

const folder = mkdtempSync(join(tmpdir(), "c360-tags-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const freshFile = (): string => join(folder, `${++files}.db`);
const pacing = { now: () => 0, upcast: (event: Parameters<EngineOptions["upcast"]>[0]) => event };

/** What happens between two looks at the log. Times pass in hours, now and then not at all. */
const happening = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant("facts" as const), number: fc.integer({ min: 1, max: 12 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("publish" as const), tags: fc.subarray(publishOrder) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("retire" as const), tag: fc.constantFrom("cell", "household", "tier") }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("refresh" as const), daysAgo: fc.integer({ min: 0, max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("tick" as const) }) },
);
const stretch = fc.record({
  what: happening,
  hours: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })),
  steps: fc.nat({ max: 3 }),
  pageSize: fc.integer({ min: 1, max: 9 }),
  flushEvents: fc.integer({ min: 1, max: 20 }),
  changedLimit: fc.constantFrom(0, 1, 100),
  reopen: fc.boolean(),
});
const life = fc.record({
  facts: randomFacts(100),
  stretches: fc.array(stretch, { minLength: 2, maxLength: 25, size: "max" }),
});
type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never;

/** Writes definitions as the door would: a version only where all that it needs is published. */
function createBench(append: (facts: readonly TestFact[], at: number) => void) {
  const published = new Map<string, number>();
  let names = 0;
  const onTag = (tag: string, type: string, data: object): TestFact => ({
    ...{ stream: `tag-${tag}`, name: `definition-${++names}`, type, occurredAt: 0 },
    data: JSON.parse(JSON.stringify(data)),
  });
  const needs = (tag: string): string[] =>
    publishOrder.filter(other => other !== tag && JSON.stringify(versionsOf[tag]?.[0]?.rule).includes(`"${other}"`));
  const publish = (tag: string, at: number): void => {
    for (const needed of needs(tag)) if (!published.has(needed)) publish(needed, at);
    const versions = versionsOf[tag] ?? [];
    const version = (published.get(tag) ?? 0) + 1;
    const definition = versions[(version - 1) % versions.length];
    published.set(tag, version);
    append([onTag(tag, "tag-drafted", { version, definition }), onTag(tag, "tag-published", { version })], at);
  };
  return {
    publish,
    retire: (tag: string, at: number) => {
      const version = published.get(tag);
      if (version !== undefined) append([onTag(tag, "tag-retired", { version, reason: "test" })], at);
    },
    refresh: (at: number, asOf: number) => {
      if (published.has("cell")) append([onTag("cell", "tag-refreshed", { asOf })], at);
    },
    tick: (at: number) =>
      append([{ stream: "clock", name: `tick-${++names}`, type: "clock-ticked", occurredAt: at, data: {} }], at),
  };
}

async function live({ facts, stretches }: Life, reopen: (store: ReadModelStore | null) => ReadModelStore) {
  const { writer, reader } = createMemoryLog({ logId: "log" });
  let store = reopen(null);
  let mirror = createMirror(store.tags);
  let sent = 0;
  let at = 0;
  const engineOver = (options: Partial<EngineOptions>, changedLimit: number) =>
    createEngine({
      ...{ ...pacing, ...options, log: reader, store },
      stage: createTagStage({ tables: store.tags, changedLimit, now: () => 0, observer: mirror.observer }),
    });
  let engine = engineOver({}, 100);
  const bench = createBench((some, when) => appendAll(writer, some, when));
  for (const { what, hours, steps, reopen: stops, changedLimit, ...sizes } of stretches) {
    at += hours * 3_600_000;
    if (what.kind === "facts") {
      appendAll(writer, facts.slice(sent, sent + what.number), at);
      sent += what.number;
    } else if (what.kind === "publish") for (const tag of what.tags) bench.publish(tag, at);
    else if (what.kind === "retire") bench.retire(what.tag, at);
    else if (what.kind === "refresh") bench.refresh(at, at - what.daysAgo * day);
    else bench.tick(at);
    if (stops) {
      store = reopen(store);
      mirror = createMirror(store.tags);
      engine = engineOver(sizes, changedLimit);
    }
    for (let step = 0; step < steps; step++) await engine.step();
  }
  await engine.flush();
  appendAll(writer, facts.slice(sent), at);
  await engine.drain();
  return { reader, store, mirror };
}

const rebuiltIn = async (log: LogReader, makeStore: () => ReadModelStore) =>
  (
    await rebuild({
      ...pacing,
      log,
      generation: 2,
      makeStore,
      makeStage: ({ tags }) => createTagStage({ tables: tags }),
    })
  ).digest;

test("however facts, definitions and refreshes come, tags kept step by step equal those of a rebuild, in either store", () =>
  fc.assert(
    fc.asyncProperty(life, async life => {
      await setImmediate();
      const file = freshFile();
      const embedded = await live(life, store => {
        store?.close();
        return openReadModelStore(file);
      });
      const memory = createMemoryReadModels().store;
      const inMemory = await live(life, () => memory);
      const rebuilt = await rebuiltIn(embedded.reader, () => createMemoryReadModels().store);
      expect(digestOf(embedded.store.contents())).toBe(rebuilt);
      expect(digestOf(inMemory.store.contents())).toBe(rebuilt);
      embedded.store.close();
    }),
    { numRuns: 40, interruptAfterTimeLimit: 20_000 },
  ));

test("whoever only listens knows every value, filled or being filled", () =>
  fc.assert(
    fc.asyncProperty(life, async life => {
      await setImmediate();
      const memory = createMemoryReadModels().store;
      const { mirror, store } = await live(life, () => memory);
      expect(mirror.values).toEqual(storedValues(store.tags));
    }),
    { numRuns: 60, interruptAfterTimeLimit: 10_000 },
  ));

test("a verification in the midst of a back-fill holds what is in force to the log", () =>
  fc.assert(
    fc.asyncProperty(life, fc.nat({ max: 4 }), async (life, steps) => {
      await setImmediate();
      const memory = createMemoryReadModels().store;
      const { reader } = await live(life, () => memory);
      const engine = createEngine({ ...pacing, log: reader, store: memory });
      for (let step = 0; step < steps; step++) await engine.step();
      await engine.flush();
      const verdict = await verifyReadModels({
        ...{ ...pacing, log: reader, live: memory.contents(), makeStore: () => createMemoryReadModels().store },
      });
      expect(verdict.kind).toBe("equal");
    }),
    { numRuns: 20, interruptAfterTimeLimit: 20_000 },
  ));
