import type { FieldForm } from "../../domain/tag/factSelection.ts";
import { isExact } from "./decimals.ts";
import type { FieldReader } from "./fieldReader.ts";
import type { FactTable } from "./history.ts";
import { InexactFigure } from "./inexactFigure.ts";
import { rowAt, type SelectedRows, tableAt } from "./selectedRows.ts";

/** A field of the selected facts as a number, NaN for a fact without it. */
export type NumberField = { readonly field: string; readonly form: FieldForm; readonly read: FieldReader };

const fewRows = 4;

/** The field's numbers of rows from ≤ i < to, one after the other. Columns are looked up once where there are many. */
export function eachNumber(
  rows: SelectedRows,
  { field, form, read }: NumberField,
  from: number,
  to: number,
  take: (number: number) => void,
): void {
  const [only] = rows.tables;
  if (rows.origins === null && only !== undefined && to - from > fewRows && form.kind === "money") {
    const numberAt = moneyIn(only, field, form.currency);
    if (numberAt !== null) {
      for (let index = from; index < to; index += 1) take(numberAt(rowAt(rows, index)));
      return;
    }
  }
  for (let index = from; index < to; index += 1) {
    const value = read(tableAt(rows, index), rowAt(rows, index));
    take(typeof value === "number" ? value : typeof value === "boolean" ? Number(value) : Number.NaN);
  }
}

/** Null where the columns are not the usual ones. */
function moneyIn(table: FactTable, field: string, currency: string): ((row: number) => number) | null {
  const amounts = table.column(`${field}.minorUnits`);
  const currencies = table.column(`${field}.currency`);
  if (amounts?.kind !== "numbers" || currencies?.kind !== "codes") return null;
  const { numbers } = amounts;
  const { codes } = currencies;
  const wanted = currencies.values.indexOf(currency);
  if (wanted === -1) return () => Number.NaN;
  return row => {
    if (codes[row] !== wanted) return Number.NaN;
    const amount = numbers[row] as number;
    if (!isExact(amount) && !Number.isNaN(amount)) throw new InexactFigure(field, String(amount));
    return amount;
  };
}
