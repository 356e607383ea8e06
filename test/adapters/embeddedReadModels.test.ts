import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import {
  currentGeneration,
  flipTo,
  generationFile,
  nextGeneration,
  removeOtherGenerations,
} from "../../src/adapters/embedded/readModels/generations.ts";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { openReadModelContents, openReadModels } from "../../src/adapters/embedded/readModels/openReadModels.ts";
import { createMemoryLog } from "../../src/adapters/memory/createMemoryLog.ts";
import { createCheckpointSignal } from "../../src/projections/checkpointSignal.ts";
import { digestOf } from "../../src/projections/digest.ts";
import { createEngine } from "../../src/projections/engine.ts";
import { type ReadModelStore, ReadModelsOutdated } from "../../src/projections/readModelStore.ts";
import { rebuild } from "../../src/projections/rebuild.ts";
import { customerKey } from "../../src/projections/touchedKeys.ts";
import { readModelsContract } from "../contracts/readModelsContract.ts";
import { ada, adaId, appendAll, customerId } from "../projections/support/facts.ts";
import { tempFolder } from "../support/tempFolder.ts";

const upcast = <Event>(event: Event): Event => event;

function readModelsOver(sharing: boolean) {
  const file = join(tempFolder(), "readmodels-1.db");
  const signal = createCheckpointSignal();
  const store = openReadModelStore(file);
  let commits = 0;
  const commit: ReadModelStore["commit"] = changes => {
    store.commit(changes);
    commits += 1;
    signal.publish(changes.checkpoint.position);
  };
  const readModels = openReadModels(file, signal, sharing ? { commits: () => commits } : {});
  const close = () => {
    readModels.close();
    store.close();
  };
  return { store: { ...store, commit }, readModels, close, file };
}

readModelsContract("the embedded read models", () => readModelsOver(false));
readModelsContract("the embedded read models, sharing snapshots", () => readModelsOver(true));

test("a reader who looks again only after very many commits takes everything for touched", async () => {
  const { store, readModels, close } = readModelsOver(true);
  const log = createMemoryLog({ logId: "log" });
  const engine = createEngine({ log: log.reader, store, upcast });
  const look = () => {
    const session = readModels.open();
    session.release();
    return session;
  };
  const commit = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      appendAll(log.writer, [
        { stream: ada, name: `f${engine.stats().position}`, type: "call-recorded", occurredAt: 1, data: {} },
      ]);
      await engine.drain();
    }
  };
  await commit(1);
  const other = [customerKey(customerId("bo"))];
  const first = look().snapshot;
  await commit(1_000);
  const second = look();
  expect([second.touchedAfter(other, first), second.touchedAfter([customerKey(adaId)], first)]).toEqual([false, true]);
  await commit(1_001);
  const third = look();
  expect([third.touchedAfter(other, second.snapshot), third.touchedAfter(other, third.snapshot)]).toEqual([
    true,
    false,
  ]);
  close();
});

test("sessions share a snapshot until the next commit, also one that moves no position, and keep what they have", async () => {
  const { store, readModels, close, file } = readModelsOver(true);
  const log = createMemoryLog({ logId: "log" });
  const call = (name: string) => ({ stream: ada, name, type: "call-recorded", occurredAt: 1, data: {} });
  const engine = createEngine({ log: log.reader, store, upcast });
  appendAll(log.writer, [call("f1")]);
  await engine.drain();
  const first = readModels.open();
  appendAll(log.writer, [call("f2")]);
  await engine.drain();
  const second = readModels.open();
  const count = async (session: typeof first) => (await session.customers([adaId]))[0]?.customer.eventCount;
  expect([first.position, await count(first)]).toEqual([1, 1]);
  expect([second.position, await count(second)]).toEqual([2, 2]);

  const last = store.checkpoint();
  const poison = { stream: ada, position: 2, error: "cannot be folded" };
  store.commit({ checkpoint: last, customers: [], quarantine: [], poisoned: [poison], mended: [], merges: [] });
  const third = readModels.open();
  expect((await second.customers([adaId]))[0]?.degraded).toBeNull();
  expect(third.position).toBe(2);
  expect((await third.customers([adaId]))[0]?.degraded).toEqual({ position: 2, error: "cannot be folded" });

  for (const session of [first, second, third]) session.release();
  expect(() => third.customers([adaId])).toThrow("released");
  const fourth = readModels.open();
  expect((await fourth.customers([adaId]))[0]?.degraded).not.toBeNull();
  fourth.release();

  // The snapshot that waits for the next session lets the log be cut once there is a newer commit.
  store.commit({ checkpoint: last, customers: [], quarantine: [], poisoned: [], mended: [ada], merges: [] });
  const cut = () => {
    const other = new Database(file);
    try {
      return (other.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[])[0]?.busy;
    } finally {
      other.close();
    }
  };
  expect(cut()).toBe(1);
  readModels.letGo();
  expect(cut()).toBe(0);
  close();
});

async function generation(folder: string, number: number, events: number) {
  const log = createMemoryLog({ logId: "log" });
  appendAll(
    log.writer,
    Array.from({ length: events }, (_, index) => ({
      ...{ stream: ada, name: `f${index}`, type: "call-recorded", occurredAt: index, data: {} },
    })),
  );
  const makeStore = (generation: number) => openReadModelStore(generationFile(folder, generation));
  return rebuild({ log: log.reader, generation: number, makeStore, upcast });
}

test("a commit that fails half-way leaves the rows and the checkpoint as they were", async () => {
  const store = openReadModelStore(join(tempFolder(), "r.db"));
  const log = createMemoryLog({ logId: "log" });
  const fact = { stream: ada, name: "f1", type: "call-recorded", occurredAt: 1, data: {} };
  appendAll(log.writer, [fact]);
  await createEngine({ log: log.reader, store, upcast }).drain();
  const before = digestOf(store.contents());
  const [stored] = store.load([adaId]);
  const { row, customer } = stored as NonNullable<typeof stored>;
  const again = { occurredAt: 2, position: 2, type: "a type of its own" };
  const twice = { row, before: customer, after: customer, timeline: [again, again], entries: [], reversals: [] };
  const changes = { quarantine: [], poisoned: [], mended: [], merges: [], checkpoint: { position: 2, hash: "h" } };
  expect(() => store.commit({ ...changes, customers: [{ ...twice, rewrite: false }] })).toThrow("UNIQUE");
  expect(digestOf(store.contents())).toBe(before);
  store.close();
});

test("the digest is of the stored bytes: a changed row is seen", async () => {
  const folder = tempFolder();
  const { digest } = await generation(folder, 1, 3);
  const read = () => {
    const { contents, close } = openReadModelContents(generationFile(folder, 1));
    const digest = digestOf(contents);
    close();
    return digest;
  };
  expect(read()).toBe(digest);
  const database = new Database(generationFile(folder, 1));
  database.exec("UPDATE activity SET event_count = event_count + 1");
  database.close();
  expect(read()).not.toBe(digest);
});

test("rows of another version are refused, by writer and reader", async () => {
  const folder = tempFolder();
  await generation(folder, 1, 1);
  const file = generationFile(folder, 1);
  const database = new Database(file);
  database.pragma("user_version = 999");
  database.close();
  expect(() => openReadModelStore(file)).toThrow(ReadModelsOutdated);
  expect(() => openReadModels(file, createCheckpointSignal())).toThrow(ReadModelsOutdated);
});

test("a rebuild serves nobody until the flip, and after it only the new generation is left", async () => {
  const folder = tempFolder();
  expect([currentGeneration(folder), nextGeneration(folder)]).toEqual([null, 1]);
  await generation(folder, 1, 1);
  flipTo(folder, 1);
  const readModels = openReadModels(generationFile(folder, 1), createCheckpointSignal());
  const before = readModels.open();

  const number = nextGeneration(folder);
  expect(number).toBe(2);
  await generation(folder, number, 3);
  expect(currentGeneration(folder)).toBe(1);
  flipTo(folder, number);
  readModels.switchTo(generationFile(folder, number));
  expect(currentGeneration(folder)).toBe(2);
  expect(removeOtherGenerations(folder)).toEqual([1]);

  const after = readModels.open();
  expect([before.position, after.position]).toEqual([1, 3]);
  expect(await before.timeline(adaId, { direction: "forward", limit: 9 })).toHaveLength(1);
  before.release();
  after.release();
  readModels.close();
  expect(readdirSync(folder).filter(name => name.startsWith("readmodels-1"))).toEqual([]);
});

test("whatever moment a rebuild is cut short at, the old generation is in use and the rest is swept away", async () => {
  const folder = tempFolder();
  await generation(folder, 1, 1);
  flipTo(folder, 1);
  writeFileSync(generationFile(folder, 2), "half a rebuild");
  writeFileSync(`${generationFile(folder, 2)}-wal`, "of it");
  writeFileSync(join(folder, "readmodels.current.new"), "2");
  expect([currentGeneration(folder), nextGeneration(folder)]).toEqual([1, 3]);
  expect(removeOtherGenerations(folder)).toEqual([2]);
  expect(existsSync(`${generationFile(folder, 2)}-wal`)).toBe(false);
  expect(currentGeneration(folder)).toBe(1);
  expect(openReadModelStore(generationFile(folder, 1)).checkpoint().position).toBe(1);
});

test("nothing is swept away while no generation is in use, and none is taken into use that is not there", async () => {
  const folder = tempFolder();
  await generation(folder, 1, 1);
  expect(removeOtherGenerations(folder)).toEqual([]);
  expect(() => flipTo(folder, 7)).toThrow("to take into use");
  writeFileSync(join(folder, "readmodels.current"), "tomorrow\n");
  expect(() => currentGeneration(folder)).toThrow("names no generation");
});

test("a rebuild refuses to go on from rows it did not make", async () => {
  const folder = tempFolder();
  await generation(folder, 1, 1);
  await expect(generation(folder, 1, 1)).rejects.toThrow("not empty");
});

test("sessions coming and going see each commit, and leave no transaction open behind", async () => {
  const file = join(tempFolder(), "r.db");
  const store = openReadModelStore(file);
  const log = createMemoryLog({ logId: "log" });
  const signal = createCheckpointSignal();
  const engine = createEngine({ log: log.reader, store, upcast, onCommit: signal.publish });
  const readModels = openReadModels(file, signal, { idleConnections: 2 });
  for (let round = 0; round < 20; round++) {
    const fact = { stream: ada, name: `f${round}`, type: "call-recorded", occurredAt: round, data: {} };
    appendAll(log.writer, [fact]);
    await engine.step();
    const sessions = [readModels.open(), readModels.open(), readModels.open()];
    expect(sessions.map(({ position }) => position)).toEqual([round + 1, round + 1, round + 1]);
    for (const session of sessions) session.release();
  }
  readModels.close();
  store.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
});
