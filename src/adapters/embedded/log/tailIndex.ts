import type { Database } from "better-sqlite3";
import type { Position } from "../../../domain/event.ts";

/**
 * The newest events by id and by stream, in memory: those past `indexed_to`, which the index tables do not hold yet.
 * Writer and readers each keep their own; it is a view of the events table and never the only place of anything.
 */
export type TailIndex = {
  /** Brings the view up to the newest event of the current transaction; cheap when little is new. */
  readonly refresh: () => void;
  /** Tells of an event that the caller itself has just inserted. */
  readonly add: (id: string, stream: number, position: Position) => void;
  readonly positionOf: (id: string) => Position | undefined;
  /** Positions of a stream's newest events, in order. */
  readonly positionsIn: (stream: number) => readonly Position[];
  readonly indexedTo: () => Position;
  readonly clear: () => void;
};

type TailRow = [position: Position, id: string, stream: number];

export function createTailIndex(database: Database): TailIndex {
  const indexedToNow = database.prepare<[], Position>("SELECT value FROM log WHERE key = 'indexed_to'").pluck();
  const newer = database
    .prepare<[Position], TailRow>("SELECT position, id, stream FROM events WHERE position > ? ORDER BY position")
    .raw();
  const byId = new Map<string, Position>();
  const byStream = new Map<number, Position[]>();
  let indexedTo = 0;
  let seenTo = 0;

  const clear = (): void => {
    byId.clear();
    byStream.clear();
    indexedTo = indexedToNow.get() as Position;
    seenTo = indexedTo;
  };
  const add = (id: string, stream: number, position: Position): void => {
    byId.set(id, position);
    const positions = byStream.get(stream);
    if (positions === undefined) byStream.set(stream, [position]);
    else positions.push(position);
    seenTo = position;
  };
  return {
    refresh: () => {
      if ((indexedToNow.get() as Position) !== indexedTo) clear();
      for (const [position, id, stream] of newer.iterate(seenTo)) add(id, stream, position);
    },
    add,
    positionOf: id => byId.get(id),
    positionsIn: stream => byStream.get(stream) ?? [],
    indexedTo: () => indexedTo,
    clear,
  };
}
