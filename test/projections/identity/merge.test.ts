import { beforeEach, expect, test } from "vitest";
import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../src/adapters/memory/createMemoryReadModels.ts";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import type { CustomerId } from "../../../src/domain/ids.ts";
import { customerStream } from "../../../src/domain/ids.ts";
import type { Consent } from "../../../src/projections/customer/customer.ts";
import { digestOf } from "../../../src/projections/digest.ts";
import { createEngine, type Upcast } from "../../../src/projections/engine.ts";
import type { EngineStage } from "../../../src/projections/engineStage.ts";
import type { CustomerGroup } from "../../../src/projections/identity/customerGroup.ts";
import { appendAll, customerId, type TestFact } from "../support/facts.ts";

const [ada, bo, cleo] = [customerId("ada"), customerId("bo"), customerId("cleo")];

let log: ReturnType<typeof createMemoryLog>;
let models: ReturnType<typeof createMemoryReadModels>;
let names = 0;
beforeEach(() => {
  log = createMemoryLog({ logId: "log" });
  models = createMemoryReadModels();
  names = 0;
});

const said = (id: CustomerId, type: string, day: number, data: object, more: Partial<TestFact> = {}): TestFact => {
  names += 1;
  return { stream: customerStream(id), name: `fact-${names}`, type, occurredAt: day, data: { ...data }, ...more };
};
const consent = (id: CustomerId, what: "granted" | "withdrawn", day: number) =>
  said(id, `consent-${what}`, day, { channel: "email", purpose: "marketing" });
const merged = (survivor: CustomerId, absorbed: CustomerId, day = 50) =>
  said(survivor, "identity-merged", day, { customer: absorbed });
const split = (merge: TestFact, absorbed: CustomerId) =>
  said(ada, "identity-split", 60, { customer: absorbed }, { stream: merge.stream, corrects: merge.name });
const registered = (id: CustomerId, day = 1) => said(id, "customer-registered", day, { attributes: { of: id } });

const engineOver = (upcast: Upcast = event => event, stage: EngineStage | null = null) =>
  createEngine({ log: log.reader, store: models.store, upcast, stage, now: () => 0 });
async function happened(...facts: readonly TestFact[]): Promise<void> {
  appendAll(log.writer, facts);
  await engineOver().drain();
}
const reading = <Value>(read: (session: ReturnType<typeof models.readModels.open>) => Value): Value => {
  const session = models.readModels.open();
  try {
    return read(session);
  } finally {
    session.release();
  }
};
const viewOf = (id: CustomerId) =>
  reading(session => session.customers([id]) as never[])[0] as never as
    | { degraded: unknown; customer: { consents: Record<string, Consent>; eventCount: number; mergedInto?: object } }
    | undefined;
const emailOf = (id: CustomerId) => {
  const consent = viewOf(id)?.customer.consents["email/marketing"];
  return consent && { status: consent.status, position: consent.position };
};

test("of a grant and a withdrawal the withdrawal stands after the merge, and the merge is what says so", async () => {
  const merge = merged(ada, bo);
  await happened(consent(ada, "granted", 20), consent(bo, "withdrawn", 10), merge);
  expect(emailOf(ada)).toEqual({ status: "withdrawn", position: 3 });
});

test("a grant that only one of them gave stands: to have said nothing is not stricter", async () => {
  await happened(registered(ada), consent(bo, "granted", 10), merged(ada, bo));
  expect(emailOf(ada)).toEqual({ status: "granted", position: 2 });
});

test("a later grant counts after the merge, whichever of them it was told of; a grant from before does not", async () => {
  await happened(
    consent(ada, "granted", 20),
    consent(bo, "withdrawn", 10),
    merged(ada, bo),
    consent(ada, "granted", 49),
  );
  expect(emailOf(ada)).toMatchObject({ status: "withdrawn" });
  await happened(consent(bo, "granted", 51));
  expect(emailOf(ada)).toEqual({ status: "granted", position: 5 });
});

test("a split gives each their own consents back, and what was told of each since", async () => {
  const merge = merged(ada, bo);
  await happened(consent(ada, "granted", 20), consent(bo, "withdrawn", 10), merge, consent(bo, "granted", 55));
  await happened(split(merge, bo));
  expect([emailOf(ada), emailOf(bo)]).toEqual([
    { status: "granted", position: 1 },
    { status: "granted", position: 4 },
  ]);
});

test("merges among those merged stay when the outer one is taken back", async () => {
  const outer = merged(ada, bo);
  await happened(registered(ada), registered(bo), registered(cleo), merged(bo, cleo), outer, split(outer, bo));
  const group = (id: CustomerId, known: number) => reading(session => session.groupOf(id, known) as CustomerGroup);
  expect(group(cleo, 3)).toMatchObject({ survivor: cleo, members: [cleo] });
  expect(group(cleo, 4)).toMatchObject({ survivor: bo, members: [bo, cleo] });
  expect(group(cleo, 5)).toMatchObject({ survivor: ada, members: [ada, bo, cleo] });
  expect(group(cleo, 6)).toMatchObject({ survivor: bo, members: [bo, cleo] });
  expect(viewOf(bo)?.customer).toMatchObject({ eventCount: 3 });
  expect(viewOf(cleo)?.customer.mergedInto).toMatchObject({ customer: bo });
});

test.each([
  ["with itself", () => [merged(ada, ada)]],
  ["of one nobody knows", () => [merged(ada, customerId("nobody"))]],
  ["of one who is merged already", () => [merged(ada, bo), merged(cleo, bo)]],
  ["into one who is merged already", () => [merged(ada, bo), merged(bo, cleo)]],
  ["in a circle", () => [merged(ada, bo), merged(bo, ada)]],
])("a merge %s that stands in the log all the same is counted and does nothing", async (_, wrong) => {
  await happened(registered(ada), registered(bo), registered(cleo), ...wrong());
  const [first, ...more] = models.store.merges();
  expect(more).toEqual([]);
  expect(first === undefined || first.survivor === ada).toBe(true);
  expect([...models.store.contents().poisoned()]).toEqual([]);
  const counted = [ada, bo, cleo].map(id => viewOf(id)?.customer.eventCount ?? 0);
  expect(counted.reduce((sum, count) => sum + count)).toBe(3 + wrong().length);
});

test("a split of what is no merge, of another customer or for the second time does nothing", async () => {
  const merge = merged(ada, bo);
  await happened(registered(ada), registered(bo), registered(cleo), merge);
  const facts = [split(registered(ada), bo), split(merge, cleo), { ...split(merge, bo), stream: customerStream(cleo) }];
  await happened(...facts);
  expect(models.store.merges()).toMatchObject([{ absorbed: bo, splitAt: null }]);
  await happened(split(merge, bo), split(merge, bo));
  expect(models.store.merges()).toMatchObject([{ absorbed: bo, splitAt: 8 }]);
});

const stumblesOver = (position: number) => (event: RecordedEvent) => {
  if (event.position === position) throw new Error(`cannot read ${position}`);
  return event;
};

test("merging a degraded customer degrades the survivor where the other stood still; a retry mends both as one", async () => {
  appendAll(log.writer, [registered(ada), registered(bo), consent(bo, "withdrawn", 5), consent(ada, "granted", 9)]);
  await engineOver(stumblesOver(3)).drain();
  appendAll(log.writer, [merged(ada, bo), registered(bo, 2)]);
  await engineOver(stumblesOver(3)).drain();
  expect(viewOf(ada)).toMatchObject({ degraded: { position: 3, error: "cannot read 3" }, customer: { eventCount: 2 } });
  expect(viewOf(bo)).toMatchObject({ degraded: null });
  expect(await engineOver().retry(customerStream(bo))).toEqual({ kind: "recovered", position: 6 });
  expect(viewOf(ada)).toMatchObject({ degraded: null, customer: { eventCount: 6, regroupedAt: 5 } });
  expect(emailOf(ada)).toEqual({ status: "withdrawn", position: 5 });

  const live = digestOf(models.store.contents());
  const fresh = createMemoryReadModels();
  await createEngine({ log: log.reader, store: fresh.store, upcast: event => event, stage: null }).drain();
  expect(live).toBe(digestOf(fresh.store.contents()));
});

test("a survivor who stands still does not seem to allow what the other withdrew", async () => {
  appendAll(log.writer, [consent(ada, "granted", 9), registered(ada), consent(bo, "withdrawn", 5), merged(ada, bo)]);
  await engineOver(event => (event.type === "customer-registered" ? stumblesOver(2)(event) : event)).drain();
  expect(viewOf(ada)).toMatchObject({ degraded: { position: 2 } });
  expect(emailOf(ada)).toEqual({ status: "withdrawn", position: 4 });
});

test("a restart before and after a merge and a split changes nothing", async () => {
  const merge = merged(ada, bo);
  await happened(registered(ada), registered(bo));
  await happened(merge);
  await happened(registered(bo, 3));
  await happened(split(merge, bo));
  await happened(registered(bo, 4));
  const fresh = createMemoryReadModels();
  await createEngine({ log: log.reader, store: fresh.store, upcast: event => event, stage: null }).drain();
  expect(digestOf(models.store.contents())).toBe(digestOf(fresh.store.contents()));
});

test("a stage is told each event once, and of a merge or split the whole of both", async () => {
  const told: unknown[] = [];
  const stage: EngineStage = {
    reach: ({ position }) => told.push(`at ${position}`),
    take: ({ event }, customer) => told.push([event.position, customer?.row]),
    regrouped: ({ customer, events }) =>
      told.push({ row: customer.row, all: events.map(({ event }) => event.position) }),
    changes: () => ({}),
    committed: () => told.push("committed"),
  };
  const merge = merged(ada, bo);
  appendAll(log.writer, [registered(ada), registered(bo), merge, registered(bo), split(merge, bo)]);
  await engineOver(event => event, stage).drain();
  expect(told).toEqual([
    ...["at 1", [1, 0], "at 2", [2, 1], "at 3", { row: 1, all: [] }, { row: 0, all: [1, 2, 3] }],
    ...["at 4", [4, 0], "at 5", { row: 0, all: [1, 3, 5] }, { row: 1, all: [2, 4] }, "committed"],
  ]);
});

test("a stage that cannot take an event degrades its customer, whose profile does not take it either", async () => {
  const stage: EngineStage = {
    reach: () => {},
    take: ({ event }) => {
      if (event.position === 2) throw new Error("no history for that");
    },
    regrouped: () => {},
    changes: () => ({}),
    committed: () => {},
  };
  appendAll(log.writer, [registered(ada), registered(ada), registered(ada), registered(bo)]);
  await engineOver(event => event, stage).drain();
  expect(viewOf(ada)).toMatchObject({ degraded: { position: 2 }, customer: { eventCount: 1 } });
  expect(viewOf(bo)).toMatchObject({ degraded: null });
});
