import type Database from "better-sqlite3";
import type { CheckpointSignal } from "../../../projections/checkpointSignal.ts";
import type { ReadModelContents } from "../../../projections/readModelStore.ts";
import type { ReadModels } from "../../../projections/readModels.ts";
import { readSession, type SessionReads } from "../../../projections/readSession.ts";
import { createMembersMemory, type MembersMemory } from "../../../projections/segments/feed/membersAt.ts";
import { createTouches, type Touches } from "../../../projections/touchedKeys.ts";
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
  /** What was touched after the commit `known`, in this snapshot; null for everything, as it is for the first look. */
  readonly touched: (known: number | null) => { readonly commit: number; readonly keys: readonly string[] | null };
  /** False when the connection cannot be used again. */
  readonly end: () => boolean;
  readonly reads: SessionReads;
  readonly close: () => void;
};

/** One snapshot, for all sessions that open while nothing newer is committed. */
type Snapshot = {
  readonly connection: Connection;
  readonly position: number;
  readonly snapshot: number;
  readonly generation: number;
  readonly touchedAfter: Touches["after"];
  /** The number of commits when it was taken. */
  readonly commits: number;
  sessions: number;
};

export type EmbeddedReadModels = ReadModels & {
  /** Lets go of a snapshot that is no longer the newest, so that it does not hold the write-ahead log for a session to come. */
  readonly letGo: () => void;
  /** New sessions read this file; those open go on with the old one and let go of it when they are released. */
  readonly switchTo: (file: string) => void;
};

/** How long a snapshot is kept for the next session while nobody uses it, in milliseconds. */
const longestIdleMs = 3;

/**
 * The read side of one generation's file, beside its writer in whatever thread. `signal` is told of every commit.
 * `commits` counts them, those that move no position included, before anybody is told of one: as long as it stands still,
 * sessions share a snapshot, since beginning and ending one costs as much as three point reads. Without it each session
 * has its own. `idleConnections`: how many are kept for the next session. Opening throws StorageFailure or
 * ReadModelsOutdated.
 */
export function openReadModels(
  file: string,
  signal: CheckpointSignal,
  { idleConnections = 8, commits }: { readonly idleConnections?: number; readonly commits?: () => number } = {},
): EmbeddedReadModels {
  let memory = createCustomerMemory();
  let members = createMembersMemory();
  let idle: Connection[] = [connect(file, memory, members)];
  let current: string | null = file;
  let newest: Snapshot | null = null;
  let snapshots = 0;
  let generation = 1;
  let touches = createTouches();
  /** The last commit that `touches` was told of. */
  let told: number | null = null;
  let idling: NodeJS.Timeout | null = null;

  const giveBack = (connection: Connection): void => {
    if (connection.end() && connection.file === current && idle.length < idleConnections) idle.push(connection);
    else connection.close();
  };
  const leave = (snapshot: Snapshot): void => {
    snapshot.sessions -= 1;
    if (snapshot.sessions > 0) return;
    if (snapshot !== newest) giveBack(snapshot.connection);
    else if (idling === null) idling = setTimeout(letIdleGo, longestIdleMs).unref();
  };
  /** As long as anybody holds a snapshot that is older than a checkpoint of the write-ahead log, the log cannot begin anew. */
  const letIdleGo = (): void => {
    idling = null;
    if (newest?.sessions === 0) retire();
  };
  /** No new session gets the newest snapshot; those that have it keep it. */
  const retire = (): void => {
    const retired = newest;
    newest = null;
    if (retired?.sessions === 0) giveBack(retired.connection);
  };
  const snapshotNow = (file: string): Snapshot => {
    // Counted before the snapshot is taken: one that is newer than its count is only renewed early.
    const count = commits?.();
    if (newest !== null && newest.commits === count) return newest;
    retire();
    const connection = idle.pop() ?? connect(file, memory, members);
    snapshots += 1;
    const position = connection.begin();
    const { commit, keys } = connection.touched(told);
    touches.shown(snapshots, keys);
    told = commit;
    const snapshot: Snapshot = {
      connection,
      position,
      snapshot: snapshots,
      generation,
      touchedAfter: touches.after,
      commits: count ?? 0,
      sessions: 0,
    };
    if (count !== undefined) newest = snapshot;
    return snapshot;
  };
  const dropIdle = (): void => {
    for (const connection of idle) connection.close();
    idle = [];
  };

  return {
    open: () => {
      if (current === null) throw new Error("the read models are closed");
      const snapshot = snapshotNow(current);
      snapshot.sessions += 1;
      return readSession(snapshot.connection.reads, snapshot, () => leave(snapshot));
    },
    letGo: () => {
      if (newest !== null && newest.commits !== commits?.()) retire();
    },
    waitFor: signal.waitFor,
    commits: signal.commits,
    waitForCommit: signal.waitForCommit,
    switchTo: next => {
      const fresh = createCustomerMemory();
      const freshMembers = createMembersMemory();
      const connection = connect(next, fresh, freshMembers);
      [current, memory, members] = [next, fresh, freshMembers];
      generation += 1;
      touches = createTouches();
      told = null;
      retire();
      dropIdle();
      idle.push(connection);
      signal.renewed();
    },
    close: () => {
      current = null;
      retire();
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

function connect(file: string, memory: CustomerMemory, members: MembersMemory): Connection {
  const database = openForReading(file);
  try {
    assertVersion(database, file);
    return connectionOver(database, file, memory, members);
  } catch (error) {
    database.close();
    throw error;
  }
}

function connectionOver(
  database: Database.Database,
  file: string,
  memory: CustomerMemory,
  members: MembersMemory,
): Connection {
  const begin = database.prepare("BEGIN");
  const end = database.prepare("COMMIT");
  // The first read pins the snapshot; until then a transaction has none.
  const position = database.prepare("SELECT position FROM checkpoint").pluck();
  const newestCommit = database.prepare("SELECT max(commit_number) FROM touched").pluck();
  const laterCommits = database
    .prepare("SELECT commit_number, keys FROM touched WHERE commit_number > ? ORDER BY commit_number")
    .raw();
  const guarded = <Value>(work: () => Value): Value => {
    try {
      return work();
    } catch (error) {
      database.close();
      throw readModelFailure(error, file);
    }
  };
  return {
    file,
    begin: () =>
      guarded(() => {
        begin.run();
        return position.get() as number;
      }),
    touched: known =>
      guarded(() => {
        if (known === null) return { commit: (newestCommit.get() as number | null) ?? 0, keys: null };
        const later = laterCommits.all(known) as [number, string | null][];
        const commit = later.at(-1)?.[0] ?? known;
        const whole = later.length === commit - known && later.every(([, keys]) => keys !== null);
        return { commit, keys: whole ? later.flatMap(([, keys]) => JSON.parse(keys as string) as string[]) : null };
      }),
    // What went wrong was told by the read that met it; throwing here would take the place of that answer.
    end: () => {
      try {
        end.run();
        return true;
      } catch {
        return false;
      }
    },
    reads: sessionReads(database, memory, members),
    close: () => database.close(),
  };
}
