import type Database from "better-sqlite3";
import type { CustomerContents, Poison, ReadModelContents } from "../../../projections/readModelStore.ts";
import { embeddedCampaignTables } from "./campaignTables.ts";
import { type QualityColumns, qualityColumns, qualityOf } from "./qualityReads.ts";
import { queryOver } from "./query.ts";
import {
  type EntryColumns,
  entryColumns,
  entryOf,
  type MergeColumns,
  mergeColumns,
  mergeOf,
  type QuarantineColumns,
  quarantineColumns,
  quarantineOf,
} from "./readModelRows.ts";
import { embeddedSegmentTables } from "./segmentTables.ts";
import { embeddedTagTables } from "./tagTables.ts";

const customersAtOnce = 500;

/** Everything stored, as this connection sees it; for one snapshot the caller holds a transaction or is the only writer. */
export function contentsOf(database: Database.Database): ReadModelContents {
  const rows = <Columns>(sql: string, ...values: unknown[]) =>
    database
      .prepare(sql)
      .raw()
      .all(...values) as Columns[];
  const types = new Map(rows<[number, string]>("SELECT type, name FROM event_types"));
  const typeName = (type: number): string => types.get(type) ?? `unknown type ${type}`;

  function* customers(): Generator<CustomerContents> {
    for (let next = 0; ; ) {
      const page = rows<[number, string, string, number, number, number, number]>(
        `SELECT row, id, doc, last_position, last_occurred_at, event_count, regrouped_at
         FROM customers JOIN activity USING (row) WHERE row >= ? ORDER BY row LIMIT ${customersAtOnce}`,
        next,
      );
      const last = page.at(-1)?.[0];
      if (last === undefined) return;
      const timeline = grouped(
        rows<[number, number, number, number]>(
          `SELECT customer, occurred_at, position, type FROM timeline WHERE customer BETWEEN ? AND ?
           ORDER BY customer, occurred_at, position`,
          next,
          last,
        ),
      );
      const entries = grouped(
        rows<[number, number, ...EntryColumns]>(
          `SELECT customer, ordinal, ${entryColumns} FROM entries WHERE customer BETWEEN ? AND ?
           ORDER BY customer, ordinal, occurred_at, sequence, position`,
          next,
          last,
        ),
      );
      for (const [row, id, text, lastPosition, lastOccurredAt, eventCount, regroupedAt] of page)
        yield {
          row,
          id,
          text,
          activity: { lastPosition, lastOccurredAt, eventCount, regroupedAt },
          timeline: (timeline.get(row) ?? []).map(([, occurredAt, position, type]) => ({
            occurredAt,
            position,
            type: typeName(type),
          })),
          entries: (entries.get(row) ?? []).map(([, ordinal, ...columns]) => ({ ordinal, entry: entryOf(columns) })),
        };
      next = last + 1;
    }
  }

  return {
    checkpoint: database.prepare("SELECT position FROM checkpoint").pluck().get() as number,
    customers,
    identities: () => rows<[string, string, number]>("SELECT system, external_id, customer FROM identities"),
    accounts: () => rows<[string, number, number]>("SELECT ref, customer, ordinal FROM accounts"),
    relations: () =>
      rows<[string, number, string, string]>("SELECT target, customer, relationship_id, doc FROM relations"),
    quarantine: () => rows<QuarantineColumns>(`SELECT ${quarantineColumns} FROM quarantine`).map(quarantineOf),
    poisoned: () =>
      rows<[string, number, string]>("SELECT stream, position, error FROM poison").map(
        ([stream, position, error]): Poison => ({ stream, position, error }),
      ),
    quality: () => rows<QualityColumns>(`SELECT ${qualityColumns} FROM quality`).map(qualityOf),
    matchValues: () =>
      rows<[string, number, string, number]>("SELECT digest, customer, rule, since FROM match_values").map(
        ([digest, row, rule, since]) => ({ digest, row, rule, since }),
      ),
    matchPairs: () =>
      rows<[number, number, string, string, number]>("SELECT first, second, digest, rule, since FROM match_pairs").map(
        ([first, second, digest, rule, since]) => ({ first, second, digest, rule, since }),
      ),
    tags: embeddedTagTables(queryOver(database)),
    segments: embeddedSegmentTables(queryOver(database)),
    campaigns: embeddedCampaignTables(queryOver(database)),
    merges: () => rows<MergeColumns>(`SELECT ${mergeColumns} FROM merges ORDER BY position`).map(mergeOf),
  };
}

function grouped<Columns extends [number, ...unknown[]]>(rows: readonly Columns[]): Map<number, Columns[]> {
  const groups = new Map<number, Columns[]>();
  for (const row of rows) {
    const group = groups.get(row[0]);
    if (group === undefined) groups.set(row[0], [row]);
    else group.push(row);
  }
  return groups;
}
