import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openReadModelStore } from "../../../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { createMemoryLog } from "../../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../../src/adapters/memory/createMemoryReadModels.ts";
import type { Rule } from "../../../../src/domain/segment/rule.ts";
import { digestOf } from "../../../../src/projections/digest.ts";
import { createEngine, type EngineOptions } from "../../../../src/projections/engine.ts";
import type { ReadModelStore } from "../../../../src/projections/readModelStore.ts";
import { rebuild } from "../../../../src/projections/rebuild.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import { createSegmentStage } from "../../../../src/projections/segments/stage/segmentStage.ts";
import { verifyReadModels } from "../../../../src/projections/verifyReadModels.ts";
import { anyRule } from "../../../domain/segment/support/anyRule.ts";
import { appendAll, type TestFact } from "../../support/facts.ts";
import { randomFacts } from "../../support/randomFacts.ts";
import { day, publishOrder, versionsOf } from "../../tags/stage/support/definitions.ts";
import { groupFacts } from "../../tags/stage/support/groupLife.ts";
import { expectFeed } from "./support/expectFeed.ts";
import { expectMembers } from "./support/expectMembers.ts";
import { segmentIds, segmentRules } from "./support/segmentRules.ts";

const folder = mkdtempSync(join(tmpdir(), "c360-segments-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const pacing = { now: () => 0, upcast: (event: Parameters<EngineOptions["upcast"]>[0]) => event };

const anySegmentRule: fc.Arbitrary<Rule> = fc.oneof(
  fc.constantFrom(...segmentRules),
  anyRule(
    publishOrder.flatMap(tag => versionsOf[tag]?.slice(0, 1) ?? []),
    {
      maxDepth: 3,
      facts: fc.constantFrom(
        { types: ["transaction-posted"], where: null },
        { types: ["behaviour-observed", "card-issued"], where: null },
        { types: ["transaction-posted"], where: { kind: "in", field: "direction", values: ["debit"] } },
      ),
      lengths: fc.constantFrom(day / 2, day, 2 * day, 5 * day),
      same: ["account"],
    },
  ),
);

/** What happens between two looks at the log. Times pass in hours, now and then not at all. */
const happening = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant("facts" as const), number: fc.integer({ min: 1, max: 12 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("publish" as const), tags: fc.subarray(publishOrder) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("segment" as const),
      id: fc.constantFrom(...segmentIds),
      rule: anySegmentRule,
      draft: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("archive" as const), id: fc.constantFrom(...segmentIds) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("tick" as const) }) },
);
const stretch = fc.record({
  what: happening,
  hours: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })),
  steps: fc.nat({ max: 3 }),
  pageSize: fc.integer({ min: 1, max: 9 }),
  flushEvents: fc.integer({ min: 1, max: 20 }),
  reopen: fc.boolean(),
});
const lifeOf = (facts: fc.Arbitrary<readonly TestFact[]>) =>
  fc.record({ facts, stretches: fc.array(stretch, { minLength: 5, maxLength: 30, size: "max" }) });
type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never;
const life = lifeOf(randomFacts(100));

async function live({ facts, stretches }: Life, reopen: (store: ReadModelStore | null) => ReadModelStore) {
  const { writer, reader } = createMemoryLog({ logId: "log" });
  let store = reopen(null);
  let [sent, at, names, epochs] = [0, 0, 0, 0];
  const append = (some: readonly TestFact[]): void => appendAll(writer, some, at);
  const on = (stream: string, type: string, data: object): TestFact => ({
    ...{ stream, name: `definition-${++names}`, type, occurredAt: 0, data: JSON.parse(JSON.stringify(data)) },
  });
  const tags = new Map<string, number>();
  const publishTag = (tag: string): void => {
    for (const needed of publishOrder)
      if (needed !== tag && JSON.stringify(versionsOf[tag]?.[0]?.rule).includes(`"${needed}"`) && !tags.has(needed))
        publishTag(needed);
    const version = (tags.get(tag) ?? 0) + 1;
    const versions = versionsOf[tag] ?? [];
    tags.set(tag, version);
    const definition = versions[(version - 1) % versions.length];
    append([on(`tag-${tag}`, "tag-drafted", { version, definition }), on(`tag-${tag}`, "tag-published", { version })]);
  };
  const segments = new Map<
    string,
    { version: number; readonly rules: Rule[]; archived: boolean; published: boolean }
  >();
  /** As the door would: everything that a rule names is there, and nobody names himself. */
  const draftSegment = (id: string, rule: Rule, isDraft: boolean): void => {
    const state = segments.get(id) ?? { version: 0, rules: [], archived: false, published: false };
    const text = JSON.stringify(rule);
    const others = segmentIds.filter(other => text.includes(`{"kind":"segment","id":"${other}"}`));
    if (others.some(other => other <= id || !segments.get(other)?.published)) return;
    if (state.archived || text.includes('"snapshot"') || text.includes('"kind":"list"')) return;
    for (const tag of publishOrder) if (text.includes(`"${tag}"`) && !tags.has(tag)) publishTag(tag);
    state.version += 1;
    state.rules.push(rule);
    segments.set(id, state);
    const definition = { id, name: id, owner: "tests", description: "", rule };
    append([on(`segment-${id}`, "segment-drafted", { version: state.version, definition })]);
    if (isDraft) return;
    state.published = true;
    append([on(`segment-${id}`, "segment-published", { version: state.version })]);
  };
  const archive = (id: string): void => {
    const state = segments.get(id);
    if (!state?.published || state.archived) return;
    const named = [...segments.values()].some(({ rules }) => JSON.stringify(rules).includes(`"id":"${id}"`));
    if (named) return;
    state.archived = true;
    append([on(`segment-${id}`, "segment-archived", { version: state.version, reason: "tests" })]);
  };
  const engineOver = (options: Partial<EngineOptions>) =>
    createEngine({
      ...{ ...pacing, ...options, log: reader, store },
      stage: createSegmentStage({
        ...{ tables: store.tags, segments: store.segments, columns: createColumns(), now: () => 0 },
        newEpoch: () => `epoch ${++epochs}`,
      }),
    });
  let engine = engineOver({});
  for (const { what, hours, steps, reopen: stops, ...sizes } of stretches) {
    at += hours * 3_600_000;
    if (what.kind === "facts") {
      append(facts.slice(sent, sent + what.number));
      sent += what.number;
    } else if (what.kind === "publish") what.tags.forEach(publishTag);
    else if (what.kind === "segment") draftSegment(what.id, what.rule, what.draft);
    else if (what.kind === "archive") archive(what.id);
    else append([on("clock", "clock-ticked", {})]);
    if (stops) {
      store = reopen(store);
      engine = engineOver(sizes);
    }
    for (let step = 0; step < steps; step++) {
      const before = store.segments.epoch();
      await engine.step();
      if (before !== null) expect(store.segments.epoch()).toBe(before);
    }
  }
  append(facts.slice(sent));
  await engine.drain();
  append([on("clock", "clock-ticked", {})]);
  await engine.drain();
  return { reader, store };
}

const newMemory = (): ReadModelStore => createMemoryReadModels().store;
const runs = { numRuns: 60, interruptAfterTimeLimit: 20_000 };

test("however facts, tags and segments come, members are those for whom the rule is true, told once each, and equal a rebuild", () =>
  fc.assert(
    fc.asyncProperty(
      fc.oneof(life, lifeOf(groupFacts(70) as fc.Arbitrary<readonly TestFact[]>)),
      fc.boolean(),
      async (life, onDisk) => {
        await setImmediate();
        const file = join(folder, `${++files}.db`);
        const memory = newMemory();
        const { store, reader } = await live(life, before => {
          if (!onDisk) return memory;
          before?.close();
          return openReadModelStore(file);
        });
        expectFeed(store);
        expectMembers(store);
        const verdict = await verifyReadModels({
          ...{ ...pacing, log: reader, live: store.contents(), makeStore: newMemory },
        });
        expect({ ...verdict, liveDigest: "", recomputedDigest: "", digest: "" }).toEqual({
          ...{ kind: "equal", position: store.checkpoint().position, liveDigest: "", recomputedDigest: "", digest: "" },
        });
        const rebuilt = await rebuild({ ...pacing, log: reader, generation: 2, makeStore: newMemory });
        expect(digestOf(store.contents())).toBe(rebuilt.digest);
        if (onDisk) store.close();
      },
    ),
    runs,
  ));
