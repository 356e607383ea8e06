import Database from "better-sqlite3";
import { readModelFailure } from "./readModelFailure.ts";

/*
 * The WAL of the read models begins anew with the first commit after all of it was copied into the file. Copying some thousand
 * frames (4 KiB) takes 10 to 20 ms, in which the projector could make that many commits; so another thread copies while it goes on,
 * and only where that one does not keep up does the projector itself stop for it.
 */
const copyFrom = 2_000;
const ownFrom = 16_000;
const cutFrom = 64_000;
/** What was committed during a copy is copied by another, which takes less time; a few of them catch up between two commits. */
const rounds = 4;

/** Has the WAL of a file copied by somebody else, who may be at it already. */
export type AskForCopy = (file: string) => void;

type WalState = { readonly log: number; readonly checkpointed: number };

const walState = (database: Database.Database, mode: "NOOP" | "PASSIVE" | "TRUNCATE"): WalState =>
  (database.pragma(`wal_checkpoint(${mode})`) as WalState[])[0] as WalState;

/** To be called by the writer between commits, so that no commit has to copy. Readers that hold the WAL open only put it off. */
export function boundWal(database: Database.Database, askForCopy?: AskForCopy): void {
  const { log, checkpointed } = walState(database, "NOOP");
  if (log < copyFrom) return;
  if (askForCopy !== undefined && log < ownFrom) {
    if (checkpointed < log) askForCopy(database.name);
    return;
  }
  if (walState(database, "PASSIVE").log < cutFrom) return;
  database.pragma("busy_timeout = 200");
  try {
    walState(database, "TRUNCATE");
  } finally {
    database.pragma("busy_timeout = 10000");
  }
}

/** Copies the WAL into the file from beside its writer, which may go on. Throws StorageFailure. */
export function copyWal(file: string): void {
  try {
    const database = new Database(file, { fileMustExist: true });
    try {
      database.pragma("wal_autocheckpoint = 0");
      database.pragma("synchronous = NORMAL");
      for (let round = 0; round < rounds; round += 1) {
        walState(database, "PASSIVE");
        const { log, checkpointed } = walState(database, "NOOP");
        if (log === checkpointed) return;
      }
    } finally {
      database.close();
    }
  } catch (error) {
    throw readModelFailure(error, file);
  }
}
