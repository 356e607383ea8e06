import type Database from "better-sqlite3";
import { type Customer, type Relationship } from "../../../projections/customer/customer.ts";
import { customerText, profileChanged } from "../../../projections/customer/customerText.ts";
import { indexChanges } from "../../../projections/indexRows.ts";
import type { CustomerChange, EntryInsert, ReadModelChanges } from "../../../projections/readModelStore.ts";
import type { TimelineRow } from "../../../projections/readModels.ts";
import { touchedKeys } from "../../../projections/touchedKeys.ts";
import { campaignWriter } from "./campaignTables.ts";
import { changedRowsWriter } from "./commitChangedRows.ts";
import { segmentWriter } from "./commitSegments.ts";
import { tagWriter } from "./commitTags.ts";
import { matchWriter } from "./matchTables.ts";
import { compareEntries, optionalInteger } from "./readModelRows.ts";

/** Readers open a snapshot at most so many commits after the last one, or take everything for changed. */
const commitsTold = 1_000;

/** Writes changes inside the caller's transaction. Rows go in by key, so neighbours land on the same pages. */
export function changeWriter(database: Database.Database): (changes: ReadModelChanges) => void {
  const writeTags = tagWriter(database);
  const writeSegments = segmentWriter(database);
  const writeCampaigns = campaignWriter(database);
  const noteChangedRows = changedRowsWriter(database);
  const insertCustomer = database.prepare("INSERT INTO customers (row, id, doc) VALUES (?, ?, ?)");
  const updateDoc = database.prepare("UPDATE customers SET doc = ? WHERE row = ?");
  const putActivity = database.prepare("INSERT OR REPLACE INTO activity VALUES (?, ?, ?, ?, ?)");
  const addIdentity = database.prepare("INSERT OR REPLACE INTO identities VALUES (?, ?, ?)");
  const removeIdentity = database.prepare(
    "DELETE FROM identities WHERE system = ? AND external_id = ? AND customer = ?",
  );
  const addAccount = database.prepare("INSERT OR REPLACE INTO accounts VALUES (?, ?, ?)");
  const removeAccount = database.prepare("DELETE FROM accounts WHERE ref = ? AND customer = ?");
  const addRelation = database.prepare("INSERT OR REPLACE INTO relations VALUES (?, ?, ?, ?)");
  const removeRelation = database.prepare(
    "DELETE FROM relations WHERE target = ? AND customer = ? AND relationship_id = ?",
  );
  const addTimeline = database.prepare("INSERT INTO timeline VALUES (?, ?, ?, ?)");
  const clearTimeline = database.prepare("DELETE FROM timeline WHERE customer = ?");
  const addEntry = database.prepare("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const clearEntries = database.prepare("DELETE FROM entries WHERE customer = ?");
  const reverseEntry = database.prepare(
    `UPDATE entries SET reversed_by = ? WHERE customer = ? AND ordinal = ? AND occurred_at = ? AND sequence = ?
     AND position = ? AND reversed_by IS NULL`,
  );
  const putQuarantine = database.prepare(
    `INSERT INTO quarantine (quarantine_id, position, source, fact_type, recorded_at, faults, status, settled_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (quarantine_id) DO UPDATE SET position = excluded.position, source = excluded.source,
       fact_type = excluded.fact_type, recorded_at = excluded.recorded_at, faults = excluded.faults,
       status = excluded.status, settled_by = excluded.settled_by`,
  );
  const putPoison = database.prepare("INSERT OR REPLACE INTO poison VALUES (?, ?, ?)");
  const removePoison = database.prepare("DELETE FROM poison WHERE stream = ?");
  const writeMatches = matchWriter(database);
  const putMerge = database.prepare("INSERT OR REPLACE INTO merges VALUES (?, ?, ?, ?, ?, ?)");
  const addQuality = database.prepare(
    `INSERT INTO quality (source, day, fact_type, measure, field, code, count) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );
  const putCheckpoint = database.prepare("UPDATE checkpoint SET position = ?, hash = ? WHERE id = 1");
  const addTouched = database.prepare("INSERT INTO touched (keys) VALUES (?)");
  const forgetTouched = database.prepare("DELETE FROM touched WHERE commit_number <= ?");
  const findType = database.prepare("SELECT type FROM event_types WHERE name = ?").pluck();
  const addType = database.prepare("INSERT INTO event_types (name) VALUES (?)");

  const internType = (name: string): number =>
    (findType.get(name) as number | undefined) ?? Number(addType.run(name).lastInsertRowid);

  const writeProfile = (row: number, before: Customer | null, after: Customer): void => {
    if (before === null) insertCustomer.run(row, after.id, customerText(after));
    else if (profileChanged(before, after)) updateDoc.run(customerText(after), row);
    else return;
    const { identities, accounts, relations } = indexChanges(before, after);
    for (const { system, id } of identities.removed) removeIdentity.run(system, id, row);
    for (const { system, id } of identities.added) addIdentity.run(system, id, row);
    for (const { ref } of accounts.removed) removeAccount.run(ref, row);
    for (const { ref, ordinal } of accounts.added) addAccount.run(ref, row, ordinal);
    for (const { target, relationshipId } of relations.removed) removeRelation.run(target, row, relationshipId);
    for (const { target, relationshipId, relationship } of relations.added)
      addRelation.run(target, row, relationshipId, relationText(relationship));
  };

  const writeCustomer = ({ row, before, after, rewrite, ...rows }: CustomerChange, types: TypeIds): void => {
    writeProfile(row, before, after);
    putActivity.run(row, after.lastPosition, after.lastOccurredAt, after.eventCount, after.regroupedAt);
    if (rewrite) {
      clearTimeline.run(row);
      clearEntries.run(row);
    }
    for (const { occurredAt, position, type } of inOrder(rows.timeline, byTime))
      addTimeline.run(row, occurredAt, position, types(type));
    for (const { ordinal, entry } of inOrder(rows.entries, byEntry))
      addEntry.run(
        row,
        ordinal,
        entry.occurredAt,
        entry.sequence,
        entry.position,
        entry.transactionId,
        optionalInteger(entry.amount),
        optionalInteger(entry.reportedBalance),
        entry.currency,
        entry.reversedBy,
      );
    for (const { ordinal, of, by } of rows.reversals)
      reverseEntry.run(by, row, ordinal, of.occurredAt, of.sequence, of.position);
  };

  return changes => {
    const known = new Map<string, number>(); // of this transaction only: a rollback takes new ids back
    const types: TypeIds = name => {
      let type = known.get(name);
      if (type === undefined) {
        type = internType(name);
        known.set(name, type);
      }
      return type;
    };
    for (const change of changes.customers) writeCustomer(change, types);
    for (const row of changes.quarantine)
      putQuarantine.run(
        row.quarantineId,
        row.position,
        row.source,
        row.factType,
        row.recordedAt,
        JSON.stringify(row.faults),
        row.status,
        row.settledBy,
      );
    for (const stream of changes.mended) removePoison.run(stream);
    for (const { stream, position, error } of changes.poisoned) putPoison.run(stream, position, error);
    for (const { position, eventId, survivor, absorbed, proposalId, splitAt } of changes.merges)
      putMerge.run(position, eventId, survivor, absorbed, proposalId, splitAt);
    for (const { source, day, factType, measure, field, code, count } of changes.quality ?? [])
      addQuality.run(source, day, factType, measure, field, code, count);
    if (changes.tags !== undefined) writeTags(changes.tags);
    if (changes.segments !== undefined) writeSegments(changes.segments);
    if (changes.campaigns !== undefined) writeCampaigns(changes.campaigns);
    noteChangedRows(changes);
    writeMatches(changes);
    const keys = touchedKeys(changes);
    const { lastInsertRowid } = addTouched.run(keys === null ? null : JSON.stringify(keys));
    forgetTouched.run(Number(lastInsertRowid) - commitsTold);
    putCheckpoint.run(changes.checkpoint.position, changes.checkpoint.hash);
  };
}

type TypeIds = (name: string) => number;

const relationText = (relationship: Relationship): string => JSON.stringify(relationship);

const byTime = (a: TimelineRow, b: TimelineRow): number => a.occurredAt - b.occurredAt || a.position - b.position;
const byEntry = (a: EntryInsert, b: EntryInsert): number => a.ordinal - b.ordinal || compareEntries(a.entry, b.entry);

const inOrder = <Row>(rows: readonly Row[], compare: (a: Row, b: Row) => number): readonly Row[] =>
  rows.length < 2 ? rows : rows.toSorted(compare);
