import type { JsonScalar } from "../../../domain/json.ts";
import type { FieldForm } from "../../../domain/tag/factSelection.ts";
import { InexactFigure } from "../evaluation/inexactFigure.ts";
import { isExact } from "../formula/decimals.ts";
import type { FactColumn, FactTable } from "../history/history.ts";
import type { FieldReader } from "./fieldReader.ts";
import { rowAt, type SelectedRows, tableAt } from "./selectedRows.ts";

/** A field of the selected facts. `slot` is where it is kept, read for one history. */
export type RowField = {
  readonly field: string;
  readonly form: FieldForm;
  readonly read: FieldReader;
  readonly slot: number;
};

/**
 * A field of selected fact i. Classes, and no functions made for each history: optimised code lives no longer than what it was made for,
 * so with such functions every full garbage collection sent the measures back to be compiled.
 */
export type FieldRows = {
  /** NaN where the fact has none. */
  number(index: number): number;
  /** As it is read in its form, null where the fact has none. */
  value(index: number): JsonScalar;
};

export function fieldRows(rows: SelectedRows, field: RowField): FieldRows {
  const known = rows.derived[field.slot] as FieldRows | undefined;
  if (known !== undefined) return known;
  const [only] = rows.tables;
  const columns = rows.origins === null && only !== undefined ? columnRows(rows.rows, field, only) : null;
  const found = columns ?? new AnyRows(rows, field.read);
  rows.derived[field.slot] = found;
  return found;
}

/** Columns stay the same as long as the rows do; null where they are not the usual ones. */
function columnRows(rows: readonly number[] | null, { field, form }: RowField, table: FactTable): FieldRows | null {
  if (form.kind === "money") {
    const amounts = table.column(`${field}.minorUnits`);
    const currencies = table.column(`${field}.currency`);
    if (amounts?.kind !== "numbers" || currencies?.kind !== "codes") return null;
    return new MoneyRows(rows, field, form.currency, amounts, currencies);
  }
  const column = form.kind === "text" ? table.column(field) : null;
  return column?.kind === "codes" ? new TextRows(rows, column) : null;
}

class AnyRows implements FieldRows {
  readonly #rows: SelectedRows;
  readonly #read: FieldReader;

  constructor(rows: SelectedRows, read: FieldReader) {
    this.#rows = rows;
    this.#read = read;
  }

  number(index: number): number {
    const value = this.value(index);
    return typeof value === "number" ? value : Number.NaN;
  }
  value(index: number): JsonScalar {
    return this.#read(tableAt(this.#rows, index), rowAt(this.#rows, index));
  }
}

class MoneyRows implements FieldRows {
  readonly #rows: readonly number[] | null;
  readonly #field: string;
  readonly #currency: string;
  readonly #numbers: readonly number[];
  readonly #codes: readonly number[];
  readonly #currencies: readonly JsonScalar[];
  #wanted: number;

  constructor(
    rows: readonly number[] | null,
    field: string,
    currency: string,
    amounts: FactColumn & { readonly kind: "numbers" },
    currencies: FactColumn & { readonly kind: "codes" },
  ) {
    this.#rows = rows;
    this.#field = field;
    this.#currency = currency;
    this.#numbers = amounts.numbers;
    this.#codes = currencies.codes;
    this.#currencies = currencies.values;
    this.#wanted = currencies.values.indexOf(currency);
  }

  number(index: number): number {
    const row = this.#rows === null ? index : (this.#rows[index] as number);
    const code = this.#codes[row] as number;
    if (code !== this.#wanted) {
      // The currency may be one that this table had not seen.
      if (this.#wanted !== -1 || code === -1 || this.#currencies[code] !== this.#currency) return Number.NaN;
      this.#wanted = code;
    }
    const amount = this.#numbers[row] as number;
    if (!isExact(amount) && !Number.isNaN(amount)) throw new InexactFigure(this.#field, String(amount));
    return amount;
  }
  value(index: number): JsonScalar {
    const amount = this.number(index);
    return Number.isNaN(amount) ? null : amount;
  }
}

class TextRows implements FieldRows {
  readonly #rows: readonly number[] | null;
  readonly #codes: readonly number[];
  readonly #values: readonly JsonScalar[];

  constructor(rows: readonly number[] | null, column: FactColumn & { readonly kind: "codes" }) {
    this.#rows = rows;
    this.#codes = column.codes;
    this.#values = column.values;
  }

  number(): number {
    return Number.NaN;
  }
  value(index: number): JsonScalar {
    const row = this.#rows === null ? index : (this.#rows[index] as number);
    const found = this.#values[this.#codes[row] as number];
    return found === undefined || found === null ? null : String(found);
  }
}
