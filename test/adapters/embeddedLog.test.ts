import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { createKeyVault } from "../../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../../src/adapters/embedded/log/createLogReader.ts";
import { createLogWriter, type LogWriterOptions } from "../../src/adapters/embedded/log/createLogWriter.ts";
import type { AppendRequest, LogWriter } from "../../src/domain/eventLog.ts";
import type { EventId } from "../../src/domain/ids.ts";
import { eventLogContract, type OpenLog } from "../contracts/eventLogContract.ts";
import { newEvent } from "../support/newEvent.ts";
import { tempFolder } from "../support/tempFolder.ts";

function openLog(folder: string, options: LogWriterOptions = {}): OpenLog {
  const vault = createKeyVault(join(folder, "keys.db"), "write");
  const embedded = createLogWriter(join(folder, "events.db"), vault, options);
  const reader = createLogReader(join(folder, "events.db"), vault);
  const writer: LogWriter = {
    ...embedded,
    append: (requests, now) => {
      const outcomes = embedded.append(requests, now);
      embedded.maintain();
      return outcomes;
    },
  };
  return {
    writer,
    reader,
    vault,
    close: () => {
      reader.close();
      embedded.close();
    },
  };
}

const inOwnFolder = (options: LogWriterOptions) => (): OpenLog => {
  const folder = mkdtempSync(join(tmpdir(), "c360-"));
  const log = openLog(folder, options);
  return {
    ...log,
    close: () => {
      log.close();
      rmSync(folder, { recursive: true });
    },
  };
};

eventLogContract("the embedded log", inOwnFolder({}));
eventLogContract(
  "the embedded log, merging its indexes every 3 events",
  inOwnFolder({ mergeEvery: 3, mergeMs: 0, mergeRows: 2, walLimit: 1 }),
);

const one = (stream: string, given = {}): AppendRequest => ({
  writes: [{ stream, expected: "any", events: [newEvent(given)] }],
});

describe("the embedded log on its disk", () => {
  test("opened again it goes on where it stopped: positions, revisions, duplicates, claims, chain", async () => {
    const folder = tempFolder();
    const event = newEvent({ personal: { subject: "a", fields: { "/name": "Ada" } } });
    let log = openLog(folder);
    log.writer.append(
      [
        {
          writes: [{ stream: "a", expected: "noStream", events: [event] }],
          claims: [{ key: "k", stream: "a" }],
          idempotencyKey: "r",
        },
      ],
      5,
    );
    const [before] = await log.reader.read({ limit: 1 });
    const { logId } = log.writer;
    log.close();

    log = openLog(folder);
    expect(log.writer.logId).toBe(logId);
    expect(await log.reader.read({ limit: 9 })).toEqual([before]);
    expect(log.writer.append([{ writes: [{ stream: "a", expected: "any", events: [event] }] }], 5)).toEqual([
      { kind: "duplicate", first: 1, last: 1 },
    ]);
    expect(log.writer.claimant("k")).toBe("a");
    expect(log.writer.append([one("a")], 1)).toEqual([{ kind: "appended", first: 2, last: 2, recordedAt: 5 }]);
    expect((await log.reader.readStream({ stream: "a", limit: 9 })).map(({ revision }) => revision)).toEqual([0, 1]);
    log.close();
  });

  test("commits are synced in full after every open, which the driver does not do by itself", () => {
    const folder = tempFolder();
    openLog(folder).close();
    const vault = createKeyVault(join(folder, "keys.db"), "write");
    const plain = new Database(join(folder, "events.db"));
    expect(plain.pragma("synchronous", { simple: true })).toBe(1);
    plain.close();
    createLogWriter(join(folder, "events.db"), vault).close();
  });

  test("stored events can be neither changed nor removed, not even past the product", () => {
    const folder = tempFolder();
    const log = openLog(folder);
    log.writer.append([one("a")], 1);
    const plain = new Database(join(folder, "events.db"));
    expect(() => plain.exec("UPDATE events SET data = '{}'")).toThrow("events are never changed");
    expect(() => plain.exec("DELETE FROM events")).toThrow("events are never removed");
    plain.close();
    log.close();
  });

  test("a log of another format is refused as such, not as a damaged one", () => {
    const folder = tempFolder();
    openLog(folder).close();
    const plain = new Database(join(folder, "events.db"));
    plain.exec("UPDATE log SET value = 1 WHERE key = 'format'");
    plain.close();
    expect(() => openLog(folder)).toThrow(/format 1, this version reads and writes format 2/);
  });

  test("an auditor reads the ids of an event with plain SQL", () => {
    const folder = tempFolder();
    const log = openLog(folder);
    const event = one("a");
    log.writer.append([event], 1);
    const plain = new Database(join(folder, "events.db"), { readonly: true });
    expect(plain.prepare("SELECT id FROM events").pluck().get()).toBe(event.writes[0]?.events[0]?.eventId);
    plain.close();
    log.close();
  });

  test("an event altered on the disk is never served: the refusal names its position", async () => {
    const folder = tempFolder();
    const log = openLog(folder);
    for (let n = 0; n < 5; n += 1) log.writer.append([one("a", { data: { note: `genuine ${n}` } })], 1);
    log.close();
    const path = join(folder, "events.db");
    const bytes = readFileSync(path);
    const at = bytes.indexOf("genuine 2");
    bytes.write("changed 2", at);
    writeFileSync(path, bytes);
    const again = openLog(folder);
    await expect(again.reader.read({ limit: 9 })).rejects.toThrow(/position 3 does not match its hash/);
    await expect(again.reader.readAt([3])).rejects.toMatchObject({ code: "STORAGE_CORRUPT" });
    expect(await again.reader.read({ limit: 2 })).toHaveLength(2);
    again.close();
  });

  test("a full disk refuses the whole commit with a clear word, and the log can be used again afterwards", async () => {
    const folder = tempFolder();
    const log = openLog(folder, { maxPages: 60 });
    const big = "x".repeat(20_000);
    let stored = 0;
    const fill = () => {
      for (;;) {
        log.writer.append([one("a", { data: { big } })], 1);
        stored += 1;
      }
    };
    expect(fill).toThrow(
      expect.objectContaining({ code: "STORAGE_FULL", message: expect.stringContaining("nothing was stored") }),
    );
    expect(stored).toBeGreaterThan(0);
    expect(await log.reader.head()).toBe(stored);
    expect(log.writer.append([one("a")], 1)).toMatchObject([{ kind: "appended", first: stored + 1 }]);
    log.close();
  });

  test("personal values stand nowhere in the clear, and keys only in their own file", () => {
    const folder = tempFolder();
    const log = openLog(folder);
    const fields = { "/name": "Adelheid Unverwechselbar" };
    log.writer.append([one("customer-a", { personal: { subject: "customer-a", fields } })], 1);
    const [row] = new Database(join(folder, "keys.db"), { readonly: true }).prepare("SELECT key FROM keys").all() as {
      key: Buffer;
    }[];
    log.close();
    const events = readFileSync(join(folder, "events.db"));
    expect(events.includes("Unverwechselbar")).toBe(false);
    expect(events.includes(row?.key as Buffer)).toBe(false);
    expect(statSync(join(folder, "keys.db")).mode & 0o777).toBe(0o600);
  });

  test("a destroyed key leaves no trace in the folder", () => {
    const folder = tempFolder();
    const vault = createKeyVault(join(folder, "keys.db"), "write");
    const { key } = vault.ensure("customer-a");
    const copy = key.export();
    vault.commit();
    expect(readFileSync(join(folder, "keys.db-wal")).includes(copy)).toBe(true);
    vault.destroy("customer-a");
    for (const file of ["keys.db", "keys.db-wal"]) expect(readFileSync(join(folder, file)).includes(copy)).toBe(false);
    expect(vault.find("customer-a", 0)).toBeNull();
    vault.close();
  });

  test("a key destroyed by one connection is gone at once for every other that had it in memory", () => {
    const folder = tempFolder();
    const vault = createKeyVault(join(folder, "keys.db"), "write");
    vault.ensure("customer-a");
    vault.ensure("customer-b");
    vault.commit();
    const other = createKeyVault(join(folder, "keys.db"), "read");
    expect(other.find("customer-a", 0)?.export()).toEqual(vault.find("customer-a", 0)?.export());
    vault.destroy("customer-a");
    other.refresh();
    expect(other.find("customer-a", 0)).toBeNull();
    expect(vault.find("customer-a", 0)).toBeNull();
    expect(vault.ensure("customer-a").generation).toBe(1);
    expect(other.find("customer-b", 0)?.export()).toEqual(vault.ensure("customer-b").key.export());
    other.close();
    vault.close();
  });

  test("what is appended while the indexes are merged, slice after slice, is found, counted and repeated like the rest", async () => {
    const folder = tempFolder();
    let log = openLog(folder, { mergeEvery: 10, mergeMs: 0, mergeRows: 2 });
    const ids: EventId[] = [];
    const told: AppendRequest[] = [];
    for (let batch = 0; batch < 120; batch += 1) {
      // A merge that a stop cuts short is done again.
      if (batch % 40 === 11 || batch % 40 === 13 || batch === 37) {
        log.close();
        log = openLog(folder, { mergeEvery: 10, mergeMs: 0, mergeRows: 2 });
      }
      const written = one("s", { type: batch % 2 === 0 ? "even" : "odd" });
      ids.push(written.writes[0]?.events[0]?.eventId as EventId);
      told.push(written);
      // A turn of the merge comes after each of these.
      log.writer.append([written], batch);
      log.writer.append(told, batch);
      expect(log.writer.head()).toBe(batch + 1);
      expect(log.writer.streamExists("s")).toBe(true);
      const read = await log.reader.readStream({ stream: "s", limit: 999 });
      expect(read.map(event => event.revision)).toEqual(Array.from({ length: batch + 1 }, (_, revision) => revision));
      const backward = await log.reader.readStream({ stream: "s", limit: 999, direction: "backward" });
      expect(backward.map(event => event.revision)).toEqual(read.map(event => event.revision).reverse());
      const middle = await log.reader.readStream({ stream: "s", from: batch >> 1, limit: 5 });
      expect(middle.map(event => event.revision)[0]).toBe(batch >> 1);
      for (const type of ["even", "odd"])
        expect((await log.reader.read({ types: [type], limit: 999 })).length).toBe(
          Math.ceil((batch + (type === "even" ? 1 : 0)) / 2),
        );
      const found = await log.reader.findById(ids);
      expect(found.map(event => event?.position)).toEqual(ids.map((_, index) => index + 1));
    }
    log.close();
    const again = openLog(folder, { mergeEvery: 10 });
    expect((await again.reader.readStream({ stream: "s", limit: 999 })).length).toBe(120);
    const plain = new Database(join(folder, "events.db"), { readonly: true });
    const indexedTo = plain.prepare("SELECT value FROM log WHERE key = 'indexed_to'").pluck().get();
    expect(indexedTo).toBeGreaterThan(60);
    expect(plain.prepare("SELECT count(*) FROM ids WHERE position <= ?").pluck().get(indexedTo)).toBe(indexedTo);
    plain.close();
    again.close();
  });

  test("a search over many chunks of indexed and newest events finds just what a scan finds, in both directions", async () => {
    const folder = tempFolder();
    const log = openLog(folder, { mergeEvery: 1000 });
    for (let batch = 0; batch < 26; batch += 1)
      log.writer.append(
        Array.from({ length: 100 }, (_, n) =>
          one(`s${n % 7}`, {
            type: n % 3 === 0 ? "rare" : "common",
            source: n % 5 === 0 ? "crm" : "core",
            occurredAt: batch * 100 + ((n * 37) % 100),
          }),
        ),
        batch,
      );
    const all = await log.reader.read({ limit: 9999 });
    const both = { types: ["rare"], source: "crm", occurred: { from: 300 } };
    const expected = all
      .filter(event => event.type === "rare" && event.source === "crm" && event.occurredAt >= 300)
      .map(event => event.position);
    const positions = async (query: object) =>
      (await log.reader.read({ limit: 9999, ...query })).map(event => event.position);
    expect(expected.length).toBeGreaterThan(100);
    expect(await positions(both)).toEqual(expected);
    expect(await positions({ ...both, direction: "backward" })).toEqual(expected.toReversed());
    expect(await positions({ ...both, after: expected[40], limit: 20 })).toEqual(expected.slice(41, 61));
    expect(await positions({ types: ["rare"], stream: "s1", source: "nobody" })).toEqual([]);
    log.close();
  });

  test("a lost key is a damage to be told, not an erasure", async () => {
    const folder = tempFolder();
    const log = openLog(folder);
    log.writer.append([one("customer-a", { personal: { subject: "customer-a", fields: { "/name": "Ada" } } })], 1);
    const plain = new Database(join(folder, "keys.db"));
    plain.exec("DELETE FROM keys; UPDATE erasures SET count = count + 1");
    plain.close();
    await expect(log.reader.read({ limit: 1 })).rejects.toThrow(/has no key for customer-a/);
    log.close();
  });
});
