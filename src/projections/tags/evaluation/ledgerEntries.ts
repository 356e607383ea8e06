import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import type { FactTable } from "../history/history.ts";
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

type EntryReader = (row: number) => Entry | null;

export function transactionEntries(table: FactTable): EntryReader {
  const account = reader(table, "account");
  const direction = reader(table, "direction");
  const sequence = reader(table, "sequence");
  const currency = reader(table, "amount.currency");
  const amount = reader(table, "amount.minorUnits");
  const balance = reader(table, "balanceAfter.minorUnits");
  return row => {
    const ref = account(row);
    const minorUnits = exactIn("amount", amount(row));
    if (minorUnits === null || typeof ref !== "string") return null;
    return {
      account: ref,
      occurredAt: table.occurredAt(row),
      sequence: sequenceFrom(sequence(row)),
      position: table.position(row),
      currency: currency(row) as string,
      amount: direction(row) === "debit" ? 0 - minorUnits : minorUnits,
      report: exactIn("balanceAfter", balance(row)),
    };
  };
}

export function reportEntries(table: FactTable): EntryReader {
  const account = reader(table, "account");
  const sequence = reader(table, "sequence");
  const currency = reader(table, "balance.currency");
  const balance = reader(table, "balance.minorUnits");
  return row => {
    const ref = account(row);
    const report = exactIn("balance", balance(row));
    if (report === null || typeof ref !== "string") return null;
    return {
      account: ref,
      occurredAt: table.occurredAt(row),
      sequence: sequenceFrom(sequence(row)),
      position: table.position(row),
      currency: currency(row) as string,
      amount: 0,
      report,
    };
  };
}

const nothing = (): undefined => undefined;

/** One column, looked up once for the rows that are there now. */
function reader(table: FactTable, field: string): (row: number) => JsonScalar | undefined {
  const column = table.column(field);
  if (column === null) return nothing;
  if (column.kind === "numbers") {
    const { numbers } = column;
    return row => {
      const number = numbers[row] as number;
      return Number.isNaN(number) ? undefined : number;
    };
  }
  const { codes, values } = column;
  return row => values[codes[row] as number];
}

function exactIn(field: string, minorUnits: JsonScalar | undefined): number | null {
  if (typeof minorUnits !== "number") return null;
  if (!Number.isSafeInteger(minorUnits)) throw new InexactFigure(field, String(minorUnits));
  return minorUnits;
}

const sequenceFrom = (sequence: JsonScalar | undefined): number => (typeof sequence === "number" ? sequence : 0);
