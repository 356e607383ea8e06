import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { FactTable, History } from "../history/history.ts";
import { isEnded } from "../statistic/selectedRows.ts";

/** Whether the fact is known and counts. */
export const counts = (table: FactTable, row: number, known: Position): boolean =>
  table.position(row) <= known && !isEnded(table.endedBy(row), known);

export type AcceptsRow = (table: FactTable, row: number) => boolean;
export const anyRow: AcceptsRow = () => true;

export type FoundRow = { readonly table: FactTable; readonly row: number };

/** The newest counting fact up to `at`, by (occurredAt, position), of the tables that `accepts` takes; null where there is none. */
export function newestRow(
  history: History,
  types: readonly string[],
  at: Instant,
  known: Position,
  accepts: AcceptsRow,
): FoundRow | null {
  let found: FoundRow | null = null;
  for (const type of types) {
    const table = history.table(type);
    if (table === null) continue;
    for (let row = table.indexAfter(at) - 1; row >= 0; row -= 1) {
      if (found !== null && !isLater(table, row, found)) break;
      if (!counts(table, row, known) || !accepts(table, row)) continue;
      found = { table, row };
      break;
    }
  }
  return found;
}

const isLater = (table: FactTable, row: number, than: FoundRow): boolean =>
  table.occurredAt(row) > than.table.occurredAt(than.row) ||
  (table.occurredAt(row) === than.table.occurredAt(than.row) && table.position(row) > than.table.position(than.row));

/** When the next counting fact after `at` becomes current; null where none is known. */
export function nextRowAt(
  history: History,
  types: readonly string[],
  at: Instant,
  known: Position,
  accepts: AcceptsRow,
): Instant | null {
  let next: Instant | null = null;
  for (const type of types) {
    const table = history.table(type);
    if (table === null) continue;
    for (let row = table.indexAfter(at); row < table.length; row += 1) {
      if (next !== null && table.occurredAt(row) >= next) break;
      if (!counts(table, row, known) || !accepts(table, row)) continue;
      next = table.occurredAt(row);
      break;
    }
  }
  return next;
}
