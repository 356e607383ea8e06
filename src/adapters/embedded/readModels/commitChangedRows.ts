import type Database from "better-sqlite3";
import type { ReadModelChanges } from "../../../projections/readModelStore.ts";
import { changedRows } from "../../../projections/segments/feed/changedRows.ts";
import { encodeRows } from "../../../projections/segments/feed/rowSet.ts";

/** Beyond so many bytes the older half is forgotten: reading all values is then no dearer. A commit counts for some more than its rows. */
const mostBytes = 16_000_000;
const bytesPerCommit = 32;

/** Notes which rows of the columns a commit changes, inside its transaction. */
export function changedRowsWriter(database: Database.Database): (changes: ReadModelChanges) => void {
  const add = database.prepare("INSERT INTO changed_rows (up_to, rows) VALUES (?, ?)");
  const count = database.prepare(
    "UPDATE changed_rows_kept SET up_to = up_to + ?, bytes = bytes + ? RETURNING up_to, bytes",
  );
  const middle = database.prepare("SELECT (min(up_to) + max(up_to)) / 2 FROM changed_rows").pluck();
  const forget = changedRowsForgetter(database);
  return changes => {
    const rows = changedRows(changes);
    if (rows.length === 0) return;
    const bytes = encodeRows(rows);
    const kept = count.get(rows.length, bytes.length + bytesPerCommit) as { up_to: number; bytes: number };
    add.run(kept.up_to, bytes);
    if (kept.bytes > mostBytes) forget(middle.get() as number);
  };
}

/** Forgets commits up to a count of rows. */
export function changedRowsForgetter(database: Database.Database): (upTo: number) => void {
  const remove = database.prepare("DELETE FROM changed_rows WHERE up_to <= ?");
  const recount = database.prepare(
    `UPDATE changed_rows_kept SET since = max(since, ?),
       bytes = (SELECT coalesce(sum(length(rows) + ${bytesPerCommit}), 0) FROM changed_rows)`,
  );
  return upTo => {
    remove.run(upTo);
    recount.run(upTo);
  };
}
