import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openReadModelStore } from "../../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { openReadModels } from "../../../src/adapters/embedded/readModels/openReadModels.ts";
import { createMemoryReadModels } from "../../../src/adapters/memory/createMemoryReadModels.ts";
import { sourceStream } from "../../../src/domain/ids.ts";
import { createPersonalPaths } from "../../../src/intake/personalPaths.ts";
import { createCheckpointSignal } from "../../../src/projections/checkpointSignal.ts";
import { digestOf } from "../../../src/projections/digest.ts";
import { createEngine, type EngineOptions } from "../../../src/projections/engine.ts";
import { dayMs, type QualityCount, type QualityQuery } from "../../../src/projections/quality/qualityCount.ts";
import { fact, openDoor, opened, paid, registered, today } from "../../intake/openDoor.ts";
import { shippedCatalogue } from "../../intake/shippedCatalogue.ts";
import { newEvent } from "../../support/newEvent.ts";
import { tempFolder } from "../../support/tempFolder.ts";

const isPersonal = createPersonalPaths(shippedCatalogue);
const day = Math.floor(today / dayMs);
const core: QualityQuery = { source: "core", from: day - 10, to: day + 10, grain: "whole" };
const hour = 3_600_000;
const ago = (ms: number) => ({ occurredAt: new Date(today - ms).toISOString() });

/** The numbers of a query as "measure type field code": number. */
const named = (counts: readonly QualityCount[]): Record<string, number> =>
  Object.fromEntries(
    counts.map(({ measure, factType, field, code, count }) => [
      [measure, factType, field, code].filter(Boolean).join(" "),
      count,
    ]),
  );

function follow(door: ReturnType<typeof openDoor>, options: Partial<EngineOptions> = {}) {
  const { store, readModels } = createMemoryReadModels();
  const engine = createEngine({ log: door.reader, store, upcast: event => event, isPersonal, ...options });
  return {
    store,
    engine,
    of: async (query: Partial<QualityQuery> = {}) => {
      await engine.drain();
      const session = readModels.open();
      const counts = await session.qualityCounts({ ...core, ...query });
      session.release();
      return counts;
    },
    sources: async () => {
      await engine.drain();
      const session = readModels.open();
      const sources = await session.qualitySources();
      session.release();
      return sources;
    },
  };
}

test("a fact counts for its source, type and day, with the fields it has and how late it came", async () => {
  const door = openDoor();
  const quality = follow(door);
  await door.submit(registered("1", ago(30_000)), opened("1", ago(2 * hour)));
  await door.submit(paid("1.00", ago(3 * 24 * hour)), paid("2.00", ago(-2 * hour)));
  expect(named(await quality.of())).toEqual({
    "accepted customer-registered": 1,
    "delay customer-registered minute": 1,
    "present customer-registered data.attributes": 1,
    "present customer-registered data.attributes.district": 1, // but not the personal firstName
    "accepted account-opened": 1,
    "delay account-opened day": 1,
    "present account-opened data.account": 1,
    "accepted transaction-posted": 2,
    "delay transaction-posted week": 1,
    "delay transaction-posted minute": 1,
    "future transaction-posted": 1,
    "present transaction-posted data.account": 2,
    "present transaction-posted data.amount": 2,
    "present transaction-posted data.direction": 2,
  });
  expect(await quality.sources()).toEqual([{ source: "core", firstDay: day, lastDay: day }]);
  expect(await quality.of({ source: "other" })).toEqual([]);
  expect(await quality.of({ from: day + 1 })).toEqual([]);
});

test("a refused fact counts for each field at fault once, and for each reason", async () => {
  const door = openDoor();
  const quality = follow(door);
  const wrong = { direction: "sideways", amount: { amount: "1.234", currency: "XXQ" }, surprise: 1, another: 2 };
  await door.submit(registered(), opened(), fact("transaction-posted", wrong), { source: "core", type: "nonsense" });
  const counts = named(await quality.of());
  expect(counts).toMatchObject({ "quarantined transaction-posted": 1, "quarantined nonsense": 1 });
  expect(counts["refused transaction-posted data.direction"]).toBe(1);
  expect(counts["refused transaction-posted data.*"]).toBe(1); // two names that the standard does not know
  expect(counts["fault transaction-posted data.* unknown-field"]).toBe(1);
  expect(counts["refused nonsense occurredAt"]).toBe(1);
  expect(counts["accepted transaction-posted"]).toBeUndefined();
});

test("what became of refused facts counts for their type", async () => {
  const door = openDoor();
  const quality = follow(door);
  await door.submit(registered(), opened());
  const outcomes = await door.submit(
    paid("1.234", { id: "p1" }),
    paid("5.678", { id: "p2" }),
    paid("1.00", { id: "p3", subject: { account: { system: "core", id: "a2" } }, occurredAt: "2024-04-02T10:00:00Z" }),
  );
  const ids = outcomes.map(outcome => (outcome as { quarantineId: string }).quarantineId);
  const actor = { kind: "person" as const, id: "ada" };
  const settle = (command: object) => door.intake.settle({ actor, note: "", ...command } as never);
  await settle({ kind: "repair", quarantineId: ids[0], fact: paid("1.23", { id: "p1" }) });
  await settle({ kind: "discard", quarantineId: ids[1] });
  expect(named(await quality.of())).toMatchObject({
    "accepted transaction-posted": 1,
    "quarantined transaction-posted": 3,
    "repaired transaction-posted": 1,
    "discarded transaction-posted": 1,
  });
});

test("duplicates that the door tells of are added up", async () => {
  const door = openDoor();
  const quality = follow(door);
  await door.submit(registered());
  const observed = (facts: number) => {
    const data = { from: "", to: "", duplicates: [{ factType: "transaction-posted", facts }] };
    return newEvent({ type: "source-observed", source: "core", data });
  };
  door.writer.append(
    [{ writes: [{ stream: sourceStream("core"), expected: "any", events: [observed(3), observed(4)] }] }],
    today,
  );
  expect(named(await quality.of())).toMatchObject({ "duplicate transaction-posted": 7 });
});

test("days are told apart, and added up when asked for as a whole", async () => {
  const clock = { now: today };
  const door = openDoor({ now: () => clock.now });
  const quality = follow(door);
  await door.submit(registered("1"));
  clock.now += dayMs;
  await door.submit(registered("2"), registered("3"));
  const accepted = async (grain: "day" | "whole") =>
    (await quality.of({ grain }))
      .filter(({ measure }) => measure === "accepted")
      .map(count => [count.day - day, count.count]);
  expect(await accepted("day")).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(await accepted("whole")).toEqual([[-10, 3]]);
});

test("what this system records itself is no fact of a source", async () => {
  const door = openDoor();
  const quality = follow(door);
  await door.submit(registered());
  const counts = await quality.of();
  expect(counts.some(({ factType }) => factType === "identity-linked")).toBe(false); // the first contact
});

test("memory and disk answer alike, wherever the commits fall", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ kind: fc.integer({ min: 0, max: 3 }), late: fc.integer({ min: 0, max: 50 * 24 }) }), {
        maxLength: 25,
      }),
      fc.integer({ min: 1, max: 7 }),
      async (told, flushEvents) => {
        const clock = { now: today };
        const door = openDoor({ now: () => clock.now });
        await door.submit(registered(), opened());
        for (const { kind, late } of told) {
          clock.now += 5 * hour;
          const when = { occurredAt: new Date(clock.now - late * hour).toISOString() };
          if (kind === 0) await door.submit(paid("1.00", when));
          else if (kind === 1) await door.submit(paid("1.234", when));
          else if (kind === 2) await door.submit(fact("preference-set", { name: "colour", value: "blue" }, when));
          else await door.submit(fact("complaint-recorded", {}, when));
        }
        const folder = tempFolder();
        const file = join(folder, "readmodels.db");
        const store = openReadModelStore(file);
        const paced = { pageSize: flushEvents, flushEvents };
        await createEngine({ log: door.reader, store, upcast: event => event, isPersonal, ...paced }).drain();
        const inMemory = follow(door);
        await inMemory.engine.drain();
        expect(digestOf(store.contents())).toBe(digestOf(inMemory.store.contents()));

        const readModels = openReadModels(file, createCheckpointSignal(0));
        const session = readModels.open();
        for (const grain of ["day", "whole"] as const) {
          const query = { ...core, grain };
          expect(sorted(await session.qualityCounts(query))).toEqual(sorted(await inMemory.of(query)));
        }
        expect(await session.qualitySources()).toEqual(await inMemory.sources());
        session.release();
        readModels.close();
        store.close();
      },
    ),
    { numRuns: 15 },
  );
});

const sorted = (counts: readonly QualityCount[]): string[] =>
  counts
    .map(({ day, source, factType, measure, field, code, count }) =>
      JSON.stringify([day, source, factType, measure, field, code, count]),
    )
    .sort();
