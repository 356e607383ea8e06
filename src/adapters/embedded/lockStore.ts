import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { StorageFailure } from "../../domain/eventLog.ts";
import { storageFailure } from "./storageFailure.ts";

/** Who writes to a store. `url`: where it answers, once it does. */
export type Holder = {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
  readonly command: string;
  readonly url: string | null;
};

export type StoreLock = { readonly announce: (url: string) => void; readonly release: () => void };

/** Another live process writes to this store; `holder` is null only when it has not yet said who it is. */
export class StoreLocked extends StorageFailure {
  readonly holder: Holder | null;
  constructor(folder: string, holder: Holder | null) {
    const who =
      holder === null
        ? "another process"
        : `process ${holder.pid} on ${holder.host} (${holder.command}, since ${holder.since})`;
    const where = holder?.url == null ? "" : ` and answers at ${holder.url}`;
    super(
      "STORAGE_LOCKED",
      `${who} is writing to ${folder}${where}; a store has one writer at a time. Stop it, or name another folder with C360_DATA_DIR`,
    );
    this.holder = holder;
  }
}

/**
 * Takes the store for this process: an exclusive transaction on lock.db, held open. The operating system frees it when
 * the process ends in whatever way, so a killed process never leaves a stale lock.
 */
export function lockStore(folder: string, command: string): StoreLock {
  const holderPath = join(folder, "holder.json");
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString(), command, url: null };
  try {
    mkdirSync(folder, { recursive: true });
    const database = new Database(join(folder, "lock.db"));
    database.pragma("busy_timeout = 200");
    try {
      database.exec("BEGIN EXCLUSIVE");
    } catch (error) {
      database.close();
      if (String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY"))
        throw new StoreLocked(folder, readHolder(folder));
      throw error;
    }
    writeFileSync(holderPath, JSON.stringify(holder));
    return {
      announce: url => writeFileSync(holderPath, JSON.stringify({ ...holder, url })),
      release: () => {
        try {
          writeFileSync(holderPath, JSON.stringify({ ...holder, url: null }));
        } finally {
          database.close();
        }
      },
    };
  } catch (error) {
    throw storageFailure(error, folder);
  }
}

/** Who last took the store; it may have ended since. */
export function readHolder(folder: string): Holder | null {
  try {
    return JSON.parse(readFileSync(join(folder, "holder.json"), "utf8")) as Holder;
  } catch {
    return null;
  }
}
