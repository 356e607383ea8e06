import type { JsonScalar } from "../../../domain/json.ts";
import type { FieldForm } from "../../../domain/tag/factSelection.ts";
import { InexactFigure } from "../evaluation/inexactFigure.ts";
import { isExact } from "../formula/decimals.ts";
import type { FactTable } from "../history/history.ts";
import type { FieldReader } from "./fieldReader.ts";
import { rowAt, type SelectedRows, tableAt } from "./selectedRows.ts";

/** A field of the selected facts. `slot` is where its readers are kept for one history. */
export type RowField = {
  readonly field: string;
  readonly form: FieldForm;
  readonly read: FieldReader;
  readonly slot: number;
};

type Readers = {
  readonly number: (index: number) => number;
  readonly value: (index: number) => JsonScalar;
};

/** The field of selected fact i as a number, NaN where it has none. */
export const numbersOf = (rows: SelectedRows, field: RowField): ((index: number) => number) =>
  readersOf(rows, field).number;

/** The field of selected fact i as it is read in its form, null where it has none. */
export const valuesOf = (rows: SelectedRows, field: RowField): ((index: number) => JsonScalar) =>
  readersOf(rows, field).value;

function readersOf(rows: SelectedRows, field: RowField): Readers {
  const known = rows.derived[field.slot] as Readers | undefined;
  if (known !== undefined) return known;
  const [only] = rows.tables;
  const bound = rows.origins === null && only !== undefined ? boundReaders(rows, field, only) : null;
  const readers = bound ?? plainReaders(rows, field);
  rows.derived[field.slot] = readers;
  return readers;
}

function plainReaders(rows: SelectedRows, { read }: RowField): Readers {
  const value = (index: number): JsonScalar => read(tableAt(rows, index), rowAt(rows, index));
  return { value, number: index => numberFrom(value(index)) };
}

const numberFrom = (value: JsonScalar): number => (typeof value === "number" ? value : Number.NaN);

/** Readers that have looked up their columns, which stay the same as long as the rows do; null where those are not the usual ones. */
function boundReaders(rows: SelectedRows, { field, form }: RowField, table: FactTable): Readers | null {
  const selected = rows.rows;
  if (form.kind === "money") {
    const numberIn = moneyReader(table, field, form.currency);
    if (numberIn === null) return null;
    const number = selected === null ? numberIn : (index: number) => numberIn(selected[index] as number);
    return {
      number,
      value: index => {
        const amount = number(index);
        return Number.isNaN(amount) ? null : amount;
      },
    };
  }
  const column = form.kind === "text" ? table.column(field) : null;
  if (column === null || column.kind !== "codes") return null;
  const { codes, values } = column;
  const value = (index: number): JsonScalar => {
    const found = values[codes[selected === null ? index : (selected[index] as number)] as number];
    return found === undefined || found === null ? null : String(found);
  };
  return { value, number: () => Number.NaN };
}

function moneyReader(table: FactTable, field: string, currency: string): ((row: number) => number) | null {
  const amounts = table.column(`${field}.minorUnits`);
  const currencies = table.column(`${field}.currency`);
  if (amounts?.kind !== "numbers" || currencies?.kind !== "codes") return null;
  const { numbers } = amounts;
  const { codes, values } = currencies;
  let wanted = values.indexOf(currency);
  return row => {
    const code = codes[row] as number;
    if (code !== wanted) {
      // The currency may be one that this table had not seen.
      if (wanted !== -1 || code === -1 || values[code] !== currency) return Number.NaN;
      wanted = code;
    }
    const amount = numbers[row] as number;
    if (!isExact(amount) && !Number.isNaN(amount)) throw new InexactFigure(field, String(amount));
    return amount;
  };
}
