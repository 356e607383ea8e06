import type { Merge } from "../../domain/customer/mergeGraph.ts";
import type { Position } from "../../domain/event.ts";
import type { Customer } from "../../projections/customer/customer.ts";
import { indexChanges, type Relation } from "../../projections/indexRows.ts";
import type { QualityCount } from "../../projections/quality/qualityCount.ts";
import { addCount } from "../../projections/quality/sumCounts.ts";
import {
  beforeEverything,
  type Checkpoint,
  type CustomerChange,
  type EntryInsert,
  type Poison,
  type ReadModelChanges,
  type ReversalMark,
} from "../../projections/readModelStore.ts";
import type { EntryKey, QuarantineRow, TimelineKey, TimelineRow } from "../../projections/readModels.ts";
import { applyCampaignChanges, copyOfCampaigns, noCampaigns, type StoredCampaigns } from "./memoryCampaignTables.ts";
import { applyMatches, copyOfMatches, type MatchTables, noMatches } from "./memoryMatches.ts";
import {
  applySegmentChanges,
  copyOfSegments,
  noSegments,
  noteChangedRows,
  type StoredSegments,
} from "./memorySegmentTables.ts";
import { applyTagChanges, copyOfTags, noTags, type StoredTags } from "./memoryTagTables.ts";

/** All rows in maps. Inner arrays are sorted and never changed in place, so a copy of the maps is a snapshot. */
export type Tables = {
  checkpoint: Checkpoint;
  readonly customers: Map<number, Customer>;
  readonly rows: Map<string, number>;
  readonly timeline: Map<number, readonly TimelineRow[]>;
  readonly entries: Map<number, readonly EntryInsert[]>;
  /** By `system` and id as JSON; rows of the customers in ascending order, the first one counts. */
  readonly identities: Map<string, readonly number[]>;
  readonly accounts: Map<string, readonly { readonly row: number; readonly ordinal: number }[]>;
  readonly relations: Map<string, readonly (Relation & { readonly row: number })[]>;
  readonly quarantine: Map<string, QuarantineRow>;
  readonly poison: Map<string, Poison>;
  readonly merges: Map<Position, Merge>;
  readonly matches: MatchTables;
  /** By everything but the number, as JSON. */
  readonly quality: Map<string, QualityCount>;
  readonly tags: StoredTags;
  readonly segments: StoredSegments;
  readonly campaigns: StoredCampaigns;
};

export const emptyTables = (): Tables => ({
  checkpoint: beforeEverything,
  customers: new Map(),
  rows: new Map(),
  timeline: new Map(),
  entries: new Map(),
  identities: new Map(),
  accounts: new Map(),
  relations: new Map(),
  quarantine: new Map(),
  poison: new Map(),
  merges: new Map(),
  matches: noMatches(),
  quality: new Map(),
  tags: noTags(),
  segments: noSegments(),
  campaigns: noCampaigns(),
});

export const snapshotOf = (tables: Tables): Tables => ({
  checkpoint: tables.checkpoint,
  customers: new Map(tables.customers),
  rows: new Map(tables.rows),
  timeline: new Map(tables.timeline),
  entries: new Map(tables.entries),
  identities: new Map(tables.identities),
  accounts: new Map(tables.accounts),
  relations: new Map(tables.relations),
  quarantine: new Map(tables.quarantine),
  poison: new Map(tables.poison),
  merges: new Map(tables.merges),
  matches: copyOfMatches(tables.matches),
  quality: new Map(tables.quality),
  tags: copyOfTags(tables.tags),
  segments: copyOfSegments(tables.segments),
  campaigns: copyOfCampaigns(tables.campaigns),
});

export const identityKey = (system: string, id: string): string => JSON.stringify([system, id]);

export function applyChanges(tables: Tables, changes: ReadModelChanges): void {
  // First, since it may throw, and then nothing must have changed.
  if (changes.segments !== undefined) applySegmentChanges(tables.segments, changes.segments);
  noteChangedRows(tables.segments, changes);
  for (const change of changes.customers) applyCustomer(tables, change);
  for (const row of changes.quarantine) tables.quarantine.set(row.quarantineId, row);
  for (const stream of changes.mended) tables.poison.delete(stream);
  for (const poison of changes.poisoned) tables.poison.set(poison.stream, poison);
  applyMatches(tables.matches, changes);
  for (const merge of changes.merges) tables.merges.set(merge.position, merge);
  for (const added of changes.quality ?? []) addCount(tables.quality, added);
  if (changes.tags !== undefined) applyTagChanges(tables.tags, changes.tags);
  if (changes.campaigns !== undefined) applyCampaignChanges(tables.campaigns, changes.campaigns);
  tables.checkpoint = changes.checkpoint;
}

function applyCustomer(tables: Tables, change: CustomerChange): void {
  const { row, before, after, rewrite } = change;
  tables.customers.set(row, after);
  tables.rows.set(after.id, row);
  const timeline = rewrite ? [] : (tables.timeline.get(row) ?? []);
  tables.timeline.set(row, [...timeline, ...change.timeline].sort(byTime));
  const entries = [...(rewrite ? [] : (tables.entries.get(row) ?? [])), ...change.entries].sort(byEntry);
  tables.entries.set(row, change.reversals.reduce(reverse, entries));

  const { identities, accounts, relations } = indexChanges(before, after);
  for (const { system, id } of identities.removed)
    update(tables.identities, identityKey(system, id), rows => rows.filter(other => other !== row));
  for (const { system, id } of identities.added)
    update(tables.identities, identityKey(system, id), rows => [...rows, row].sort((a, b) => a - b));
  for (const { ref } of accounts.removed) update(tables.accounts, ref, held => held.filter(other => other.row !== row));
  for (const { ref, ordinal } of accounts.added)
    update(tables.accounts, ref, held => [...held, { row, ordinal }].sort((a, b) => a.row - b.row));
  for (const gone of relations.removed)
    update(tables.relations, gone.target, known => known.filter(other => !isRelation(other, row, gone)));
  for (const added of relations.added)
    update(tables.relations, added.target, known =>
      [...known.filter(other => !isRelation(other, row, added)), { ...added, row }].sort(byRelation),
    );
}

function update<Item>(
  table: Map<string, readonly Item[]>,
  key: string,
  change: (items: readonly Item[]) => Item[],
): void {
  const items = change(table.get(key) ?? []);
  if (items.length === 0) table.delete(key);
  else table.set(key, items);
}

const isRelation = (
  relation: { readonly row: number; readonly relationshipId: string },
  row: number,
  { relationshipId }: { readonly relationshipId: string },
): boolean => relation.row === row && relation.relationshipId === relationshipId;

const reverse = (entries: EntryInsert[], { ordinal, of, by }: ReversalMark): EntryInsert[] =>
  entries.map(known =>
    known.ordinal === ordinal && compareEntries(known.entry, of) === 0 && known.entry.reversedBy === null
      ? { ordinal, entry: { ...known.entry, reversedBy: by } }
      : known,
  );

export const byTime = (a: TimelineKey, b: TimelineKey): number =>
  a.occurredAt - b.occurredAt || a.position - b.position;

export const compareEntries = (a: EntryKey, b: EntryKey): number =>
  a.occurredAt - b.occurredAt || a.sequence - b.sequence || a.position - b.position;

const byEntry = (a: EntryInsert, b: EntryInsert): number => a.ordinal - b.ordinal || compareEntries(a.entry, b.entry);

const byRelation = (
  a: { readonly row: number; readonly relationshipId: string },
  b: { readonly row: number; readonly relationshipId: string },
): number => a.row - b.row || (a.relationshipId < b.relationshipId ? -1 : 1);
