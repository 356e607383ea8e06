import type Database from "better-sqlite3";
import {
  type CampaignRowChange,
  type CampaignTables,
  campaignRowKinds,
  compareKeys,
  isDerived,
} from "../../../projections/campaigns/campaignTables.ts";
import { anInteger, aText, type Query } from "./query.ts";

/** With rowids: among keys that lie beside long texts each comparison would read a whole text (15 times as slow). */
export const campaignSchema = `
CREATE TABLE campaign_rows (kind TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (kind, key));
`;

/** Greater than whatever follows a prefix: no character has this code point. */
const beyondAll = "\u{10FFFF}";
const rowsBetween = (lower: ">" | ">="): string =>
  `SELECT key, text FROM campaign_rows WHERE kind = ${aText} AND key ${lower} ${aText} AND key < ${aText}
   ORDER BY key LIMIT ${anInteger}`;
const rowsAfter = rowsBetween(">");
const rowsFrom = rowsBetween(">=");

/** The stored rows of campaigns as the connection behind `query` sees them. */
export function embeddedCampaignTables({ first, all }: Query): CampaignTables {
  return {
    campaignRow: (kind, key) =>
      first<[string]>(`SELECT text FROM campaign_rows WHERE kind = ${aText} AND key = ${aText}`, kind, key)?.[0] ??
      null,
    campaignRows: (kind, { prefix = "", after, limit }) => {
      // One lower bound only: of two the index would use either.
      const onward = after !== undefined && compareKeys(after, prefix) >= 0;
      const sql = onward ? rowsAfter : rowsFrom;
      const found = all<[string, string]>(sql, kind, onward ? after : prefix, prefix + beyondAll, limit);
      return found.map(([key, text]) => ({ key, text }));
    },
  };
}

/** Writes inside the caller's transaction; by key, so that neighbours land on the same pages. */
export function campaignWriter(database: Database.Database): (changes: readonly CampaignRowChange[]) => void {
  const put = database.prepare(
    "INSERT INTO campaign_rows VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text",
  );
  const remove = database.prepare("DELETE FROM campaign_rows WHERE kind = ? AND key = ?");
  return changes => {
    for (const { kind, key, text } of changes.toSorted(byKindAndKey))
      if (text === null) remove.run(kind, key);
      else put.run(kind, key, text);
  };
}

/** Stable, so that of two changes of one row the later stays the later. */
const byKindAndKey = (a: CampaignRowChange, b: CampaignRowChange): number =>
  a.kind === b.kind ? compareKeys(a.key, b.key) : a.kind < b.kind ? -1 : 1;

/** See `ReadModelStore.copyCampaignRows`; `from`: the file of the other generation. */
export function copyCampaignRows(database: Database.Database, from: string): void {
  const kinds = JSON.stringify(campaignRowKinds.filter(kind => !isDerived(kind)));
  const own = "kind IN (SELECT value FROM json_each(?))";
  database.prepare("ATTACH ? AS old").run(from);
  try {
    database.transaction(() => {
      database.prepare(`DELETE FROM main.campaign_rows WHERE ${own}`).run(kinds);
      database.prepare(`INSERT INTO main.campaign_rows SELECT * FROM old.campaign_rows WHERE ${own}`).run(kinds);
    })();
  } finally {
    database.exec("DETACH old");
  }
}
