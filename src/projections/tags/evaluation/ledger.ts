import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { FactTable, History } from "../history/history.ts";
import { isEnded } from "../statistic/selectedRows.ts";
import { type Entry, type LedgerEntries, reportEntries, transactionEntries } from "./ledgerEntries.ts";

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
  if (!anew && takeUp(ledger)) return;
  forget(ledger);
  takeSorted(ledger);
}

function forget(ledger: Ledger): void {
  ledger.accounts = new Map();
  ledger.taken = [0, 0];
  ledger.newest = 0;
}

/** False where a new entry belongs before one that is there. */
function takeUp(ledger: Ledger): boolean {
  const [transactions, reports] = ledger.tables;
  if (reports != null && reports.length > (ledger.taken[1] as number)) return takeSorted(ledger);
  if (transactions == null || transactions.length === ledger.taken[0]) return true;
  // Rows of one table mostly are in order already, unless entries of one instant are numbered otherwise.
  return eachNew(ledger, 0, transactions, transactionEntries(transactions), ledger, post);
}

function takeSorted(ledger: Ledger): boolean {
  const entries: Entry[] = [];
  const [transactions, reports] = ledger.tables;
  if (transactions != null) eachNew(ledger, 0, transactions, transactionEntries(transactions), entries, collect);
  if (reports != null) eachNew(ledger, 1, reports, reportEntries(reports), entries, collect);
  return entries.sort(inOrder).every(entry => post(ledger, entry));
}

const collect = (entries: Entry[], entry: Entry): boolean => entries.push(entry) > 0;

/** Puts the new entries of a table that count into something, until one is refused. */
function eachNew<Into>(
  ledger: Ledger,
  index: number,
  table: FactTable,
  entries: LedgerEntries,
  into: Into,
  put: (into: Into, entry: Entry) => boolean,
): boolean {
  const from = ledger.taken[index] as number;
  const positions = table.positions();
  const ends = table.ends();
  ledger.taken[index] = table.length;
  for (let row = from; row < table.length; row += 1) {
    const position = positions[row] as Position;
    const end = ends === null ? 0 : (ends[row] as Position);
    ledger.newest = Math.max(ledger.newest, position, end);
    if (position > ledger.known || isEnded(end, ledger.known)) continue;
    const entry = entries.at(row);
    if (entry !== null && !put(into, entry)) return false;
  }
  return true;
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
