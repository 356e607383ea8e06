import type Database from "better-sqlite3";
import type { CheckpointSignal } from "../../../projections/checkpointSignal.ts";
import type { ReadModelContents } from "../../../projections/readModelStore.ts";
import type { ReadModels, ReadSession } from "../../../projections/readModels.ts";
import { readSession, type SessionReads } from "../../../projections/readSession.ts";
import { openForReading } from "../openDatabase.ts";
import { type CustomerMemory, createCustomerMemory } from "./customerMemory.ts";
import { assertVersion } from "./openReadModelStore.ts";
import { contentsOf } from "./readModelContents.ts";
import { readModelFailure } from "./readModelFailure.ts";
import { sessionReads } from "./readModelSession.ts";

/** A read-only connection; a session is one transaction on it. */
type Connection = {
  readonly file: string;
  readonly begin: () => number;
  /** False when the connection cannot be used again. */
  readonly end: () => boolean;
  readonly reads: SessionReads;
  readonly close: () => void;
};

export type EmbeddedReadModels = ReadModels & {
  /** New sessions read this file; those open go on with the old one and let go of it when they are released. */
  readonly switchTo: (file: string) => void;
};

/**
 * The read side of one generation's file, beside its writer in whatever thread. `signal` is told of every commit.
 * `idleConnections`: how many are kept for the next session. Opening throws StorageFailure or ReadModelsOutdated.
 */
export function openReadModels(
  file: string,
  signal: CheckpointSignal,
  { idleConnections = 8 }: { readonly idleConnections?: number } = {},
): EmbeddedReadModels {
  let memory = createCustomerMemory();
  let idle: Connection[] = [connect(file, memory)];
  let current: string | null = file;

  const giveBack = (connection: Connection): void => {
    if (connection.end() && connection.file === current && idle.length < idleConnections) idle.push(connection);
    else connection.close();
  };
  const dropIdle = (): void => {
    for (const connection of idle) connection.close();
    idle = [];
  };

  return {
    open: () => {
      if (current === null) throw new Error("the read models are closed");
      return sessionOn(idle.pop() ?? connect(current, memory), giveBack);
    },
    waitFor: signal.waitFor,
    switchTo: next => {
      const fresh = createCustomerMemory();
      const connection = connect(next, fresh);
      [current, memory] = [next, fresh];
      dropIdle();
      idle.push(connection);
    },
    close: () => {
      current = null;
      dropIdle();
    },
  };
}

/** Everything stored in a generation, as one snapshot, for `verify`. Close it: it keeps the WAL from being cut. */
export function openReadModelContents(file: string): {
  readonly contents: ReadModelContents;
  readonly close: () => void;
} {
  const database = openForReading(file);
  try {
    assertVersion(database, file);
    database.exec("BEGIN");
    return { contents: contentsOf(database), close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

function connect(file: string, memory: CustomerMemory): Connection {
  const database = openForReading(file);
  try {
    assertVersion(database, file);
    return connectionOver(database, file, memory);
  } catch (error) {
    database.close();
    throw error;
  }
}

function connectionOver(database: Database.Database, file: string, memory: CustomerMemory): Connection {
  const begin = database.prepare("BEGIN");
  const end = database.prepare("COMMIT");
  // The first read pins the snapshot; until then a transaction has none.
  const position = database.prepare("SELECT position FROM checkpoint").pluck();
  return {
    file,
    begin: () => {
      try {
        begin.run();
        return position.get() as number;
      } catch (error) {
        database.close();
        throw readModelFailure(error, file);
      }
    },
    // What went wrong was told by the read that met it; throwing here would take the place of that answer.
    end: () => {
      try {
        end.run();
        return true;
      } catch {
        return false;
      }
    },
    reads: sessionReads(database, memory),
    close: () => database.close(),
  };
}

const sessionOn = (connection: Connection, giveBack: (connection: Connection) => void): ReadSession =>
  readSession(connection.reads, connection.begin(), () => giveBack(connection));
