import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../src/adapters/memory/createMemoryReadModels.ts";
import type { Position, RecordedEvent } from "../../../src/domain/event.ts";
import { type CustomerId, customerStream } from "../../../src/domain/ids.ts";
import { customerAsOf } from "../../../src/projections/asOf/customerAsOf.ts";
import { positionAt } from "../../../src/projections/asOf/positionAt.ts";
import { isReplaceable } from "../../../src/projections/customer/corrections.ts";
import { createEngine } from "../../../src/projections/engine.ts";
import type { EngineStage } from "../../../src/projections/engineStage.ts";
import type { CustomerGroup } from "../../../src/projections/identity/customerGroup.ts";
import type { CustomerView } from "../../../src/projections/readModels.ts";
import { createHistory, type KeptHistory } from "../../../src/projections/tags/history/customerHistory.ts";
import { takeEvent } from "../../../src/projections/tags/history/takeEvent.ts";
import { appendAll, customerId, type TestFact } from "../support/facts.ts";
import { randomFacts } from "../support/randomFacts.ts";

const people = ["ada", "bo", "cleo"].map(customerId);
const upcast = (event: RecordedEvent): RecordedEvent => event;
const forEver = Number.MAX_SAFE_INTEGER;

/** Keeps every customer's history as the tag stage does. */
function historyStage(): { readonly stage: EngineStage; readonly histories: ReadonlyMap<CustomerId, KeptHistory> } {
  const histories = new Map<CustomerId, KeptHistory>();
  const stage: EngineStage = {
    reach: () => {},
    take: ({ event, original }, customer) => {
      if (customer === null) return;
      const history = histories.get(customer.id) ?? createHistory();
      takeEvent(history, event, original);
      histories.set(customer.id, history);
    },
    regrouped: ({ customer, events }) => {
      const history = createHistory();
      for (const { event, original } of events) takeEvent(history, event, original);
      histories.set(customer.id, history);
    },
    changes: () => ({}),
    committed: () => {},
  };
  return { stage, histories };
}

async function livedThrough(facts: readonly TestFact[], until?: Position) {
  const log = createMemoryLog({ logId: "log" });
  appendAll(log.writer, facts);
  const { store, readModels } = createMemoryReadModels();
  const { stage, histories } = historyStage();
  const engine = createEngine({ log: log.reader, store, upcast, stage, ...(until === undefined ? {} : { until }) });
  await engine.drain();
  return { log: log.reader, session: readModels.open(), histories };
}

/** What a profile shows. */
const shown = (view: Pick<CustomerView, "customer" | "degraded"> | null | undefined) => {
  if (view == null) return null;
  const { remembered: _, regroupedAt: __, ...customer } = view.customer;
  return { customer, degraded: view.degraded };
};
const sameGroup = (a: CustomerGroup, b: CustomerGroup): boolean =>
  JSON.stringify([a.survivor, a.members, a.merges]) === JSON.stringify([b.survivor, b.members, b.merges]);

test("the profile as we knew it at a position is the one the read models held when they had come so far", async () => {
  await fc.assert(
    fc.asyncProperty(randomFacts(24), fc.nat(), async (facts, some) => {
      const known = 1 + (some % facts.length);
      const now = await livedThrough(facts);
      const then = await livedThrough(facts, known);
      for (const id of people) {
        const group = await now.session.groupOf(id, known);
        const sources = { log: now.log, upcast, history: null };
        const told = await customerAsOf(sources, id, group, { asOf: forEver, known });
        expect(shown(told)).toEqual(shown((await then.session.customers([id]))[0]));
      }
    }),
    { numRuns: 150 },
  );
});

test("the profile as it was at an instant is the one of a log in which nothing later had been told", async () => {
  const isMerge = ({ type }: TestFact): boolean => type === "identity-merged" || type === "identity-split";
  /** That a fact was not so counts for all times, whenever what is so instead began. */
  const uncorrecting = ({ corrects, ...fact }: TestFact): TestFact =>
    corrects === undefined || isReplaceable(fact.type) ? fact : { ...fact, corrects };
  const leftOut = (index: number): TestFact => ({
    ...{ stream: customerStream(customerId("zed")), name: `left-out-${index}` },
    ...{ type: "call-recorded", occurredAt: 0, data: {} },
  });
  await fc.assert(
    fc.asyncProperty(randomFacts(24), fc.integer({ min: -2, max: 9 }), async (all, day) => {
      const asOf = day * 86_400_000;
      const facts = all.map((fact, index) => (isMerge(fact) ? leftOut(index) : uncorrecting(fact)));
      const now = await livedThrough(facts);
      const then = await livedThrough(facts.map((fact, index) => (fact.occurredAt <= asOf ? fact : leftOut(index))));
      for (const id of people) {
        const group = await now.session.groupOf(id, facts.length);
        const sources = { log: now.log, upcast, history: null };
        const profile = await customerAsOf(sources, id, group, { asOf, known: facts.length });
        expect(shown(profile)).toEqual(shown((await then.session.customers([id]))[0]));
      }
    }),
    { numRuns: 150 },
  );
});

test("the stored history spares reading the streams and tells the same", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(randomFacts(24), fc.nat(), fc.integer({ min: -2, max: 9 }), async (facts, some, day) => {
      const { log, session, histories } = await livedThrough(facts);
      const at = { asOf: day * 86_400_000, known: 1 + (some % facts.length) };
      for (const id of people) {
        const group = await session.groupOf(id, at.known);
        const [view] = await session.customers([id]);
        const history = histories.get(id);
        if (view == null || view.degraded !== null || history === undefined) continue;
        if (!sameGroup(group, await session.groupOf(id, session.position))) continue;
        const readStream = () => Promise.reject(new Error("the streams were read"));
        const told = await customerAsOf({ log: { ...log, readStream }, upcast, history }, id, group, at);
        expect(told).toEqual(await customerAsOf({ log, upcast, history: null }, id, group, at));
        compared += 1;
      }
    }),
    { numRuns: 150 },
  );
  expect(compared).toBeGreaterThan(100);
});

test("a customer of whom nothing was known yet is nobody", async () => {
  const [ada] = people as [CustomerId];
  const facts = [{ stream: customerStream(ada), name: "later", type: "call-recorded", occurredAt: 50, data: {} }];
  const { log, session, histories } = await livedThrough(facts);
  const group = await session.groupOf(ada, 1);
  const history = histories.get(ada) ?? null;
  for (const sources of [
    { log, upcast, history },
    { log, upcast, history: null },
  ]) {
    expect(await customerAsOf(sources, ada, group, { asOf: 49, known: 1 })).toBeNull();
    expect(await customerAsOf(sources, ada, group, { asOf: 50, known: 0 })).toBeNull();
    expect(await customerAsOf(sources, ada, group, { asOf: 50, known: 1 })).toMatchObject({
      customer: { eventCount: 1 },
    });
  }
});

test("an instant is the position of the last event recorded by then", async () => {
  const { writer, reader } = createMemoryLog();
  const told = (name: string): TestFact => ({ stream: "clock", name, type: "x", occurredAt: 1, data: {} });
  appendAll(writer, [told("a"), told("b")], 1_000);
  appendAll(writer, [told("c")], 2_000);
  const positions = await Promise.all([999, 1_000, 1_999, 2_000, 9_999].map(instant => positionAt(reader, instant)));
  expect(positions).toEqual([0, 2, 2, 3, 3]);
});
