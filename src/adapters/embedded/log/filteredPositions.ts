import { setImmediate } from "node:timers/promises";
import type { Database } from "better-sqlite3";
import type { Position } from "../../../domain/event.ts";
import type { LogQuery } from "../../../domain/eventLog.ts";
import { type Candidates, createCandidates } from "./candidates.ts";
import type { StoredRows } from "./storedRows.ts";

/** What filters look at, as it is stored: names interned. */
type LightRow = [
  position: Position,
  stream: number,
  type: number,
  occurredAt: number,
  recordedAt: number,
  actor: number,
  source: number,
  correlation: string | null,
];
const lightColumns = "position, stream, type, occurred_at, recorded_at, actor, source, correlation";

/** Rows looked at before other work of the thread gets a turn: about a millisecond. */
const chunk = 500;

export type FilteredPositions = {
  readonly filters: Candidates["filters"];
  /** Positions of the first `limit` events that a query asks for, in its direction. Lets other work in between. */
  readonly find: (query: LogQuery) => Promise<Position[]>;
};

/**
 * Looks through the best index up to where the indexes reach, and through the events past it. Needs no transaction: what
 * is indexed or stored stays so, and both parts are bounded by what was there at the beginning.
 */
export function createFilteredPositions(database: Database, rows: StoredRows): FilteredPositions {
  const candidates = createCandidates(database, rows);
  const lightAt = database.prepare<[Position], LightRow>(`SELECT ${lightColumns} FROM events WHERE position = ?`).raw();
  const scan = (order: "ASC" | "DESC") =>
    database
      .prepare<[Position, Position, number], LightRow>(
        `SELECT ${lightColumns} FROM events WHERE position > ? AND position < ? ORDER BY position ${order} LIMIT ?`,
      )
      .raw();
  const scanning = { forward: scan("ASC"), backward: scan("DESC") };

  const find = async (query: LogQuery): Promise<Position[]> => {
    const { limit, direction = "forward" } = query;
    const matches = matcher(query, candidates);
    if (matches === null) return [];
    const { after, before, indexedTo } = candidates.bounds(query);
    const found: Position[] = [];
    const walk = async (
      page: (after: Position, before: Position) => LightRow[],
      after: Position,
      before: Position,
    ): Promise<void> => {
      let bounds = { after, before };
      while (found.length < limit) {
        const seen = page(bounds.after, bounds.before);
        for (const row of seen) if (found.length < limit && matches(row)) found.push(row[0]);
        if (seen.length < chunk) return;
        const last = (seen.at(-1) as LightRow)[0];
        bounds = direction === "forward" ? { after: last, before } : { after, before: last };
        await setImmediate();
      }
    };
    const overIndex = () =>
      walk(
        (from, to) => candidates.next(query, from, to, chunk).map(position => lightAt.get(position) as LightRow),
        after,
        Math.min(before, indexedTo + 1),
      );
    const overTail = () =>
      walk((from, to) => scanning[direction].all(from, to, chunk), Math.max(after, indexedTo), before);
    for (const part of direction === "forward" ? [overIndex, overTail] : [overTail, overIndex]) await part();
    return found;
  };
  return { filters: candidates.filters, find };
}

/** The query over interned names; null when it names something the log has never seen, so that nothing can match. */
function matcher(query: LogQuery, candidates: Candidates): ((row: LightRow) => boolean) | null {
  const wanted = candidates.interned(query);
  if (wanted === null) return null;
  const { stream, types, actor, source } = wanted;
  const { correlationId, occurred, recorded } = query;
  const within = (at: number, span: { readonly from?: number; readonly to?: number } | undefined): boolean =>
    span === undefined || ((span.from === undefined || at >= span.from) && (span.to === undefined || at < span.to));
  return row =>
    (stream === undefined || row[1] === stream) &&
    (types === undefined || types.includes(row[2])) &&
    (actor === undefined || row[5] === actor) &&
    (source === undefined || row[6] === source) &&
    (correlationId === undefined || row[7] === correlationId) &&
    within(row[3], occurred) &&
    within(row[4], recorded);
}
