import { failedCode } from "../coding.ts";
import type { Column } from "../column.ts";
import { idOfRow } from "../customerIds.ts";
import { codeAt } from "../readValue.ts";
import type { QueryRefusal } from "./around.ts";
import type { ColumnsView } from "./columnsView.ts";
import { liveBits } from "./liveBits.ts";
import { rowsOf } from "./rowsOf.ts";

const examples = 5;

/** Tells of the failed values of a column, of all customers or of those in some bits; null where those have none. */
export function failedRows(
  view: ColumnsView,
  column: Column,
  among: Uint8Array | null,
): (QueryRefusal & { kind: "failed" }) | null {
  const failed: number[] = [];
  let customers = 0;
  for (const row of rowsOf(among ?? liveBits(view), 0)) {
    if (codeAt(view.shards, column, row) !== failedCode) continue;
    customers += 1;
    if (failed.length < examples) failed.push(row);
  }
  if (customers === 0) return null;
  const ids = failed.map(row => idOfRow(view.shards, view.layout.ids, row)).filter(id => id !== null);
  return { kind: "failed", code: column.code, customers, examples: ids };
}
