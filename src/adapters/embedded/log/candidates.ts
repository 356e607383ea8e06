import type { Database } from "better-sqlite3";
import type { Position } from "../../../domain/event.ts";
import type { LogQuery } from "../../../domain/eventLog.ts";
import type { StoredRows } from "./storedRows.ts";

export type Candidates = {
  readonly filters: (query: LogQuery) => boolean;
  /** The stretch of positions a query can be answered from, and how far the indexes reach. */
  readonly bounds: (query: LogQuery) => {
    readonly after: Position;
    readonly before: Position;
    readonly indexedTo: Position;
  };
  /** Up to `limit` positions strictly between the two, in the query's direction, that the best index offers. */
  readonly next: (query: LogQuery, after: Position, before: Position, limit: number) => Position[];
};

type Between = [after: Position, before: Position, limit: number];

/** Chooses the narrowest index for a query; what it offers still has to be matched against the whole query. */
export function createCandidates(database: Database, rows: StoredRows): Candidates {
  const indexedTo = database.prepare<[], Position>("SELECT value FROM log WHERE key = 'indexed_to'").pluck();
  const head = database.prepare<[], Position>("SELECT coalesce(max(position), 0) FROM events").pluck();
  const recordedAt = database.prepare<[number], number>("SELECT recorded_at FROM events WHERE position = ?").pluck();
  const idOf = (table: string) => database.prepare<[string], number>(`SELECT id FROM ${table} WHERE name = ?`).pluck();
  const [typeId, sourceId] = [idOf("types"), idOf("sources")];
  const actorId = database
    .prepare<[string, string], number>("SELECT id FROM actors WHERE kind = ? AND name = ?")
    .pluck();
  const within = <Key extends unknown[]>(table: string, condition: string) => {
    const sql = (order: string) =>
      `SELECT position FROM ${table} WHERE ${condition} AND position > ? AND position < ? ORDER BY position ${order} LIMIT ?`;
    const up = database.prepare<[...Key, ...Between], Position>(sql("ASC")).pluck();
    const down = database.prepare<[...Key, ...Between], Position>(sql("DESC")).pluck();
    return (direction: LogQuery["direction"]) => (direction === "backward" ? down : up);
  };
  const byStream = within<[number]>("revisions", "stream = ?");
  const byCorrelation = within<[string]>("by_correlation", "correlation = ?");
  const byType = within<[number]>("by_type", "type = ?");
  const byActor = within<[number]>("by_actor", "actor = ?");
  const bySource = within<[number]>("by_source", "source = ?");
  const byOccurred = within<[number, number]>("by_occurred", "occurred_at >= ? AND occurred_at < ?");
  const byPosition = within<[]>("events", "true");

  const next = (query: LogQuery, after: Position, before: Position, limit: number): Position[] => {
    const { direction } = query;
    if (query.stream !== undefined) {
      const id = rows.streamId(query.stream);
      return id === null ? [] : byStream(direction).all(id, after, before, limit);
    }
    if (query.correlationId !== undefined)
      return byCorrelation(direction).all(query.correlationId, after, before, limit);
    if (query.types !== undefined) {
      const offers = [...new Set(query.types)]
        .map(type => typeId.get(type))
        .filter(id => id !== undefined)
        .flatMap(id => byType(direction).all(id, after, before, limit));
      return offers.sort(direction === "backward" ? (a, b) => b - a : (a, b) => a - b).slice(0, limit);
    }
    if (query.occurred !== undefined) {
      const { from = -Number.MAX_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER } = query.occurred;
      return byOccurred(direction).all(from, to, after, before, limit);
    }
    if (query.actor !== undefined) {
      const id = actorId.get(query.actor.kind, query.actor.id);
      return id === undefined ? [] : byActor(direction).all(id, after, before, limit);
    }
    if (query.source !== undefined) {
      const id = sourceId.get(query.source);
      return id === undefined ? [] : bySource(direction).all(id, after, before, limit);
    }
    return byPosition(direction).all(after, before, limit);
  };

  /** First position recorded at or after an instant; recordedAt never decreases, so halving finds it. */
  const firstRecordedFrom = (instant: number): Position => {
    let [low, high] = [1, (head.get() as Position) + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((recordedAt.get(middle) as number) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    filters: query =>
      query.stream !== undefined ||
      query.types !== undefined ||
      query.actor !== undefined ||
      query.source !== undefined ||
      query.correlationId !== undefined ||
      query.occurred !== undefined ||
      query.recorded !== undefined,
    bounds: ({ after = 0, before = Number.MAX_SAFE_INTEGER, recorded }) => ({
      after: recorded?.from === undefined ? after : Math.max(after, firstRecordedFrom(recorded.from) - 1),
      before: recorded?.to === undefined ? before : Math.min(before, firstRecordedFrom(recorded.to)),
      indexedTo: indexedTo.get() as Position,
    }),
    next,
  };
}
