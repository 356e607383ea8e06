import type { Position } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
import type { FactTable, History } from "./history.ts";
import { InexactFigure } from "./inexactFigure.ts";
import { isEnded } from "./selectedRows.ts";

/**
 * The balance of every account after each of its entries, in order of (occurredAt, sequence, position), by the rule of
 * `balanceFrom`: the newest report and what moved after it in its currency; without a report the movements in the newest
 * entry's currency.
 */
export type Ledger = {
  readonly known: Position;
  accounts: Map<string, AccountLedger>;
  tables: (FactTable | null)[];
  taken: number[];
  disorders: number[];
  newest: Position;
};

export type AccountLedger = {
  readonly times: Instant[];
  readonly positions: Position[];
  readonly minorUnits: (number | bigint)[];
  readonly currencies: string[];
  lastSequence: number;
  /** Since the last report, which is the first of `moved` where there is one. */
  reported: string | null;
  moved: Map<string, number | bigint>;
};

type Entry = {
  readonly account: string;
  readonly occurredAt: Instant;
  readonly sequence: number;
  readonly position: Position;
  readonly currency: string;
  readonly amount: number;
  readonly report: number | null;
};

const types = ["transaction-posted", "balance-reported"] as const;

export const createLedger = (known: Position): Ledger => ({
  known,
  accounts: new Map(),
  tables: [null, null],
  taken: [0, 0],
  disorders: [0, 0],
  newest: 0,
});

/** Takes up what came to the history: only the new entries where they came behind the others, everything anew otherwise. */
export function refreshLedger(ledger: Ledger, history: History): void {
  let anew = false;
  for (const [index, type] of types.entries()) {
    const table = history.table(type);
    if (table === ledger.tables[index] && (table === null || table.disorder === ledger.disorders[index])) continue;
    anew ||= ledger.taken[index] !== 0;
    ledger.tables[index] = table;
    ledger.disorders[index] = table?.disorder ?? 0;
  }
  if (anew || !takeUp(ledger)) {
    forget(ledger);
    takeUp(ledger);
  }
}

function forget(ledger: Ledger): void {
  ledger.accounts = new Map();
  ledger.taken = [0, 0];
  ledger.newest = 0;
}

/** False where a new entry belongs before one that is there. */
function takeUp(ledger: Ledger): boolean {
  const entries: Entry[] = [];
  for (const [index, table] of ledger.tables.entries()) {
    if (table === null) continue;
    const from = ledger.taken[index] as number;
    ledger.taken[index] = table.length;
    for (let row = from; row < table.length; row += 1) {
      const position = table.position(row);
      const end = table.endedBy(row);
      ledger.newest = Math.max(ledger.newest, position, end);
      if (position > ledger.known || isEnded(end, ledger.known)) continue;
      const entry = index === 0 ? transactionEntry(table, row) : reportEntry(table, row);
      if (entry !== null) entries.push(entry);
    }
  }
  if (entries.length > 1) entries.sort(inOrder);
  return entries.every(entry => post(ledger, entry));
}

const inOrder = (a: Entry, b: Entry): number =>
  a.occurredAt - b.occurredAt || a.sequence - b.sequence || a.position - b.position;

function post(ledger: Ledger, entry: Entry): boolean {
  let account = ledger.accounts.get(entry.account);
  if (account === undefined) {
    account = {
      times: [],
      positions: [],
      minorUnits: [],
      currencies: [],
      lastSequence: 0,
      reported: null,
      moved: new Map(),
    };
    ledger.accounts.set(entry.account, account);
  }
  const { times, positions, minorUnits, currencies, moved } = account;
  if (times.length > 0) {
    const last = times.length - 1;
    const before =
      entry.occurredAt - (times[last] as Instant) ||
      entry.sequence - account.lastSequence ||
      entry.position - (positions[last] as Position);
    if (before < 0) return false;
  }
  if (entry.report !== null) {
    account.reported = entry.currency;
    moved.clear();
    moved.set(entry.currency, entry.report);
  } else moved.set(entry.currency, plus(moved.get(entry.currency) ?? 0, entry.amount));
  const currency = account.reported ?? entry.currency;
  times.push(entry.occurredAt);
  positions.push(entry.position);
  currencies.push(currency);
  minorUnits.push(moved.get(currency) ?? 0);
  account.lastSequence = entry.sequence;
  return true;
}

/** A running sum may leave the safe integers and come back. */
export function plus(sum: number | bigint, amount: number | bigint): number | bigint {
  if (typeof sum === "number" && typeof amount === "number") {
    const total = sum + amount;
    if (Number.isSafeInteger(total)) return total;
  }
  const total = BigInt(sum) + BigInt(amount);
  return total >= BigInt(Number.MIN_SAFE_INTEGER) && total <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(total) : total;
}

function transactionEntry(table: FactTable, row: number): Entry | null {
  const minorUnits = minorUnitsIn(table, row, "amount");
  const account = table.value(row, "account");
  if (minorUnits === null || typeof account !== "string") return null;
  return {
    account,
    occurredAt: table.occurredAt(row),
    sequence: sequenceIn(table, row),
    position: table.position(row),
    currency: table.value(row, "amount.currency") as string,
    amount: table.value(row, "direction") === "debit" ? 0 - minorUnits : minorUnits,
    report: minorUnitsIn(table, row, "balanceAfter"),
  };
}

function reportEntry(table: FactTable, row: number): Entry | null {
  const report = minorUnitsIn(table, row, "balance");
  const account = table.value(row, "account");
  if (report === null || typeof account !== "string") return null;
  return {
    account,
    occurredAt: table.occurredAt(row),
    sequence: sequenceIn(table, row),
    position: table.position(row),
    currency: table.value(row, "balance.currency") as string,
    amount: 0,
    report,
  };
}

function minorUnitsIn(table: FactTable, row: number, field: string): number | null {
  const minorUnits = table.value(row, `${field}.minorUnits`);
  if (typeof minorUnits !== "number") return null;
  if (!Number.isSafeInteger(minorUnits)) throw new InexactFigure(field, String(minorUnits));
  return minorUnits;
}

function sequenceIn(table: FactTable, row: number): number {
  const sequence = table.value(row, "sequence");
  return typeof sequence === "number" ? sequence : 0;
}
