import type { Database } from "better-sqlite3";
import { StorageFailure } from "../../../domain/eventLog.ts";

/** 2: ids of events are texts. In format 1 they were bytes. */
export const logFormat = 2;

/** A log of another format would read as a damaged one. */
export function assertFormat(database: Database, path: string): void {
  const format = database.prepare<[], number>("SELECT value FROM log WHERE key = 'format'").pluck().get();
  if (format !== logFormat)
    throw new StorageFailure(
      "STORAGE_FAILED",
      `${path} is a log of format ${format}, this version reads and writes format ${logFormat}: use the version that made it`,
    );
}
