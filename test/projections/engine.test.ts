import { beforeEach, expect, test } from "vitest";
import { createMemoryLog } from "../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../src/adapters/memory/createMemoryReadModels.ts";
import type { RecordedEvent } from "../../src/domain/event.ts";
import { type LogReader, StorageFailure } from "../../src/domain/eventLog.ts";
import { customerStream } from "../../src/domain/ids.ts";
import type { CampaignRowChange } from "../../src/projections/campaigns/campaignTables.ts";
import type { Customer } from "../../src/projections/customer/customer.ts";
import { digestOf } from "../../src/projections/digest.ts";
import { createEngine, type EngineOptions } from "../../src/projections/engine.ts";
import type { EngineStage } from "../../src/projections/engineStage.ts";
import { ForeignReadModels, LogGap } from "../../src/projections/logPages.ts";
import { verifyReadModels } from "../../src/projections/verifyReadModels.ts";
import { ada, adaId, appendAll, customerId, type TestFact } from "./support/facts.ts";

const bo = customerStream(customerId("bo"));
const upcast = (event: RecordedEvent): RecordedEvent => event;
const paid = (stream: string, name: string, minorUnits = 100): TestFact => ({
  stream,
  name,
  type: "transaction-posted",
  occurredAt: 1000,
  data: { account: `core/${stream.at(-1)}`, direction: "credit", amount: { minorUnits, currency: "CZK" } },
});
const facts = [paid(ada, "a1"), paid(ada, "a2"), paid(bo, "b1"), paid(ada, "a3"), paid(bo, "b2")];

let log: ReturnType<typeof createMemoryLog>;
let memory: ReturnType<typeof createMemoryReadModels>;
const engineOn = (options: Partial<EngineOptions> = {}) =>
  createEngine({ log: log.reader, store: memory.store, upcast, now: () => 0, ...options });
beforeEach(() => {
  log = createMemoryLog({ logId: "log" });
  memory = createMemoryReadModels();
});

/** Cannot read one fact, as an upcaster with a mistake in it. */
const stumblesOver = (name: string) => (event: RecordedEvent) => {
  if (event.sourceEventId === name) throw new Error(`cannot read ${name}`);
  return event;
};
const cleanReplay = async (): Promise<string> => {
  const clean = createMemoryReadModels().store;
  await engineOn({ store: clean }).drain();
  return digestOf(clean.contents());
};
const viewOf = (id: Customer["id"]) => {
  const session = memory.readModels.open();
  const [view] = session.customers([id]) as NonNullable<Awaited<ReturnType<typeof session.customers>>>;
  session.release();
  return view;
};

test.each(["a1", "a2", "a3"])(
  "a fact that cannot be folded (%s) stops its own customer and nobody else",
  async name => {
    appendAll(log.writer, facts);
    const engine = engineOn({ upcast: stumblesOver(name) });
    expect(await engine.drain()).toBe(5);
    const position = facts.findIndex(fact => fact.name === name) + 1;
    expect(engine.poisoned()).toEqual([{ stream: ada, position, error: `cannot read ${name}` }]);
    expect(viewOf(adaId)).toMatchObject({
      row: 0,
      degraded: { position, error: `cannot read ${name}` },
      customer: { eventCount: Number(name.slice(1)) - 1 },
    });
    expect(viewOf(customerId("bo"))).toMatchObject({ row: 1, degraded: null, customer: { eventCount: 2 } });
  },
);

test.each(["a1", "a2", "a3"])("after the mend of %s a retry equals a clean replay", async name => {
  appendAll(log.writer, facts);
  await engineOn({ upcast: stumblesOver(name) }).drain();
  const mended = engineOn();
  expect(await mended.retry(ada)).toEqual({ kind: "recovered", position: 5 });
  expect(mended.poisoned()).toEqual([]);
  expect(digestOf(memory.store.contents())).toBe(await cleanReplay());
  appendAll(log.writer, [paid(ada, "a4")]);
  await mended.drain();
  expect(viewOf(adaId)).toMatchObject({ degraded: null, customer: { eventCount: 4 } });
});

test("a retry that meets the next broken fact stands still there", async () => {
  appendAll(log.writer, facts);
  await engineOn({ upcast: stumblesOver("a1") }).drain();
  const engine = engineOn({ upcast: stumblesOver("a3") });
  expect(await engine.retry(ada)).toEqual({
    kind: "stillDegraded",
    degraded: { position: 4, error: "cannot read a3" },
  });
  expect(viewOf(adaId)).toMatchObject({ degraded: { position: 4 }, customer: { eventCount: 2 } });
});

test("there is nothing to retry on a customer that folds", async () => {
  appendAll(log.writer, facts);
  const engine = engineOn();
  await engine.drain();
  expect(await engine.retry(ada)).toEqual({ kind: "notDegraded" });
});

test("a reversal of somebody else's transaction degrades whoever sent it", async () => {
  const foreign: TestFact = { ...paid(bo, "r"), type: "transaction-reversed", corrects: "a1" };
  appendAll(log.writer, [...facts, foreign]);
  const engine = engineOn();
  await engine.drain();
  expect(engine.poisoned()).toMatchObject([{ stream: bo, position: 6 }]);
});

test("while busy it commits after so many events, and at once when it has caught up", async () => {
  appendAll(log.writer, facts);
  const commits: number[] = [];
  const engine = engineOn({ pageSize: 1, flushEvents: 2, onCommit: position => commits.push(position) });
  await engine.drain();
  expect(commits).toEqual([2, 4, 5]);
  appendAll(log.writer, [paid(bo, "b3")]);
  await engine.drain();
  expect(commits).toEqual([2, 4, 5, 6]);
});

test("while busy it commits when so many milliseconds went by", async () => {
  appendAll(log.writer, facts);
  let clock = 0;
  const commits: number[] = [];
  const now = () => {
    clock += 100;
    return clock;
  };
  await engineOn({ pageSize: 1, flushMs: 250, now, onCommit: position => commits.push(position) }).drain();
  expect(commits[0]).toBeLessThan(5);
});

test("a commit that fails loses nothing: the next step brings it again", async () => {
  appendAll(log.writer, facts);
  let full = true;
  const commit: typeof memory.store.commit = changes => {
    if (full) throw new StorageFailure("STORAGE_FULL", "no space left");
    memory.store.commit(changes);
  };
  const engine = engineOn({ store: { ...memory.store, commit } });
  await expect(engine.drain()).rejects.toThrow("no space left");
  expect(memory.store.checkpoint().position).toBe(0);
  full = false;
  await engine.drain();
  expect(digestOf(memory.store.contents())).toBe(await cleanReplay());
});

test("a position missing from the log is an error, not a skipped event", async () => {
  appendAll(log.writer, facts);
  const read: LogReader["read"] = async query =>
    (await log.reader.read(query)).filter(({ position }) => position !== 3);
  await expect(engineOn({ log: { ...log.reader, read } }).drain()).rejects.toThrow(LogGap);
});

test("read models of another log are refused, and so are those ahead of a log that lost its end", async () => {
  appendAll(log.writer, facts);
  await engineOn().drain();
  const other = createMemoryLog({ logId: "other" });
  await expect(engineOn({ log: other.reader }).step()).rejects.toThrow(ForeignReadModels);
  appendAll(other.writer, facts.toReversed());
  await expect(engineOn({ log: other.reader }).step()).rejects.toThrow(ForeignReadModels);
});

test("verify finds equal what is equal, and names the customer and the table that were tampered with", async () => {
  appendAll(log.writer, facts);
  await engineOn().drain();
  appendAll(log.writer, [paid(bo, "after where the read models stand")]);
  const makeStore = () => createMemoryReadModels().store;
  const verify = () => verifyReadModels({ log: log.reader, live: memory.store.contents(), makeStore, upcast });
  expect(await verify()).toMatchObject({ kind: "equal", position: 5 });

  const [stored] = memory.store.load([adaId]);
  const { row, customer } = stored as NonNullable<typeof stored>;
  const identity = { system: "core", id: "7", primary: true, source: "core", occurredAt: 1, position: 1 };
  memory.store.commit({
    checkpoint: memory.store.checkpoint(),
    customers: [
      {
        ...{ row, before: customer, after: { ...customer, identities: [identity] } },
        ...{ timeline: [], entries: [], reversals: [], rewrite: false },
      },
    ],
    quarantine: [],
    poisoned: [],
    mended: [],
    merges: [],
  });
  expect(await verify()).toMatchObject({ kind: "different", customers: [adaId], tables: ["identities"] });
});

test("commits rows of campaigns though nothing else changed, and reaches no further than it is asked to", async () => {
  appendAll(log.writer, facts);
  let decided: readonly CampaignRowChange[] = [];
  const stage: EngineStage = {
    ...{ reach: () => {}, take: () => {}, regrouped: () => {} },
    changes: () => ({ campaigns: decided }),
    committed: () => {
      decided = [];
    },
  };
  const engine = engineOn({ stage });
  expect(await engine.drain(3)).toBe(3);
  const { commits } = engine.stats();
  decided = [{ kind: "pending", key: "1", text: "[]" }];
  await engine.flush();
  await engine.flush();
  expect([engine.checkpoint(), engine.stats().commits]).toEqual([3, commits + 1]);
  expect(memory.store.campaigns.campaignRow("pending", "1")).toBe("[]");
  expect(await engine.drain()).toBe(5);
});
