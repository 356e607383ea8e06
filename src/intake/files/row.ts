import type { Fault } from "../../domain/fault.ts";

/**
 * One row while it is being mapped. Readers note what they cannot read in `faults`, under the fact's field at hand, and
 * go on: a row's faults are told all at once.
 */
export type Row = {
  cells: readonly string[];
  field: string;
  faults: Fault[];
};

export function noteFault(row: Row, code: string, message: string): undefined {
  row.faults.push({ field: row.field, code, message });
  return undefined;
}

/** A cell without the blanks around it; absent cells are empty. */
export function cellText(cell: string | undefined): string {
  if (cell === undefined || cell === "") return "";
  return cell.charCodeAt(0) <= 32 || cell.charCodeAt(cell.length - 1) <= 32 || cell.charCodeAt(0) === 160
    ? cell.trim()
    : cell;
}
