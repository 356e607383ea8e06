import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { createKeyVault } from "../../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../../src/adapters/embedded/log/createLogReader.ts";
import { createLogWriter } from "../../src/adapters/embedded/log/createLogWriter.ts";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { storePaths } from "../../src/adapters/embedded/storePaths.ts";
import { createMemoryReadModels } from "../../src/adapters/memory/createMemoryReadModels.ts";
import { drawFor } from "../../src/demo/draw.ts";
import { generateBank } from "../../src/demo/generateBank.ts";
import type { AppendRequest } from "../../src/domain/eventLog.ts";
import { createIntake } from "../../src/intake/createIntake.ts";
import { createUpcaster } from "../../src/intake/upcaster.ts";
import { digestOf } from "../../src/projections/digest.ts";
import { createEngine } from "../../src/projections/engine.ts";
import { factCatalogue } from "../../src/threads/factCatalogue.ts";
import { newEvent } from "../support/newEvent.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { allEvents, withLog } from "./crashSupport/readLog.ts";
import { seed } from "./crashSupport/seed.ts";

type Damage = { readonly kind: "cut" | "flip"; readonly at: number };

/** Copies a folder whose owner never got to close it, with one of its files damaged. The shared-memory file would not survive. */
function damagedCopy(folder: string, file: string, { kind, at }: Damage): string {
  const copy = join(folder, "copies", `${file}-${kind}-${at}`);
  mkdirSync(copy, { recursive: true });
  for (const name of readdirSync(folder))
    if (name.includes(".db") && !name.endsWith("-shm")) copyFileSync(join(folder, name), join(copy, name));
  const bytes = readFileSync(join(copy, file));
  if (kind === "flip") bytes[at] = (bytes[at] as number) ^ 0xff;
  writeFileSync(join(copy, file), kind === "cut" ? bytes.subarray(0, at) : bytes);
  return copy;
}

/** Random places all over a file, and each byte of its header flipped. */
function damages(draw: ReturnType<typeof drawFor>, size: number, count: number): Damage[] {
  const random = Array.from({ length: count }, (_, n) => ({
    kind: n % 2 === 0 ? ("cut" as const) : ("flip" as const),
    at: draw.int(0, size - 1),
  }));
  return [...random, ...Array.from({ length: 32 }, (_, at) => ({ kind: "flip" as const, at }))];
}

/** Where the newest commit ends in the write-ahead log, in bytes. What follows there is left from before its last reset. */
function endOfWal(database: Database.Database): number {
  const [{ log: frames }] = database.pragma("wal_checkpoint(NOOP)") as [{ log: number }];
  const page = database.pragma("page_size", { simple: true }) as number;
  return frames === 0 ? 0 : 32 + frames * (24 + page);
}

describe("the log after its write-ahead log was cut or damaged anywhere", () => {
  /** A log written in commits of known ends; part of it already lies in the database file. */
  async function writtenLog() {
    const folder = tempFolder();
    const draw = drawFor(seed, 11);
    const { events: path, keys } = storePaths(folder);
    const requests = (): AppendRequest[] =>
      Array.from({ length: draw.int(1, 3) }, () => {
        const stream = `customer-${draw.int(1, 12)}`;
        const personal = { subject: stream, fields: { "/name": "x".repeat(draw.int(1, 200)) } };
        const events = Array.from({ length: draw.int(1, 2) }, () => newEvent({ personal }));
        return { writes: [{ stream, expected: "any", events }], claims: [{ key: events[0]!.eventId, stream }] };
      });
    const first = createLogWriter(path, createKeyVault(keys, "write"));
    for (let commit = 0; commit < 10; commit += 1) first.append(requests(), commit);
    first.close();

    const writer = createLogWriter(path, createKeyVault(keys, "write"), { mergeEvery: 40 });
    const beside = new Database(path);
    let ends = [{ bytes: 0, head: writer.head() }];
    for (let commit = 10; commit < 70; commit += 1) {
      const before = ends.at(-1)!;
      writer.append(requests(), commit);
      const end = { bytes: endOfWal(beside), head: writer.head() };
      // A merge copies everything into the database file, and the next commit begins the write-ahead log anew.
      ends = end.bytes < before.bytes ? [{ bytes: 0, head: before.head }, end] : [...ends, end];
      if (commit < 50) writer.maintain();
    }
    beside.close();
    const events = await withLog(folder, allEvents);
    return { folder, writer, ends, events, size: statSync(`${path}-wal`).size };
  }

  test("it opens with every commit before the damage and nothing half there after it, and goes on", async () => {
    const { folder, writer, ends, events, size } = await writtenLog();
    for (const damage of damages(drawFor(seed, 12), size, 200)) {
      const copy = damagedCopy(folder, "events.db-wal", damage);
      const kept = ends.findLast(({ bytes }) => bytes <= damage.at)!.head;
      const what = `${damage.kind} at ${damage.at} of ${size}`;
      expect(await withLog(copy, allEvents), what).toEqual(events.slice(0, kept));

      const vault = createKeyVault(storePaths(copy).keys, "write");
      const again = createLogWriter(storePaths(copy).events, vault);
      const next: AppendRequest = { writes: [{ stream: "customer-1", expected: "any", events: [newEvent()] }] };
      expect(again.append([next], 100), what).toMatchObject([{ kind: "appended", first: kept + 1 }]);
      again.close();
      expect(await withLog(copy, allEvents), what).toHaveLength(kept + 1);
    }
    writer.close();
  });
});

describe("read models after their write-ahead log was cut or damaged anywhere", () => {
  test("they reach the state of the log again", async () => {
    const folder = tempFolder();
    const { events: path, keys } = storePaths(folder);
    const vault = createKeyVault(keys, "write");
    const writer = createLogWriter(path, vault);
    const reader = createLogReader(path, vault);
    const catalogue = factCatalogue();
    const upcast = createUpcaster(catalogue);
    const intake = createIntake({ writer, reader, catalogue, secret: vault.secret("identity"), now: Date.now });
    const store = openReadModelStore(join(folder, "readmodels-1.db"));
    const engine = createEngine({ log: reader, store, upcast });
    const facts = [...generateBank({ seed, customers: 8, months: 3, factsPerCustomer: 40 })].flat();
    for (let from = 0; from < facts.length; from += 20) {
      await intake.submit({ format: "facts", facts: facts.slice(from, from + 20) }, { source: "crash-test" });
      await engine.drain();
    }
    const expected = digestOf(store.contents());
    const memory = createMemoryReadModels().store;
    await createEngine({ log: reader, store: memory, upcast }).drain();
    expect(digestOf(memory.contents())).toBe(expected);

    const file = "readmodels-1.db-wal";
    for (const damage of damages(drawFor(seed, 13), statSync(join(folder, file)).size, 60)) {
      const copy = damagedCopy(folder, file, damage);
      const what = `${damage.kind} at ${damage.at}`;
      const reopened = openReadModelStore(join(copy, "readmodels-1.db"));
      expect(reopened.checkpoint().position, what).toBeLessThanOrEqual(writer.head());
      await createEngine({ log: reader, store: reopened, upcast }).drain();
      expect(digestOf(reopened.contents()), what).toBe(expected);
      reopened.close();
    }
    store.close();
    reader.close();
    writer.close();
  });
});
