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

/**
 * Of histories asked about for the first time, what the last of them derived: for a burst of facts. Most do not come back soon, and to
 * hold on to those costs the garbage collector more than it saves.
 */
const newcomers = 64;
/** Of so many histories that went out of it, it is known that they were there: one that comes back is worth keeping. */
const remembered = 4_000;
/** Rows of all histories that are kept derived together; a row takes some hundred bytes for each hundred tags. */
const keptRows = 500_000;
/** What a history takes derived besides its rows, counted in rows. */
const fixedRows = 150;
/** Histories from this many rows on are kept at once: deriving them anew takes from a tenth of a millisecond up. */
const longFrom = 512;

/** One for each program: its plans number their slots from 0. */
export function createDerivedRows(): DerivedRows {
  const left = new Set<History>();
  const fresh = new LRUCache<History, PerHistory>({
    max: newcomers,
    dispose: (_derived, history, reason) => {
      if (reason !== "evict") return;
      left.add(history);
      if (left.size > remembered) left.delete(left.values().next().value as History);
    },
  });
  const kept = new LRUCache<History, PerHistory>({ maxSize: keptRows });
  // Tag after tag is asked about the same customer.
  let last: History | null = null;
  let lastDerived: PerHistory | null = null;

  const derivedOf = (history: History): PerHistory => {
    if (history === last && lastDerived !== null) return lastDerived;
    let derived = kept.get(history) ?? fresh.get(history);
    if (derived === undefined) {
      derived = { live: derivedAt(Number.POSITIVE_INFINITY), asKnown: derivedAt(0) };
      const size = history.size();
      if (size < longFrom && !left.delete(history)) fresh.set(history, derived);
      else kept.set(history, derived, { size: Math.min(size + fixedRows, keptRows) });
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
