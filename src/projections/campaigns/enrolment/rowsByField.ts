import type { JsonScalar } from "../../../domain/json.ts";
import { rowAt, type SelectedRows, tableAt } from "../../tags/statistic/selectedRows.ts";

/** Selected facts by the value of a field, each list in order; facts without it are in none. */
export type RowsByField = ReadonlyMap<JsonScalar, readonly number[]>;

type Index = { done: number; readonly byValue: Map<JsonScalar, number[]> };

/** Worked out once for all campaigns that look at the history, and extended as it grows. `slot`: the column's. */
export function rowsByField(rows: SelectedRows, field: string, slot: number): RowsByField {
  let index = rows.derived[slot] as Index | undefined;
  if (index === undefined) {
    index = { done: 0, byValue: new Map() };
    rows.derived[slot] = index;
  }
  const { byValue } = index;
  for (; index.done < rows.length; index.done += 1) {
    const value = tableAt(rows, index.done).value(rowAt(rows, index.done), field);
    if (value === undefined || value === null) continue;
    const found = byValue.get(value);
    if (found === undefined) byValue.set(value, [index.done]);
    else found.push(index.done);
  }
  return byValue;
}
