import { readTagRow } from "../../tags/stage/tagRow.ts";
import type { TagTables } from "../../tags/stage/tagTables.ts";
import type { Columns } from "../columns/columns.ts";
import { hasColumn, slotColumn } from "./slotColumns.ts";

const pageRows = 5_000;

/** Fills empty columns with all that the store has: every slot that has a column, being filled or in force. */
export function loadColumns(columns: Columns, tables: TagTables): void {
  const slots = tables.slots().slots.filter(hasColumn);
  for (const { slot, type } of slots) columns.add(slotColumn(slot), type);
  const byNumber = new Map(slots.map(slot => [slot.slot, slot]));
  const names = new Map(slots.map(({ slot }) => [slot, slotColumn(slot)]));
  for (let after = -1; ; ) {
    const page = tables.tagRowsAfter(after, pageRows);
    for (const { row, bytes } of page) {
      const id = tables.idAt(row);
      if (id === null) throw new Error(`row ${row} has values but no customer`);
      columns.place(row, id);
      readTagRow(bytes, byNumber, (slot, value) => {
        if (value !== null) columns.write(names.get(slot)!, row, value);
      });
    }
    if (page.length < pageRows) return;
    after = page.at(-1)!.row;
  }
}
