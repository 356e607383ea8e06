import type { Database } from "better-sqlite3";
import type { Position } from "../../../domain/event.ts";

export type TailRow = readonly [position: Position, id: string, stream: number, revision: number];

/**
 * The newest events by id and by stream, in memory: those past `indexed_to`, which the index tables do not (all) hold yet.
 * Writer and readers each keep their own; it is a view of the events table and never the only place of anything.
 */
export type TailIndex = {
  /** Brings the view up to the newest event of the current transaction; cheap when little is new. */
  readonly refresh: () => void;
  /** Tells of an event that the caller itself has just inserted. */
  readonly add: (row: TailRow) => void;
  readonly positionOf: (id: string) => Position | undefined;
  /** A stream's newest events, in order. */
  readonly newestIn: (stream: number) => readonly TailRow[];
  readonly streams: () => Iterable<number>;
  readonly indexedTo: () => Position;
  readonly clear: () => void;
};

export function createTailIndex(database: Database): TailIndex {
  const indexedToNow = database.prepare<[], Position>("SELECT value FROM log WHERE key = 'indexed_to'").pluck();
  const newer = database
    .prepare<[Position], TailRow>(
      "SELECT position, id, stream, revision FROM events WHERE position > ? ORDER BY position",
    )
    .raw();
  let byId = new Map<string, Position>();
  let byStream = new Map<number, TailRow[]>();
  let indexedTo = 0;
  let seenTo = 0;

  const clear = (): void => {
    byId = new Map();
    byStream = new Map();
    indexedTo = indexedToNow.get() as Position;
    seenTo = indexedTo;
  };
  const add = (row: TailRow): void => {
    const [position, id, stream] = row;
    byId.set(id, position);
    const rows = byStream.get(stream);
    if (rows === undefined) byStream.set(stream, [row]);
    else rows.push(row);
    seenTo = position;
  };
  return {
    refresh: () => {
      if ((indexedToNow.get() as Position) !== indexedTo) clear();
      for (const row of newer.iterate(seenTo)) add(row);
    },
    add,
    positionOf: id => byId.get(id),
    newestIn: stream => byStream.get(stream) ?? none,
    streams: () => byStream.keys(),
    indexedTo: () => indexedTo,
    clear,
  };
}

const none: readonly TailRow[] = [];
