import { readTagRow } from "../../tags/stage/tagRow.ts";
import type { TagTables } from "../../tags/stage/tagTables.ts";
import type { Columns } from "../columns/columns.ts";
import { hasColumn, slotColumn } from "./slotColumns.ts";

/**
 * Brings columns as they were some time ago to what the store has now. `rows`: all of whom the store has had news since. What else
 * the columns hold (bits) stays.
 */
export function catchUpColumns(columns: Columns, tables: TagTables, rows: Iterable<number>): void {
  const slots = tables.slots().slots.filter(hasColumn);
  const names = new Map(slots.map(({ slot }) => [slot, slotColumn(slot)]));
  const wanted = new Set(names.values());
  for (const code of columns.codes()) if (!wanted.has(code)) columns.drop(code);
  for (const { slot, type } of slots) columns.add(slotColumn(slot), type);
  const byNumber = new Map(slots.map(slot => [slot.slot, slot]));
  for (const row of rows) {
    const bytes = tables.tagRow(row);
    if (bytes === null) {
      if (row < columns.rows() && columns.isLive(row)) columns.live(row, false);
      continue;
    }
    const id = tables.idAt(row);
    if (id === null) throw new Error(`row ${row} has values but no customer`);
    columns.place(row, id);
    const missing = new Set(names.keys());
    readTagRow(bytes, byNumber, (slot, value) => {
      columns.write(names.get(slot)!, row, value);
      missing.delete(slot);
    });
    for (const slot of missing) columns.write(names.get(slot)!, row, null);
  }
}
