import type { SelectedRows } from "./selectedRows.ts";

const mostRented = 64;

/**
 * Whether to derive a column from all rows, rather than look at the rows of one window. Many histories are asked about once
 * and put away again: there a short look is cheaper. Once the looks together cost more than the column, it is worth it.
 */
export function isWorthDeriving(rows: SelectedRows, slot: number, looked: number): boolean {
  const known = rows.derived[slot];
  if (typeof known === "object" || looked > mostRented) return true;
  const so = (typeof known === "number" ? known : 0) + looked;
  if (so > 2 * rows.length + mostRented) return true;
  rows.derived[slot] = so;
  return false;
}

/** The column of that slot, if it was derived. */
export const derivedColumn = <Column>(rows: SelectedRows, slot: number): Column | undefined => {
  const known = rows.derived[slot];
  return typeof known === "object" ? (known as Column) : undefined;
};
