import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import { balanceFrom, knownAt } from "../../../projections/balance.ts";
import type { CustomerView, EntryRow } from "../../../projections/readModels.ts";
import type { SessionReads } from "../../../projections/readSession.ts";
import { anInteger, aText, type Query } from "./query.ts";
import { bothWays, highest, lowest } from "./ranges.ts";
import { type EntryColumns, entryColumns, entryOf } from "./readModelRows.ts";

type Reads = Pick<SessionReads, "customerOfAccount" | "account" | "entries" | "balanceAt" | "nextEntryAt">;

/** Of several customers who claim an account, the first to appear holds it. */
const holderSql = `SELECT c.id FROM accounts h JOIN customers c ON c.row = h.customer
  WHERE h.ref = ${aText} ORDER BY h.customer LIMIT 1`;
/** Where an account's entries are kept: the holder's row, and the account's place in their profile. */
type Place = [row: number, ordinal: number];
const placeSql = `SELECT customer, ordinal FROM accounts WHERE ref = ${aText} ORDER BY customer LIMIT 1`;
const entriesSql = (filter: string) =>
  bothWays(
    order => `SELECT ${entryColumns} FROM entries WHERE customer = ${anInteger} AND ordinal = ${anInteger}
      AND (occurred_at, sequence, position) > (?, ?, ?) AND (occurred_at, sequence, position) < (?, ?, ?)
      AND position <= ? ${filter}
      ORDER BY occurred_at ${order}, sequence ${order}, position ${order} LIMIT ${anInteger}`,
  );
const entriesSqlOf = {
  any: entriesSql(""),
  balance: entriesSql("AND amount IS NULL"),
  transaction: entriesSql("AND amount IS NOT NULL"),
};
const newestSql = `SELECT ${entryColumns} FROM entries
  WHERE customer = ${anInteger} AND ordinal = ${anInteger} AND occurred_at <= ? AND position <= ?
  ORDER BY occurred_at DESC, sequence DESC, position DESC LIMIT 1`;
const nextSql = `SELECT occurred_at FROM entries WHERE customer = ${anInteger} AND ordinal = ${anInteger} AND occurred_at > ?
  ORDER BY occurred_at LIMIT 1`;

export function accountReads({ first, all, each }: Query, viewOf: (id: CustomerId) => CustomerView | null): Reads {
  const holderOf = (ref: string): CustomerId | null => first<[CustomerId]>(holderSql, ref)?.[0] ?? null;
  const placeOf = (ref: string) => first<Place>(placeSql, ref);
  /** Mostly the newest is all that a balance needs; a walk through the older ones costs several times as much to begin. */
  function* newestFirst(place: Place, at: Instant, known: Position): Iterable<EntryRow> {
    const columns = first<EntryColumns>(newestSql, ...place, at, known);
    if (columns === null) return;
    const newest = entryOf(columns);
    yield knownAt(newest, known);
    const { occurredAt, sequence, position } = newest;
    const bounds = [lowest, lowest, lowest, occurredAt, sequence, position, known, highest];
    for (const older of each<EntryColumns>(entriesSqlOf.any.backward, ...place, ...bounds))
      yield knownAt(entryOf(older), known);
  }

  return {
    customerOfAccount: holderOf,
    account: ref => {
      const holder = holderOf(ref);
      const account = holder === null ? undefined : viewOf(holder)?.customer.accounts[ref];
      return holder === null || account === undefined ? null : { holder, account };
    },
    entries: (ref, { after, before, direction, limit }, kind, known = highest) => {
      const place = placeOf(ref);
      if (place === null) return [];
      return all<EntryColumns>(
        entriesSqlOf[kind ?? "any"][direction],
        ...place,
        after?.occurredAt ?? lowest,
        after?.sequence ?? lowest,
        after?.position ?? lowest,
        before?.occurredAt ?? highest,
        before?.sequence ?? highest,
        before?.position ?? highest,
        known,
        limit,
      ).map(columns => knownAt(entryOf(columns), known));
    },
    balanceAt: (ref, at, known = highest) => {
      const place = placeOf(ref);
      return place === null ? null : balanceFrom(newestFirst(place, at, known));
    },
    nextEntryAt: (ref, after) => {
      const place = placeOf(ref);
      return place === null ? null : (first<[Instant]>(nextSql, ...place, after)?.[0] ?? null);
    },
  };
}
