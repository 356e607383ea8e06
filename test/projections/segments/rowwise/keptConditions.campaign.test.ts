import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryLog } from "../../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../../src/adapters/memory/createMemoryReadModels.ts";
import type { RecordedEvent } from "../../../../src/domain/event.ts";
import { type CustomerId, customerStream } from "../../../../src/domain/ids.ts";
import { conditionsOf } from "../../../../src/domain/segment/conditions.ts";
import type { Rule } from "../../../../src/domain/segment/rule.ts";
import type { TagCode, TagVersion } from "../../../../src/domain/tag/definition.ts";
import { createEngine, type EngineOptions } from "../../../../src/projections/engine.ts";
import { createTagStage } from "../../../../src/projections/tags/stage/tagStage.ts";
import { appendAll, type TestFact } from "../../support/facts.ts";
import { createMirror } from "../../tags/stage/support/mirror.ts";
import { truthOf } from "./oracle.ts";
import { localRule } from "./support/localRule.ts";
import { tags } from "./support/tags.ts";
import { anyBase, anyEdge, anyFacts, eventsOf, half, people } from "./support/world.ts";

const pacing = { now: () => 0, upcast: (event: Parameters<EngineOptions["upcast"]>[0]) => event };

/** Half days that pass before each fact comes, and after the last. */
const life = anyBase.chain(base =>
  fc.record({
    base: fc.constant(base),
    rules: fc.array(localRule(base, 1), { minLength: 1, maxLength: 4 }),
    facts: anyFacts(20),
    pauses: fc.array(fc.constantFrom(0, 0, 1, 1, 2, 5), { minLength: 1, maxLength: 20 }),
    ends: anyEdge,
    steps: fc.nat({ max: 2 }),
    pageSize: fc.integer({ min: 1, max: 9 }),
    changedLimit: fc.constantFrom(0, 100),
    fresh: fc.boolean(),
  }),
);

const published: readonly TestFact[] = tags.flatMap(({ code, definition }) =>
  (["tag-drafted", "tag-published"] as const).map(type => ({
    ...{ stream: `tag-${code}`, name: `${type} ${code}`, type, occurredAt: 0 },
    data: JSON.parse(JSON.stringify(type === "tag-drafted" ? { version: 1, definition } : { version: 1 })),
  })),
);

const told = (event: RecordedEvent, name: string): TestFact => ({
  ...{ stream: event.stream, name, type: event.type, occurredAt: event.occurredAt, data: event.data },
  ...(event.corrects === null ? {} : { corrects: nameOf(event.corrects) }),
});

const names = new Map<string, string>();
const nameOf = (id: string): string => names.get(id) ?? "nothing anybody sent";

/** Boolean conditions, which an oracle can say the truth of. */
const ruleIn = ({ definition: { rule } }: TagVersion): Rule | null => (rule.kind === "condition" ? rule.rule : null);

test("conditions kept step by step are what the raw facts say at the log's time, of everybody", () => {
  const met = { true: 0, false: 0 };
  return fc
    .assert(
      fc.asyncProperty(life, async ({ base, rules, facts, pauses, ends, steps, pageSize, changedLimit, fresh }) => {
        await setImmediate();
        const conditions = [...new Map(rules.flatMap(conditionsOf).map(one => [one.code, one])).values()];
        const events = eventsOf(facts, base);
        for (const [index, { eventId }] of events.entries()) names.set(eventId, `fact-${index}`);
        const { writer, reader } = createMemoryLog({ logId: "log" });
        const { store } = createMemoryReadModels();
        let mirror = createMirror(store.tags);
        const engineNow = () => {
          mirror = createMirror(store.tags);
          return createEngine({
            ...{ ...pacing, pageSize, log: reader, store },
            stage: createTagStage({
              ...{ tables: store.tags, changedLimit, conditions: () => conditions, now: () => 0 },
              observer: mirror.observer,
            }),
          });
        };
        let engine = engineNow();
        let at = base;
        appendAll(writer, published, at);
        for (const [index, event] of events.entries()) {
          at += (pauses[index % pauses.length] as number) * half;
          appendAll(writer, [told(event, `fact-${index}`)], at);
          for (let step = 0; step < steps; step += 1) await engine.step();
          if (!fresh || index % 7 !== 6) continue;
          await engine.drain();
          engine = engineNow();
        }
        at += ends + half;
        appendAll(writer, [{ stream: "clock", name: "tick", type: "clock-ticked", occurredAt: at, data: {} }], at);
        await engine.drain();
        const slots = new Map<TagCode, number>(store.tags.slots().slots.map(({ code, slot }) => [code, slot]));
        const oracle = { events, people, tags };
        for (const condition of conditions) {
          const rule = ruleIn(condition);
          if (rule === null) continue;
          for (const id of people) {
            const row = rowOf(id, events, store.tags.rowOf(id));
            if (row === null) continue;
            const truth = truthOf(rule, oracle, id, at);
            expect(`${condition.code} ${mirror.values.get(row)?.get(slots.get(condition.code) as number)}`).toBe(
              `${condition.code} ${truth}`,
            );
            met[`${truth}`] += 1;
          }
        }
      }),
      { numRuns: 250, interruptAfterTimeLimit: 20_000 },
    )
    .then(() => expect(Math.min(met.true, met.false)).toBeGreaterThan(50));
});

/** Null of somebody who never had a fact of its own. */
const rowOf = (id: CustomerId, events: readonly RecordedEvent[], row: number | null): number | null =>
  events.some(({ stream }) => stream === customerStream(id)) ? row : null;
