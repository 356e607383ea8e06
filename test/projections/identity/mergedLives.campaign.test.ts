import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../src/adapters/memory/createMemoryReadModels.ts";
import { createMergeGraph } from "../../../src/domain/customer/mergeGraph.ts";
import { CustomerId, customerOfStream, customerStream } from "../../../src/domain/ids.ts";
import { createEngine } from "../../../src/projections/engine.ts";
import type { ReadModelStore } from "../../../src/projections/readModelStore.ts";
import { appendAll, type TestFact } from "../support/facts.ts";
import { randomFacts } from "../support/randomFacts.ts";

const isIdentity = ({ type }: TestFact): boolean => type === "identity-merged" || type === "identity-split";
/** A fact of a type that nothing is made of in the place of each merge and split, so that all positions stay. */
const withoutMerges = (facts: readonly TestFact[]): TestFact[] =>
  facts.map(({ corrects, ...fact }) =>
    isIdentity(fact) ? { ...fact, type: "noted" } : { ...fact, ...(corrects === undefined ? {} : { corrects }) },
  );

async function modelOf(facts: readonly TestFact[], pageSize = 3): Promise<ReadModelStore> {
  const { writer, reader } = createMemoryLog({ logId: "log" });
  appendAll(writer, facts);
  const { store } = createMemoryReadModels();
  await createEngine({ log: reader, store, upcast: event => event, now: () => 0, pageSize }).drain();
  return store;
}

/** All that is kept of each customer, by id, with merges and splits under the name they have in `withoutMerges`. */
function lives(store: ReadModelStore) {
  const poisoned = new Map([...store.contents().poisoned()].map(poison => [poison.stream, poison]));
  return new Map(
    [...store.contents().customers()].map(({ id, text, activity, timeline, entries }) => {
      const { lastPosition, lastOccurredAt, eventCount } = activity;
      const named = [...timeline].map(row =>
        row.type.startsWith("identity-m") || row.type.startsWith("identity-s") ? { ...row, type: "noted" } : row,
      );
      const stream = customerStream(CustomerId.parse(id) as CustomerId);
      const rest = { lastPosition, lastOccurredAt, eventCount, degraded: poisoned.get(stream) ?? null };
      return [id, { profile: JSON.parse(text), timeline: named, entries: [...entries], ...rest }] as const;
    }),
  );
}

const splitAll = (store: ReadModelStore, facts: readonly TestFact[]): TestFact[] =>
  store
    .merges()
    .filter(({ splitAt }) => splitAt === null)
    .map(({ survivor, absorbed, position }, index) => ({
      stream: customerStream(survivor),
      name: `split-${index}`,
      type: "identity-split",
      occurredAt: 0,
      data: { customer: absorbed },
      corrects: (facts[position - 1] as TestFact).name,
    }));

test("once every merge is taken back, each customer is as if nobody had ever been merged", () =>
  fc.assert(
    fc.asyncProperty(randomFacts(80), async facts => {
      await setImmediate();
      const whole = [...facts, ...splitAll(await modelOf(facts), facts)];
      expect(lives(await modelOf(whole))).toEqual(lives(await modelOf(withoutMerges(whole))));
    }),
    { numRuns: 60, interruptAfterTimeLimit: 20_000 },
  ));

test("a survivor is what the events of all who were merged into it make of one customer, consents aside", () =>
  fc.assert(
    fc.asyncProperty(randomFacts(80), async facts => {
      await setImmediate();
      const store = await modelOf(facts);
      const graph = createMergeGraph(store.merges());
      const asOne = withoutMerges(facts).map(fact => {
        const id = customerOfStream(fact.stream);
        return id === null ? fact : { ...fact, stream: customerStream(graph.survivorOf(id)) };
      });
      const merged = lives(store);
      for (const [id, expected] of lives(await modelOf(asOne))) {
        const { profile, ...rest } = merged.get(id) as typeof expected;
        const { consents: _, ...known } = profile;
        const { consents: _ours, ...wanted } = expected.profile;
        expect({ ...rest, profile: known }).toEqual({ ...expected, profile: wanted });
      }
      for (const { absorbed, survivor, splitAt } of store.merges())
        if (splitAt === null)
          expect(merged.get(absorbed)).toMatchObject({
            profile: { mergedInto: { customer: survivor }, identities: [], accounts: {} },
            ...{ timeline: [], entries: [], eventCount: 0, degraded: null },
          });
    }),
    { numRuns: 60, interruptAfterTimeLimit: 20_000 },
  ));
