import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { StorageFailure } from "../../domain/eventLog.ts";
import { storageFailure } from "./storageFailure.ts";

/** FULL: a commit is on the disk before it is told. NORMAL: a power cut may lose the newest commits, never tear one. */
type Durability = "FULL" | "NORMAL";

const oldestSafeSqlite = [3, 51, 3] as const; // before it, the WAL-reset bug could lose commits

/** Opens (and makes, with `schema`) a database for its one writer. */
export function openForWriting(path: string, durability: Durability, schema: string): Database.Database {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const database = new Database(path);
    database.pragma("busy_timeout = 10000");
    assertSafeSqlite(database);
    database.pragma("journal_mode = WAL");
    database.pragma("wal_autocheckpoint = 0");
    // The driver reopens WAL files with NORMAL, whatever they were before: set on every open, and believed only when read back.
    database.pragma(`synchronous = ${durability}`);
    const synchronous = database.pragma("synchronous", { simple: true });
    if (synchronous !== (durability === "FULL" ? 2 : 1))
      throw new StorageFailure("STORAGE_FAILED", `SQLite refused synchronous=${durability} on ${path}`);
    database.pragma("cache_size = -65536");
    database.pragma("temp_store = MEMORY");
    const made = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() as number;
    if (made === 0) database.transaction(() => database.exec(schema)).immediate();
    return database;
  } catch (error) {
    throw storageFailure(error, path);
  }
}

/** Opens an existing database for reading beside its writer. */
export function openForReading(path: string): Database.Database {
  try {
    if (!existsSync(path)) throw new StorageFailure("STORAGE_FAILED", `there is no ${path}`);
    const database = new Database(path, { readonly: true });
    database.pragma("busy_timeout = 10000");
    assertSafeSqlite(database);
    database.pragma("cache_size = -32768");
    return database;
  } catch (error) {
    throw storageFailure(error, path);
  }
}

function assertSafeSqlite(database: Database.Database): void {
  const version = database.prepare("SELECT sqlite_version()").pluck().get() as string;
  const parts = version.split(".").map(Number);
  for (const [index, oldest] of oldestSafeSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > oldest) return;
    if (part < oldest)
      throw new StorageFailure(
        "STORAGE_FAILED",
        `SQLite ${version} can lose commits; ${oldestSafeSqlite.join(".")} is needed`,
      );
  }
}
