import { CustomerId } from "../../domain/ids.ts";
import { balanceFrom } from "../../projections/balance.ts";
import { accountTarget, customerTarget } from "../../projections/indexRows.ts";
import type { CustomerView, EntryRow, IncomingRelationship, Range } from "../../projections/readModels.ts";
import type { SessionReads } from "../../projections/readSession.ts";
import { byTime, compareEntries, identityKey, type Tables } from "./memoryReadModelsTables.ts";

/** Reads one snapshot of the tables. */
export function memoryReads(tables: Tables): SessionReads {
  const view = (row: number): CustomerView | null => {
    const customer = tables.customers.get(row);
    if (customer === undefined) return null;
    const poison = tables.poison.get(customerTarget(customer.id));
    return { row, customer, degraded: poison ? { position: poison.position, error: poison.error } : null };
  };
  const idAt = (row: number | undefined): CustomerId | null =>
    row === undefined ? null : (tables.customers.get(row)?.id ?? null);
  const incoming = (target: string): IncomingRelationship[] =>
    (tables.relations.get(target) ?? []).map(({ row, relationship }) => ({
      from: idAt(row) as CustomerId,
      relationship,
    }));
  const entriesOf = (ref: string): EntryRow[] => {
    const held = tables.accounts.get(ref)?.[0];
    if (held === undefined) return [];
    const entries = tables.entries.get(held.row) ?? [];
    return entries.filter(({ ordinal }) => ordinal === held.ordinal).map(({ entry }) => entry);
  };

  return {
    customers: ids => ids.map(id => view(tables.rows.get(id) ?? -1)),
    customerOfIdentity: (system, id) => idAt(tables.identities.get(identityKey(system, id))?.[0]),
    customerOfAccount: ref => idAt(tables.accounts.get(ref)?.[0]?.row),
    customerList: range =>
      within(
        [...tables.customers.keys()].sort((a, b) => a - b),
        range,
        (a, b) => a - b,
      ).map(row => view(row) as CustomerView),
    customerCount: () => tables.customers.size,
    incomingRelationships: ids => ids.map(id => incoming(customerTarget(id))),
    accountParties: refs => refs.map(ref => incoming(accountTarget(ref))),
    account: ref => {
      const holder = idAt(tables.accounts.get(ref)?.[0]?.row);
      if (holder === null) return null;
      const account = view(tables.rows.get(holder) ?? -1)?.customer.accounts[ref];
      return account === undefined ? null : { holder, account };
    },
    timeline: (id, range, types) =>
      within(
        (tables.timeline.get(tables.rows.get(id) ?? -1) ?? []).filter(row => types?.includes(row.type) ?? true),
        range,
        byTime,
      ),
    entries: (ref, range, kind) =>
      within(
        entriesOf(ref).filter(entry => kind === undefined || entry.kind === kind),
        range,
        compareEntries,
      ),
    balanceAt: (ref, at) =>
      balanceFrom(
        entriesOf(ref)
          .filter(entry => entry.occurredAt <= at)
          .reverse(),
      ),
    nextEntryAt: (ref, after) => entriesOf(ref).find(({ occurredAt }) => occurredAt > after)?.occurredAt ?? null,
    quarantine: (range, filter) =>
      within(
        [...tables.quarantine.values()]
          .filter(row => filter?.status === undefined || row.status === filter.status)
          .filter(row => filter?.source === undefined || row.source === filter.source)
          .sort((a, b) => a.position - b.position),
        mapRange(range, position => ({ position })),
        (a: { readonly position: number }, b: { readonly position: number }) => a.position - b.position,
      ),
    quarantined: quarantineId => tables.quarantine.get(quarantineId) ?? null,
  };
}

const mapRange = <From, To>({ after, before, ...rest }: Range<From>, to: (key: From) => To): Range<To> => ({
  ...rest,
  ...(after === undefined ? {} : { after: to(after) }),
  ...(before === undefined ? {} : { before: to(before) }),
});

/** `rows` in ascending order; a row serves as its own key. */
function within<Key, Row extends Key>(
  rows: readonly Row[],
  { after, before, direction, limit }: Range<Key>,
  compare: (a: Key, b: Key) => number,
): Row[] {
  const between = rows.filter(
    row => (after === undefined || compare(row, after) > 0) && (before === undefined || compare(row, before) < 0),
  );
  return (direction === "forward" ? between : between.reverse()).slice(0, limit);
}
