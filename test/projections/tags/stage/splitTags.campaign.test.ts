import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryReadModels } from "../../../../src/adapters/memory/createMemoryReadModels.ts";
import type { Position } from "../../../../src/domain/event.ts";
import { type CustomerId, customerStream } from "../../../../src/domain/ids.ts";
import type { JsonObject } from "../../../../src/domain/json.ts";
import type { TagVersion } from "../../../../src/domain/tag/definition.ts";
import { customerAsOf } from "../../../../src/projections/asOf/customerAsOf.ts";
import { historyAsOf } from "../../../../src/projections/asOf/historyAsOf.ts";
import { type CustomerGroup, groupAt } from "../../../../src/projections/identity/customerGroup.ts";
import type { ReadModelStore } from "../../../../src/projections/readModelStore.ts";
import type { TagSubject } from "../../../../src/projections/tags/evaluation/evaluateTag.ts";
import { compileTags } from "../../../../src/projections/tags/evaluation/tagProgram.ts";
import type { History } from "../../../../src/projections/tags/history/history.ts";
import { storedTagReads } from "../../../../src/projections/tags/storedTagReads.ts";
import type { CustomerTags } from "../../../../src/projections/tags/storedTags.ts";
import { campaign } from "../../support/campaign.ts";
import { customerId, type TestFact } from "../../support/facts.ts";
import { code, day, definition, publishOrder, versionsOf } from "./support/definitions.ts";
import { groupFacts, instant, people, withoutMerges } from "./support/groupLife.ts";
import { createTagBench, pacing, type TagBench } from "./support/tagBench.ts";

const ids = people.map(customerId);
const at = 10 * day;
const program = compileTags([
  ...publishOrder.map(tag => ({ code: code(tag), version: 1, definition: versionsOf[tag]?.[0] }) as TagVersion),
  {
    ...{ code: code("may-mail"), version: 1 },
    definition: definition(
      "may-mail",
      { kind: "boolean" },
      { kind: "attribute", source: { kind: "consent", channel: "a", purpose: "a" } },
    ),
  },
]);

const refreshedAt = fc.array(fc.nat({ max: 60 }), { maxLength: 3 });

async function lived(facts: readonly TestFact[], refreshes: readonly number[] = []) {
  const bench = createTagBench();
  for (const [index, fact] of facts.entries()) {
    bench.tell([fact], at);
    if (refreshes.includes(index)) bench.refresh(at, 3 * day);
  }
  const store = await readUntil(bench);
  return { bench, store };
}

async function readUntil(bench: TagBench, until?: Position): Promise<ReadModelStore> {
  const { store } = createMemoryReadModels();
  await bench.engineOver(store, until === undefined ? {} : { until }).drain();
  return store;
}

const historyIn = (store: ReadModelStore, id: CustomerId): History | null =>
  storedTagReads(store.tags).historyOf(id) as History | null;
const groupIn = (store: ReadModelStore, id: CustomerId, known: Position): CustomerGroup => {
  const merges = [...store.merges()];
  return groupAt(id, known, member => merges.filter(({ survivor, absorbed }) => [survivor, absorbed].includes(member)));
};

/** Everybody as the rows hold them, asked in their own time. */
function subjectsIn(store: ReadModelStore, known: Position): (id: CustomerId) => TagSubject | null {
  const related = (id: CustomerId): TagSubject | null => {
    const customerId = groupIn(store, id, known).survivor;
    const history = historyIn(store, customerId);
    return history && { customerId, history, related };
  };
  return related;
}

/** The same as it was at an earlier position, worked out from the rows of today and the log, as queries do. */
async function subjectsThen(store: ReadModelStore, { reader: log }: TagBench, known: Position) {
  const subjects = new Map<CustomerId, TagSubject>();
  const related = (id: CustomerId): TagSubject | null => subjects.get(groupIn(store, id, known).survivor) ?? null;
  const stored = new Map(
    ids.flatMap(id => {
      const history = historyIn(store, id);
      return history === null ? [] : [[id, history] as const];
    }),
  );
  for (const customerId of ids) {
    const group = groupIn(store, customerId, known);
    const history = await historyAsOf({ log, upcast: pacing.upcast, stored }, group, known);
    if (group.survivor === customerId && history.size() > 0) subjects.set(customerId, { customerId, history, related });
  }
  return related;
}

const valuesOf = (subject: TagSubject, at: number, known: Position) =>
  Object.fromEntries(program.order.map(tag => [tag, program.evaluate(tag, subject, { at, known }).value]));

/** All rows of all facts, but for merges and what these leave behind with others. */
function rowsOf(history: History | null) {
  const types = history?.types().filter(type => !/^(incoming:|identity-|noted)/.test(type)) ?? [];
  return new Map(
    types.sort().flatMap(type => {
      const table = history?.table(type);
      if (table == null || table.length === 0) return [];
      const rows = Array.from({ length: table.length }, (_, row) => [
        ...[table.occurredAt(row), table.position(row), table.endedBy(row)],
        ...table.fields().map(field => `${field}=${table.value(row, field)}`),
      ]);
      return [[type, rows] as const];
    }),
  );
}

async function splitAll(facts: readonly TestFact[]): Promise<TestFact[]> {
  const { store, bench } = await lived(facts);
  const events = new Map((await bench.events()).map(event => [event.position, event]));
  return [...store.merges()]
    .filter(({ splitAt }) => splitAt === null)
    .map(({ survivor, absorbed, position }, index) => ({
      ...{ stream: customerStream(survivor), name: `split-${index}`, type: "identity-split", occurredAt: 0 },
      ...{ data: { customer: absorbed }, corrects: events.get(position)?.sourceEventId as string },
    }));
}

test("once every merge is taken back, histories and tags are those of a log in which nobody was ever merged", () =>
  fc.assert(
    fc.asyncProperty(groupFacts(60), instant, async (facts, then) => {
      await setImmediate();
      const whole = [...facts, ...(await splitAll(facts))];
      const split = await lived(whole);
      const apart = await lived(withoutMerges(whole));
      for (const id of ids) {
        expect(rowsOf(historyIn(split.store, id))).toEqual(rowsOf(historyIn(apart.store, id)));
        const [tags, expected] = [split, apart].map(({ store }) => {
          const [stored] = storedTagReads(store.tags).tagsOf([id]) as readonly (CustomerTags | null)[];
          const now = [...(stored ?? [])].map(([tag, { value }]) => [tag, value]);
          const subject = subjectsIn(store, Number.POSITIVE_INFINITY)(id);
          return { now, thatDay: subject && valuesOf(subject, then, Number.POSITIVE_INFINITY) };
        });
        expect(tags).toEqual(expected);
      }
    }),
    campaign(25),
  ));

test("a tag as known at a position, asked today, is what the rows said when they had come so far", () =>
  fc.assert(
    fc.asyncProperty(groupFacts(60), refreshedAt, fc.nat(), instant, async (facts, refreshes, some, then) => {
      await setImmediate();
      const { bench, store } = await lived(facts, refreshes);
      const known = 1 + (some % (await bench.events()).length);
      const told = await subjectsThen(store, bench, known);
      const before = subjectsIn(await readUntil(bench, known), known);
      for (const id of ids) {
        const [subject, expected] = [told(id), before(id)];
        if (expected === null) continue; // nobody yet
        expect(subject?.customerId).toBe(expected.customerId);
        if (subject !== null) expect(valuesOf(subject, then, known)).toEqual(valuesOf(expected, then, known));
      }
    }),
    campaign(40),
  ));

test("of attributes, consents and cards tags say at any moment what the profile says, corrected or merged as it may be", () =>
  fc.assert(
    fc.asyncProperty(groupFacts(60), fc.nat(), instant, async (facts, some, then) => {
      await setImmediate();
      const { bench, store } = await lived(facts);
      const known = 1 + (some % (await bench.events()).length);
      const told = await subjectsThen(store, bench, known);
      for (const id of ids) {
        const group = groupIn(store, id, known);
        const subject = told(id);
        if (subject === null || group.survivor !== id) continue;
        const sources = { log: bench.reader, upcast: pacing.upcast, history: null };
        const profile = await customerAsOf(sources, id, group, { asOf: then, known });
        const consent = profile?.customer.consents["a/a"]?.status;
        const cards = Object.values(profile?.customer.cards ?? {}).filter(({ status }) => status === "active");
        const value = (tag: string) => program.evaluate(code(tag), subject, { at: then, known }).value;
        expect({
          a: value("nickname"),
          mail: value("may-mail"),
          since: value("since"),
          card: value("has-card"),
        }).toEqual({
          ...{ a: profile?.customer.attributes.a?.value ?? null, since: profile?.customer.registeredAt ?? null },
          ...{ mail: consent === undefined ? null : consent === "granted", card: cards.length > 0 },
        });
      }
    }),
    campaign(60),
  ));

const said = (name: string, id: CustomerId, type: string, data: JsonObject, occurredAt = day): TestFact => ({
  ...{ stream: customerStream(id), name, type, occurredAt, data },
});
const [ada, bo, cleo] = ids as [CustomerId, CustomerId, CustomerId];
const merge = said("merge", ada, "identity-merged", { customer: bo });
const split: TestFact = { ...said("split", ada, "identity-split", { customer: bo }), corrects: "merge" };
const tagsOf = (store: ReadModelStore, id: CustomerId): CustomerTags | null =>
  (storedTagReads(store.tags).tagsOf([id]) as readonly (CustomerTags | null)[])[0] ?? null;

test("who named two customers while they were one person is known to both once they are two", async () => {
  const paid = { account: "core/c", direction: "credit", amount: { minorUnits: 2000, currency: "CZK" } };
  const named = (name: string, customer: CustomerId, when: number) =>
    said(name, cleo, "relationship-established", { relationshipId: "r", kind: "spouse", customer }, when);
  const { store } = await lived([
    ...[ada, bo].map(id => said(`is-${id}`, id, "customer-registered", { attributes: {} })),
    ...[merge, said("paid", cleo, "transaction-posted", paid, at)],
    ...[named("first-bo", bo, 1), named("then-ada", ada, 2), split],
  ]);
  expect([ada, bo].map(id => tagsOf(store, id)?.get(code("big-spouse"))?.value)).toEqual([true, false]);
});

test("a survivor shows what the newest refresh found for it, the one split off again what was found before the merge", async () => {
  const paid = (name: string, id: CustomerId, minorUnits: number) =>
    said(name, id, "transaction-posted", {
      ...{ account: `core/${id}`, direction: "credit" },
      amount: { minorUnits, currency: "CZK" },
    });
  const facts = [paid("a", ada, 10), paid("b", bo, 20), paid("c", cleo, 30), merge, paid("d", ada, 5_000), split];
  const cells = async (until: number, refreshes: readonly number[]) => {
    const { store } = await lived(facts.slice(0, until), refreshes);
    return ids.slice(0, 3).map(id => tagsOf(store, id)?.get(code("cell"))?.value ?? null);
  };
  const [before, merged, later, apart] = [
    await cells(3, [2]),
    await cells(4, [2]),
    await cells(5, [2, 4]),
    await cells(6, [2, 4]),
  ];
  expect(before.every(cell => cell !== null)).toBe(true);
  expect(merged).toEqual([before[0], null, before[2]]);
  expect(later[0]).not.toBe(before[0]);
  expect(apart).toEqual([later[0], before[1], later[2]]);
});

test("a tag of consents names the merge as what it stands on, and any later grant after it", async () => {
  const consent = (name: string, id: CustomerId, what: string, when: number) =>
    said(name, id, `consent-${what}`, { channel: "a", purpose: "a" }, when);
  const facts = [
    ...[consent("grant", ada, "granted", 20), consent("no", bo, "withdrawn", 10), merge],
    ...[consent("late", ada, "granted", 30), consent("again", bo, "granted", 2 * day)],
  ];
  const explain = async (until: number) => {
    const { bench, store } = await lived(facts.slice(0, until));
    const subject = subjectsIn(store, Number.POSITIVE_INFINITY)(ada) as TagSubject;
    const { value, evidence } = program.explain(code("may-mail"), subject, { at, known: Number.POSITIVE_INFINITY });
    const events = await bench.events();
    const names = evidence.positions.map(position => events.find(event => event.position === position)?.sourceEventId);
    return { value, names };
  };
  expect(await explain(1)).toEqual({ value: true, names: ["grant"] });
  expect(await explain(3)).toEqual({ value: false, names: ["merge"] });
  expect(await explain(4)).toEqual({ value: false, names: ["merge"] });
  expect(await explain(5)).toEqual({ value: true, names: ["again"] });
});
