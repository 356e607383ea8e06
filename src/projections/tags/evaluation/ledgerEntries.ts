import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import { valueIn } from "../history/growingColumn.ts";
import type { FactColumn, FactTable } from "../history/history.ts";
import { InexactFigure } from "./inexactFigure.ts";

/** What a transaction or report does to an account. A report says what the balance is after it. */
export type Entry = {
  readonly account: string;
  readonly occurredAt: Instant;
  readonly sequence: number;
  readonly position: Position;
  readonly currency: string;
  readonly amount: number;
  readonly report: number | null;
};

/** The entries of a table's rows; null where a row is none. Columns are looked up once for the rows that are there now. */
export type LedgerEntries = { at(row: number): Entry | null };

type Columns = {
  readonly [field in "account" | "direction" | "sequence" | "currency" | "amount" | "report"]: FactColumn | null;
};

export const transactionEntries = (table: FactTable): LedgerEntries =>
  new Entries(table, "amount", "balanceAfter", {
    account: table.column("account"),
    direction: table.column("direction"),
    sequence: table.column("sequence"),
    currency: table.column("amount.currency"),
    amount: table.column("amount.minorUnits"),
    report: table.column("balanceAfter.minorUnits"),
  });

export const reportEntries = (table: FactTable): LedgerEntries =>
  new Entries(table, null, "balance", {
    account: table.column("account"),
    direction: null,
    sequence: table.column("sequence"),
    currency: table.column("balance.currency"),
    amount: null,
    report: table.column("balance.minorUnits"),
  });

class Entries implements LedgerEntries {
  readonly #table: FactTable;
  readonly #amount: string | null;
  readonly #report: string;
  readonly #columns: Columns;

  /** `amount`: the field that a row needs to be an entry; null where that is the report. */
  constructor(table: FactTable, amount: string | null, report: string, columns: Columns) {
    this.#table = table;
    this.#amount = amount;
    this.#report = report;
    this.#columns = columns;
  }

  at(row: number): Entry | null {
    const columns = this.#columns;
    const account = valueAt(columns.account, row);
    const amount = this.#amount === null ? 0 : exactIn(this.#amount, valueAt(columns.amount, row));
    if (amount === null || typeof account !== "string") return null;
    const report = exactIn(this.#report, valueAt(columns.report, row));
    if (this.#amount === null && report === null) return null;
    const sequence = valueAt(columns.sequence, row);
    return {
      account,
      occurredAt: this.#table.occurredAt(row),
      sequence: typeof sequence === "number" ? sequence : 0,
      position: this.#table.position(row),
      currency: valueAt(columns.currency, row) as string,
      amount: valueAt(columns.direction, row) === "debit" ? 0 - amount : amount,
      report,
    };
  }
}

const valueAt = (column: FactColumn | null, row: number): JsonScalar | undefined =>
  column === null ? undefined : valueIn(column, row);

function exactIn(field: string, minorUnits: JsonScalar | undefined): number | null {
  if (typeof minorUnits !== "number") return null;
  if (!Number.isSafeInteger(minorUnits)) throw new InexactFigure(field, String(minorUnits));
  return minorUnits;
}
