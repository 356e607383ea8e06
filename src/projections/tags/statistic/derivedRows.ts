import { LRUCache } from "lru-cache";
import type { Position } from "../../../domain/event.ts";
import { createLedger, type Ledger, refreshLedger } from "../evaluation/ledger.ts";
import type { History } from "../history/history.ts";
import { noRows, refresh, type SelectedRows, type SelectionPlan } from "./selectedRows.ts";

/** What tags have derived from one history so far, as known at a position. */
type Derived = { readonly known: Position; readonly selections: (SelectedRows | undefined)[]; ledger: Ledger | null };
type PerHistory = { readonly live: Derived; asKnown: Derived };

export type DerivedRows = {
  readonly rowsOf: (plan: SelectionPlan, history: History, known: Position) => SelectedRows;
  readonly ledgerOf: (history: History, known: Position) => Ledger;
};

const derivedAt = (known: Position): Derived => ({ known, selections: [], ledger: null });

/** Histories from this many rows on are long: deriving them anew takes from a tenth of a millisecond up. */
const longFrom = 512;
/** Rows of all long histories that are kept derived together; a row takes some hundred bytes for each hundred tags. */
const longRows = 500_000;
/** Short ones are kept for a burst of facts only: to hold on to more costs the garbage collector more than it saves. */
const shortHistories = 64;

/** One for each program: its plans number their slots from 0. */
export function createDerivedRows(): DerivedRows {
  const short = new LRUCache<History, PerHistory>({ max: shortHistories });
  const long = new LRUCache<History, PerHistory>({ maxSize: longRows });
  // Tag after tag is asked about the same customer.
  let last: History | null = null;
  let lastDerived: PerHistory | null = null;

  const derivedOf = (history: History): PerHistory => {
    if (history === last && lastDerived !== null) return lastDerived;
    const size = history.size();
    let derived = short.get(history) ?? (size < longFrom ? undefined : long.get(history));
    if (derived === undefined) {
      derived = { live: derivedAt(Number.POSITIVE_INFINITY), asKnown: derivedAt(0) };
      if (size < longFrom) short.set(history, derived);
      else long.set(history, derived, { size: Math.min(size, longRows) });
    }
    last = history;
    lastDerived = derived;
    return derived;
  };

  const asKnownAt = (derived: PerHistory, known: Position): Derived => {
    if (derived.asKnown.known !== known) derived.asKnown = derivedAt(known);
    return derived.asKnown;
  };

  const rowsIn = ({ known, selections }: Derived, plan: SelectionPlan, history: History): SelectedRows => {
    let rows = selections[plan.slot];
    if (rows === undefined) {
      rows = noRows(known);
      selections[plan.slot] = rows;
    }
    refresh(rows, plan, history);
    return rows;
  };

  const ledgerIn = (derived: Derived, history: History): Ledger => {
    derived.ledger ??= createLedger(derived.known);
    refreshLedger(derived.ledger, history);
    return derived.ledger;
  };

  return {
    rowsOf: (plan, history, known) => {
      const derived = derivedOf(history);
      const live = rowsIn(derived.live, plan, history);
      return known >= live.newest ? live : rowsIn(asKnownAt(derived, known), plan, history);
    },
    ledgerOf: (history, known) => {
      const derived = derivedOf(history);
      const live = ledgerIn(derived.live, history);
      return known >= live.newest ? live : ledgerIn(asKnownAt(derived, known), history);
    },
  };
}
