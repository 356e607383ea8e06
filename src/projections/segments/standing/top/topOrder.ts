import { createRowSet } from "../rowSet.ts";
import { createRankedRows, type Ranked, type RankedRows, ranksBefore } from "./rankedRows.ts";

/** The n best of all rows, kept exactly while keys change one by one. A lower key is better; of equals the lower row. */
export type TopOrder = {
  readonly has: (row: number) => boolean;
  /** The row's new key; null where it has none and cannot be among the best. */
  readonly change: (row: number, key: number | null) => void;
  /** The rows that have come in or gone out since the last time. */
  readonly settle: () => readonly number[];
};

/** The best rows there are, ascending; fewer than `limit` only where there are no more. Reads keys as they are after all changes told. */
export type ScanBest = (limit: number) => readonly Ranked[];

/** Below this, a reserve would have to be looked for anew too often. */
const leastReserve = 1024;

/**
 * Holds the n best in order, and a reserve of those that come next; what ranks behind the reserve's end is not held. Only when the
 * reserve has run out, everything is looked through again, which at least as many rows as it held have paid for by leaving.
 */
export function createTopOrder(count: number, scan: ScanBest, reserveKept = Math.max(leastReserve, count)): TopOrder {
  const keys = new Map<number, number>();
  const inside = createRowSet();
  /** Rows that have moved since the last settling, and whether they were inside before. */
  let moved = new Map<number, boolean>();
  let best: RankedRows = createRankedRows([]);
  let reserve: RankedRows = createRankedRows([]);
  /** Whoever is not held ranks behind this; null: everybody with a key is held. */
  let horizon: Ranked | null = null;
  let exhausted = false;

  const move = (row: number, isInside: boolean): void => {
    if (!moved.has(row)) moved.set(row, inside.has(row));
    inside.set(row, isInside);
  };
  const hold = (entry: Ranked): void => {
    keys.set(entry.row, entry.key);
    const worst = best.last();
    if (best.size() < count || (worst !== null && ranksBefore(entry, worst))) {
      best.insert(entry.key, entry.row);
      move(entry.row, true);
      if (best.size() <= count) return;
      const displaced = best.last() as Ranked;
      best.remove(displaced.key, displaced.row);
      move(displaced.row, false);
      reserve.insert(displaced.key, displaced.row);
    } else reserve.insert(entry.key, entry.row);
    if (reserve.size() > 2 * reserveKept) trim();
  };
  const trim = (): void => {
    while (reserve.size() > reserveKept) {
      const { key, row } = reserve.last() as Ranked;
      reserve.remove(key, row);
      keys.delete(row);
    }
    horizon = reserve.last();
  };
  const release = (row: number, key: number): void => {
    keys.delete(row);
    if (!inside.has(row)) {
      reserve.remove(key, row);
      return;
    }
    best.remove(key, row);
    move(row, false);
    const next = reserve.first();
    if (next === null) {
      exhausted = horizon !== null;
      return;
    }
    reserve.remove(next.key, next.row);
    best.insert(next.key, next.row);
    move(next.row, true);
  };
  const lookThroughAll = (): void => {
    const found = count === 0 ? [] : scan(count + reserveKept);
    for (const row of keys.keys()) if (inside.has(row)) move(row, false);
    keys.clear();
    for (const { key, row } of found) keys.set(row, key);
    for (const { row } of found.slice(0, count)) move(row, true);
    best = createRankedRows(found.slice(0, count));
    reserve = createRankedRows(found.slice(count));
    horizon = found.length < count + reserveKept ? null : (found.at(-1) ?? null);
    exhausted = false;
  };
  lookThroughAll();
  moved = new Map();

  return {
    has: inside.has,
    change: (row, key) => {
      // Everything will be looked through once more: no need to follow.
      if (exhausted || count === 0) return;
      const held = keys.get(row);
      if (held === key) return;
      if (held !== undefined) release(row, held);
      if (key === null || exhausted) return;
      const entry = { key, row };
      if (horizon === null || ranksBefore(entry, horizon)) hold(entry);
    },
    settle: () => {
      if (exhausted) lookThroughAll();
      if (moved.size === 0) return [];
      const crossed = [...moved].filter(([row, before]) => inside.has(row) !== before).map(([row]) => row);
      moved = new Map();
      return crossed;
    },
  };
}
