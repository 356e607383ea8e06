import type { Database } from "better-sqlite3";
import { ascending } from "../../../domain/ascending.ts";
import type { Position } from "../../../domain/event.ts";
import type { TailIndex, TailRow } from "./tailIndex.ts";

/** What stands in an index for another event fails the merge; what is there already was put there by one that was cut short. */
const again = "ON CONFLICT DO UPDATE SET position = NULL WHERE position <> excluded.position";

/**
 * Takes the entries of the events in (indexed_to, `to`] into the index tables, in slices: each step of the iteration does one, in the
 * caller's transaction, and the last moves `indexed_to`. Appends may come in between, for whoever appends must not wait for all of it.
 * Until then nothing is taken from the tables that the newest events do not say as well; a merge cut short by a crash is done again
 * from its beginning, without effect where it had been. Rows come in key order, so that neighbours share their pages.
 */
export type IndexMerge = (tail: TailIndex, to: Position) => Iterator<void>;

export function createIndexMerge(database: Database, sliceRows: number): IndexMerge {
  const addId = database.prepare<[string, Position]>(`INSERT INTO ids VALUES (unhex(?, '-'), ?) ${again}`);
  const addRevision = database.prepare<[stream: number, revision: number, position: Position]>(
    `INSERT INTO revisions VALUES (CAST(? AS INTEGER), CAST(? AS INTEGER), ?) ${again}`,
  );
  const filters = [
    ["by_type", "type", ""],
    ["by_actor", "actor", ""],
    ["by_source", "source", ""],
    ["by_correlation", "correlation", "AND correlation IS NOT NULL"],
    ["by_occurred", "occurred_at", ""],
  ].map(([table, key, condition]) =>
    database.prepare<[after: Position, to: Position]>(
      `INSERT INTO ${table} SELECT ${key}, position FROM events WHERE position > ? AND position <= ? ${condition}
       ORDER BY ${key}, position ON CONFLICT DO NOTHING`,
    ),
  );
  const setIndexedTo = database.prepare<[Position]>("UPDATE log SET value = ? WHERE key = 'indexed_to'");

  return function* (tail, to) {
    const from = tail.indexedTo();
    const streams = ascending(tail.streams());
    let added = 0;
    for (const ids of byFirstDigit(streams, tail, to)) {
      yield;
      for (const [position, id] of ids.sort(byId)) {
        addId.run(id, position);
        added += 1;
        if (added % sliceRows === 0) yield;
      }
    }
    for (let after = from; after < to; after += 4 * sliceRows)
      for (const add of filters) {
        yield;
        add.run(after, Math.min(after + 4 * sliceRows, to));
      }
    for (const stream of streams)
      for (const [position, , , revision] of tail.newestIn(stream)) {
        if (position > to) break;
        addRevision.run(stream, revision, position);
        added += 1;
        if (added % sliceRows === 0) yield;
      }
    setIndexedTo.run(to);
  };
}

/** To sort all at once would take longer than a slice may. */
function byFirstDigit(streams: readonly number[], tail: TailIndex, to: Position): TailRow[][] {
  const byDigit = Array.from("0123456789abcdef", (): TailRow[] => []);
  for (const stream of streams)
    for (const row of tail.newestIn(stream)) {
      if (row[0] > to) break;
      (byDigit[Number.parseInt(row[1].charAt(0), 16)] as TailRow[]).push(row);
    }
  return byDigit;
}

const byId = (a: TailRow, b: TailRow): number => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[0] - b[0]);
