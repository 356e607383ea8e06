import { ascending } from "../../domain/ascending.ts";
import type { Merge } from "../../domain/customer/mergeGraph.ts";
import type { Position } from "../../domain/event.ts";
import type { CustomerId } from "../../domain/ids.ts";
import { balanceFrom, knownAt } from "../../projections/balance.ts";
import { groupAt, membersBelow } from "../../projections/identity/customerGroup.ts";
import { accountTarget, customerTarget } from "../../projections/indexRows.ts";
import { sourcesOf, sumCounts } from "../../projections/quality/sumCounts.ts";
import type { CustomerView, EntryRow, IncomingRelationship } from "../../projections/readModels.ts";
import type { SessionReads } from "../../projections/readSession.ts";
import { storedSegmentReads } from "../../projections/segments/feed/storedSegmentReads.ts";
import { storedTagReads } from "../../projections/tags/storedTagReads.ts";
import { memoryCampaignTables } from "./memoryCampaignTables.ts";
import { memoryProposals } from "./memoryMatches.ts";
import { byTime, compareEntries, identityKey, type Tables } from "./memoryReadModelsTables.ts";
import { memorySegmentTables } from "./memorySegmentTables.ts";
import { memoryTagTables } from "./memoryTagTables.ts";
import { mapRange, within } from "./within.ts";

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
  const mergesOf = (id: CustomerId): Merge[] =>
    [...tables.merges.values()]
      .filter(({ survivor, absorbed }) => survivor === id || absorbed === id)
      .sort((a, b) => a.position - b.position);
  const groupOf = (id: CustomerId, known: Position) => groupAt(id, known, mergesOf);
  const incoming = (target: string): IncomingRelationship[] =>
    (tables.relations.get(target) ?? []).map(({ row, relationship }) => ({
      from: idAt(row) as CustomerId,
      relationship,
    }));
  const entriesOf = (ref: string, known: Position): EntryRow[] => {
    const held = tables.accounts.get(ref)?.[0];
    if (held === undefined) return [];
    const entries = tables.entries.get(held.row) ?? [];
    return entries
      .filter(({ ordinal, entry }) => ordinal === held.ordinal && entry.position <= known)
      .map(({ entry }) => knownAt(entry, known));
  };

  return {
    ...storedTagReads(memoryTagTables(() => tables)),
    ...storedSegmentReads(
      memorySegmentTables(() => tables),
      null,
    ),
    ...memoryCampaignTables(() => tables.campaigns),
    customers: ids => ids.map(id => view(tables.rows.get(id) ?? -1)),
    customerOfIdentity: (system, id) => idAt(tables.identities.get(identityKey(system, id))?.[0]),
    customerOfAccount: ref => idAt(tables.accounts.get(ref)?.[0]?.row),
    customerList: range =>
      within(ascending(tables.customers.keys()), range, (a, b) => a - b).map(row => view(row) as CustomerView),
    customerCount: () => tables.customers.size,
    incomingRelationships: ids =>
      ids.map(id =>
        membersBelow(id, tables.checkpoint.position, mergesOf).flatMap(member => incoming(customerTarget(member))),
      ),
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
    entries: (ref, range, kind, known = Number.MAX_SAFE_INTEGER) =>
      within(
        entriesOf(ref, known).filter(entry => kind === undefined || entry.kind === kind),
        range,
        compareEntries,
      ),
    balanceAt: (ref, at, known = Number.MAX_SAFE_INTEGER) =>
      balanceFrom(
        entriesOf(ref, known)
          .filter(entry => entry.occurredAt <= at)
          .reverse(),
      ),
    nextEntryAt: (ref, after) =>
      entriesOf(ref, Number.MAX_SAFE_INTEGER).find(({ occurredAt }) => occurredAt > after)?.occurredAt ?? null,
    quarantine: (range, filter) =>
      within(
        [...tables.quarantine.values()]
          .filter(row => filter?.status === undefined || row.status === filter.status)
          .filter(row => filter?.source === undefined || row.source === filter.source)
          .sort((a, b) => a.position - b.position),
        mapRange(range, position => ({ position })),
        (a: { readonly position: number }, b: { readonly position: number }) => a.position - b.position,
      ),
    groupOf,
    mergesInto: (id, range) =>
      within(
        mergesOf(id).filter(({ survivor, splitAt }) => survivor === id && splitAt === null),
        mapRange(range, position => ({ position })),
        (a: { readonly position: Position }, b: { readonly position: Position }) => a.position - b.position,
      ),
    qualityCounts: query => sumCounts(tables.quality.values(), query),
    qualitySources: () => sourcesOf(tables.quality.values()),
    ...memoryProposals(tables),
    mergeByEvent: eventId => [...tables.merges.values()].find(merge => merge.eventId === eventId) ?? null,
    quarantined: quarantineId => tables.quarantine.get(quarantineId) ?? null,
  };
}
