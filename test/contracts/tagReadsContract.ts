import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMemoryLog } from "../../src/adapters/memory/createMemoryLog.ts";
import { customerStream } from "../../src/domain/ids.ts";
import type { JsonObject } from "../../src/domain/json.ts";
import type { TagDefinition } from "../../src/domain/tag/definition.ts";
import { createEngine, type Engine } from "../../src/projections/engine.ts";
import type { ReadSession } from "../../src/projections/readModels.ts";
import { createTagStage } from "../../src/projections/tags/stage/tagStage.ts";
import { adaId, appendAll, customerId, type TestFact } from "../projections/support/facts.ts";
import { code, day, definition } from "../projections/tags/stage/support/definitions.ts";
import type { OpenReadModels } from "./readModelsContract.ts";

const boId = customerId("bo");
const payments = code("payments");
const count = (): TagDefinition =>
  definition(
    "payments",
    { kind: "number", decimals: 0, unit: null },
    {
      kind: "statistic",
      measure: { kind: "count" },
      facts: { types: ["transaction-posted"], where: null, window: { kind: "rolling", length: 2 * day } },
    },
  );
const city = (): TagDefinition =>
  definition(
    "city",
    { kind: "text" },
    {
      kind: "attribute",
      source: { kind: "attribute", name: "city", form: { kind: "text" } },
    },
  );
let names = 0;
const fact = (stream: string, type: string, occurredAt: number, data: object): TestFact => ({
  ...{ stream, type, occurredAt, name: `fact-${++names}` },
  data: JSON.parse(JSON.stringify(data)) as JsonObject,
});
const published = (...definitions: TagDefinition[]): TestFact[] =>
  definitions.flatMap(tag => [
    fact(`tag-${tag.code}`, "tag-drafted", 0, { version: 1, definition: tag }),
    fact(`tag-${tag.code}`, "tag-published", 0, { version: 1 }),
  ]);
const lives = (who: typeof adaId, where: string): TestFact =>
  fact(customerStream(who), "customer-registered", 1, { attributes: { city: where } });
const paid = (who: typeof adaId, at: number): TestFact =>
  fact(customerStream(who), "transaction-posted", at, {
    ...{ account: "core/1", direction: "debit", amount: { minorUnits: 1, currency: "CZK" } },
  });

/** What every home of the read models promises about tags. */
export function tagReadsContract(name: string, open: () => OpenReadModels): void {
  describe(`${name}, as a home of tags`, () => {
    let opened: OpenReadModels;
    let log: ReturnType<typeof createMemoryLog>;
    let engine: Engine;
    let session: ReadSession | null;
    beforeEach(() => {
      opened = open();
      log = createMemoryLog({ logId: "log" });
      const stage = createTagStage({ tables: opened.store.tags, now: () => (clock += 20) });
      engine = createEngine({
        ...{ log: log.reader, store: opened.store, upcast: event => event, stage },
        ...{ now: () => 0, workFlushMs: 0 },
      });
      session = null;
    });
    afterEach(() => {
      session?.release();
      opened.close();
    });
    let clock = 0;
    const arrive = async (at: number, ...facts: TestFact[]): Promise<void> => {
      appendAll(log.writer, facts, at);
      await engine.drain();
    };
    const look = (): ReadSession => {
      session?.release();
      session = opened.readModels.open();
      return session;
    };
    const valuesOf = async (seen: ReadSession, ...ids: (typeof adaId)[]) =>
      (await seen.tagsOf(ids)).map(tags => tags && Object.fromEntries(tags));

    test("has histories of all facts, and neither values nor fills before a tag is published", async () => {
      await arrive(day, lives(adaId, "Brno"), paid(adaId, 5));
      const seen = look();
      expect([seen.logTime(), await seen.tagFills(), await seen.tagSpread(payments, 9)]).toEqual([day, [], null]);
      expect(await valuesOf(seen, adaId, boId)).toEqual([{}, null]);
      expect((await seen.historyOf(adaId))?.size()).toBe(2);
      expect(await seen.historyOf(boId)).toBeNull();
    });

    test("tells what is kept under a code, of whoever is asked for, and null where nothing is", async () => {
      await arrive(day, ...published(count(), city()), lives(adaId, "Brno"), paid(adaId, 5), paid(boId, 7));
      const seen = look();
      const cities = code("city");
      expect(await seen.keptUnder(cities, [boId, adaId, customerId("nobody")])).toEqual([null, "Brno", null]);
      expect(await seen.keptUnder("~never kept" as typeof cities, [adaId])).toBeNull();
    });

    test("gives each customer's values with their end, missing ones included, in the order asked", async () => {
      await arrive(
        day,
        ...published(count(), city()),
        lives(adaId, "Brno"),
        paid(adaId, 5),
        paid(boId, 7),
        paid(boId, day),
      );
      expect(await valuesOf(look(), boId, customerId("nobody"), adaId)).toEqual([
        { payments: { value: 2, validUntil: 7 + 2 * day }, city: { value: null, validUntil: null } },
        null,
        { payments: { value: 1, validUntil: 5 + 2 * day }, city: { value: "Brno", validUntil: null } },
      ]);
    });

    test("keeps a session's values, spread and time when a later commit changes them", async () => {
      await arrive(day, ...published(count()), paid(adaId, 5));
      const before = opened.readModels.open();
      await arrive(5 + 2 * day, paid(boId, day));
      expect(await valuesOf(before, adaId, boId)).toEqual([{ payments: { value: 1, validUntil: 5 + 2 * day } }, null]);
      expect(before.logTime()).toBe(day);
      expect((await before.tagSpread(payments, 9))?.stretches).toEqual([{ from: 1, to: 2, customers: 1 }]);
      before.release();
      expect(await valuesOf(look(), adaId)).toEqual([{ payments: { value: 0, validUntil: null } }]);
      expect((await look().tagSpread(payments, 9))?.stretches).toEqual([
        { from: 0, to: 1, customers: 1 },
        { from: 1, to: 2, customers: 1 },
      ]);
    });

    test("counts who has which value, the most frequent first, and lists them by row", async () => {
      const people = ["a", "b", "c", "d"].map(customerId);
      const cities = ["Brno", "Praha", "Praha", null];
      const registered = people.map((id, index) =>
        fact(customerStream(id), "customer-registered", 1, { attributes: { city: cities[index] } }),
      );
      await arrive(day, ...published(city()), ...registered);
      const seen = look();
      expect(await seen.tagSpread(code("city"), 9)).toEqual({
        ...{ covered: 3, customers: 4, stretches: [] },
        values: [
          { value: "Praha", customers: 2 },
          { value: "Brno", customers: 1 },
        ],
      });
      expect((await seen.tagSpread(code("city"), 1))?.values).toEqual([{ value: "Praha", customers: 2 }]);
      const rows = async (value: string | undefined, after: number, limit: number) =>
        (await seen.taggedCustomers(code("city"), value, after, limit)).map(({ row, value }) => [row, value]);
      expect(await rows(undefined, -1, 2)).toEqual([
        [0, "Brno"],
        [1, "Praha"],
      ]);
      expect(await rows("Praha", 1, 9)).toEqual([[2, "Praha"]]);
      expect(await rows("Ostrava", -1, 9)).toEqual([]);
    });

    test("shows how far a back-fill has got, and no half of it; values appear for all at once", async () => {
      const people = Array.from({ length: 40 }, (_, index) => customerId(`person ${index}`));
      await arrive(day, ...people.map(id => paid(id, 5)));
      appendAll(log.writer, published(count()), day);
      await engine.step();
      await engine.step();
      const half = look();
      const [fill] = await half.tagFills();
      expect(fill).toMatchObject({ code: payments, version: 1, filled: false, total: 40 });
      expect(fill?.done).toBeGreaterThan(0);
      expect(fill?.done).toBeLessThan(40);
      expect(await half.tagSpread(payments, 9)).toBeNull();
      expect(await valuesOf(half, people[0] as typeof adaId)).toEqual([{}]);
      await engine.drain();
      const whole = look();
      expect(await whole.tagFills()).toEqual([{ code: payments, version: 1, filled: true, done: 40, total: 40 }]);
      expect(await whole.tagSpread(payments, 9)).toMatchObject({ covered: 40, customers: 40 });
    });

    test("forgets a retired tag and its counts", async () => {
      await arrive(day, ...published(count(), city()), lives(adaId, "Brno"));
      await arrive(day, fact("tag-payments", "tag-retired", 0, { version: 1, reason: "nobody asks" }));
      const seen = look();
      expect(await valuesOf(seen, adaId)).toEqual([{ city: { value: "Brno", validUntil: null } }]);
      expect([(await seen.tagFills()).map(fill => fill.code), await seen.tagSpread(payments, 9)]).toEqual([
        ["city"],
        null,
      ]);
    });
  });
}
