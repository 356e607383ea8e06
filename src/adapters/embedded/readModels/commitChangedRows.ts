import type Database from "better-sqlite3";
import type { Position } from "../../../domain/event.ts";
import type { ReadModelChanges } from "../../../projections/readModelStore.ts";
import { changedRows } from "../../../projections/segments/feed/changedRows.ts";
import { encodeRows } from "../../../projections/segments/feed/rowSet.ts";

/** Beyond so many bytes the older half is forgotten: reading all values is then no dearer. A commit counts for some more than its rows. */
const mostBytes = 16_000_000;
const bytesPerCommit = 32;

/** Notes which rows of the columns a commit changes, inside its transaction. */
export function changedRowsWriter(database: Database.Database): (changes: ReadModelChanges) => void {
  const add = database.prepare("INSERT INTO changed_rows (position, rows) VALUES (?, ?)");
  const count = database.prepare("UPDATE changed_rows_kept SET bytes = bytes + ? RETURNING bytes").pluck();
  const middle = database.prepare("SELECT (min(commit_number) + max(commit_number)) / 2 FROM changed_rows").pluck();
  const positionAt = database.prepare("SELECT position FROM changed_rows WHERE commit_number = ?").pluck();
  const forget = changedRowsForgetter(database);
  return changes => {
    const rows = changedRows(changes);
    if (rows.length === 0) return;
    const bytes = encodeRows(rows);
    const { position } = changes.checkpoint;
    add.run(position, bytes);
    const kept = count.get(bytes.length + bytesPerCommit) as number;
    // Commits at one position are kept or forgotten together.
    if (kept > mostBytes) forget((positionAt.get(middle.get()) as number) + 1);
  };
}

/** Forgets commits before a position. */
export function changedRowsForgetter(database: Database.Database): (before: Position) => void {
  const remove = database.prepare("DELETE FROM changed_rows WHERE position < ?");
  const recount = database.prepare(
    `UPDATE changed_rows_kept SET since = max(since, ?),
       bytes = (SELECT coalesce(sum(length(rows) + ${bytesPerCommit}), 0) FROM changed_rows)`,
  );
  return before => {
    remove.run(before);
    recount.run(before);
  };
}
