import type { Database } from "better-sqlite3";
import type { Position } from "../../../domain/event.ts";
import type { LogQuery } from "../../../domain/eventLog.ts";
import type { StoredRows } from "./storedRows.ts";

/** The names of a query as the log has interned them. */
export type InternedQuery = {
  readonly stream: number | undefined;
  readonly types: readonly number[] | undefined;
  readonly actor: number | undefined;
  readonly source: number | undefined;
};

export type Candidates = {
  /** Null when the query names a stream, actor or source, or only types, that the log has never seen. */
  readonly interned: (query: LogQuery) => InternedQuery | null;
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

const sortable = 10_000;

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
  const countOccurred = database
    .prepare<[number, number, number], number>(
      "SELECT count(*) FROM (SELECT 1 FROM by_occurred WHERE occurred_at >= ? AND occurred_at < ? LIMIT ?)",
    )
    .pluck();
  const byPosition = within<[]>("events", "true");

  const interned = (query: LogQuery): InternedQuery | null => {
    const { stream, types, actor, source } = query;
    const found = {
      stream: stream === undefined ? undefined : rows.streamId(stream),
      types: types === undefined ? undefined : [...new Set(types)].flatMap(type => typeId.get(type) ?? []),
      actor: actor === undefined ? undefined : (actorId.get(actor.kind, actor.id) ?? null),
      source: source === undefined ? undefined : (sourceId.get(source) ?? null),
    };
    if (found.stream === null || found.actor === null || found.source === null || found.types?.length === 0)
      return null;
    return found as InternedQuery;
  };

  /** A stretch of occurrence is of use only while it is small: its positions come in no order and have to be sorted. */
  const isNarrow = ({ from, to }: NonNullable<LogQuery["occurred"]>): boolean =>
    from !== undefined && to !== undefined && (countOccurred.get(from, to, sortable + 1) as number) <= sortable;

  const next = (query: LogQuery, after: Position, before: Position, limit: number): Position[] => {
    const { direction, correlationId, occurred } = query;
    const names = interned(query);
    if (names === null) return [];
    if (names.stream !== undefined) return byStream(direction).all(names.stream, after, before, limit);
    if (correlationId !== undefined) return byCorrelation(direction).all(correlationId, after, before, limit);
    if (occurred !== undefined && isNarrow(occurred))
      return byOccurred(direction).all(occurred.from as number, occurred.to as number, after, before, limit);
    if (names.types !== undefined) {
      const offers = names.types.flatMap(type => byType(direction).all(type, after, before, limit));
      return offers.sort(direction === "backward" ? (a, b) => b - a : (a, b) => a - b).slice(0, limit);
    }
    if (names.actor !== undefined) return byActor(direction).all(names.actor, after, before, limit);
    if (names.source !== undefined) return bySource(direction).all(names.source, after, before, limit);
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
    interned,
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
