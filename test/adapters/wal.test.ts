import { statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { type AskForCopy, boundWal, copyWal } from "../../src/adapters/embedded/readModels/wal.ts";
import { StorageFailure } from "../../src/domain/eventLog.ts";
import { tempFolder } from "../support/tempFolder.ts";

const frame = 4_096;

function writerOf(askForCopy: AskForCopy | null) {
  const file = join(tempFolder(), "rows.db");
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.pragma("wal_autocheckpoint = 0");
  database.exec("CREATE TABLE row (id INTEGER PRIMARY KEY, bytes BLOB) STRICT");
  const put = database.prepare("INSERT INTO row (bytes) VALUES (zeroblob(?))");
  const commit = database.transaction((frames: number) => {
    for (let index = 0; index < frames; index += 1) put.run(frame - 200);
  });
  const asked: string[] = [];
  const ask: AskForCopy = wal => {
    asked.push(wal);
    askForCopy?.(wal);
  };
  return {
    file,
    asked,
    commit: (frames: number) => {
      commit(frames);
      boundWal(database, askForCopy === null ? undefined : ask);
    },
    frames: () => Math.floor(statSync(`${file}-wal`).size / frame),
    count: () => database.prepare("SELECT count(*) FROM row").pluck().get(),
    close: () => database.close(),
  };
}

test("a WAL that another copies begins anew, and nothing is lost to whoever opens the file", () => {
  const writer = writerOf(copyWal);
  for (let commit = 0; commit < 30; commit += 1) writer.commit(500);
  expect(writer.asked.length).toBeGreaterThan(3);
  expect(writer.frames()).toBeLessThan(4_000);
  expect(writer.count()).toBe(15_000);
  const other = new Database(writer.file, { readonly: true });
  expect(other.prepare("SELECT count(*) FROM row").pluck().get()).toBe(15_000);
  expect(other.pragma("integrity_check", { simple: true })).toBe("ok");
  other.close();
  writer.close();
});

test("a copy is asked for once there is something to copy, and not again where all was copied", () => {
  const writer = writerOf(copyWal);
  writer.commit(1_000);
  expect(writer.asked).toHaveLength(0);
  writer.commit(1_200);
  expect(writer.asked).toHaveLength(1);
  writer.commit(100);
  expect(writer.asked).toHaveLength(1);
  writer.close();
});

test("the writer copies for itself where nobody does, or whoever should does not keep up", () => {
  const alone = writerOf(null);
  for (let commit = 0; commit < 30; commit += 1) alone.commit(500);
  expect(alone.frames()).toBeLessThan(4_000);
  alone.close();
  const behind = writerOf(() => {});
  for (let commit = 0; commit < 50; commit += 1) behind.commit(500);
  expect(behind.asked.length).toBeGreaterThan(10);
  expect(behind.frames()).toBeLessThan(18_000);
  expect(behind.count()).toBe(25_000);
  behind.close();
});

test("a reader that holds the WAL open puts the copy off, and is not disturbed", () => {
  const writer = writerOf(copyWal);
  writer.commit(100);
  const reader = new Database(writer.file, { readonly: true });
  const seen = reader.transaction(() => {
    const count = reader.prepare("SELECT count(*) FROM row").pluck();
    const before = count.get();
    for (let commit = 0; commit < 10; commit += 1) writer.commit(500);
    return [before, count.get()];
  });
  expect(seen()).toEqual([100, 100]);
  reader.close();
  writer.commit(100);
  writer.commit(100);
  expect(writer.asked.length).toBeGreaterThan(1);
  expect(writer.count()).toBe(5_300);
  writer.close();
});

test("a copy of a file that is not there says so, and makes none", () => {
  expect(() => copyWal(join(tempFolder(), "none.db"))).toThrow(StorageFailure);
});
