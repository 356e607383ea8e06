import { readModelVersion } from "../../../projections/readModelStore.ts";
import { campaignSchema } from "./campaignTables.ts";
import { matchSchema } from "./matchTables.ts";
import { segmentSchema } from "./segmentSchema.ts";
import { tagSchema } from "./tagSchema.ts";

/*
 * What every event touches (activity, timeline, entries) is narrow and kept in key order, so that a flush dirties few
 * pages; the wide profile (`doc`) is written only when it changed. `touched` says of the newest commits what each of them
 * changed (a JSON list of keys, null for everything), for readers that remember what they read before. Names are for a reader with the sqlite3 tool.
 */
export const readModelSchema = `
CREATE TABLE checkpoint (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL, hash TEXT NOT NULL);
INSERT INTO checkpoint VALUES (1, 0, '');
CREATE TABLE customers (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, doc TEXT NOT NULL);
CREATE TABLE activity (
  row INTEGER PRIMARY KEY, last_position INTEGER NOT NULL, last_occurred_at INTEGER NOT NULL, event_count INTEGER NOT NULL,
  regrouped_at INTEGER NOT NULL
);
CREATE TABLE identities (
  system TEXT NOT NULL, external_id TEXT NOT NULL, customer INTEGER NOT NULL,
  PRIMARY KEY (system, external_id, customer)
) WITHOUT ROWID;
CREATE TABLE accounts (
  ref TEXT NOT NULL, customer INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  PRIMARY KEY (ref, customer)
) WITHOUT ROWID;
CREATE TABLE relations (
  target TEXT NOT NULL, customer INTEGER NOT NULL, relationship_id TEXT NOT NULL, doc TEXT NOT NULL,
  PRIMARY KEY (target, customer, relationship_id)
) WITHOUT ROWID;
CREATE TABLE merges (
  position INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, survivor TEXT NOT NULL, absorbed TEXT NOT NULL,
  proposal_id TEXT, split_at INTEGER
);
CREATE INDEX merges_by_survivor ON merges (survivor);
CREATE INDEX merges_by_absorbed ON merges (absorbed);
${matchSchema}
CREATE TABLE event_types (type INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE timeline (
  customer INTEGER NOT NULL, occurred_at INTEGER NOT NULL, position INTEGER NOT NULL, type INTEGER NOT NULL,
  PRIMARY KEY (customer, occurred_at, position)
) WITHOUT ROWID;
CREATE TABLE entries (
  customer INTEGER NOT NULL, ordinal INTEGER NOT NULL, occurred_at INTEGER NOT NULL, sequence INTEGER NOT NULL,
  position INTEGER NOT NULL, transaction_id TEXT, amount INTEGER, reported_balance INTEGER, currency TEXT NOT NULL,
  reversed_by INTEGER,
  PRIMARY KEY (customer, ordinal, occurred_at, sequence, position)
) WITHOUT ROWID;
CREATE TABLE quarantine (
  position INTEGER PRIMARY KEY, quarantine_id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, fact_type TEXT,
  recorded_at INTEGER NOT NULL, faults TEXT NOT NULL, status TEXT NOT NULL, settled_by INTEGER
);
CREATE INDEX quarantine_by_status ON quarantine (status);
CREATE INDEX quarantine_by_source ON quarantine (source);
CREATE TABLE quality (
  source TEXT NOT NULL, day INTEGER NOT NULL, fact_type TEXT NOT NULL, measure TEXT NOT NULL, field TEXT NOT NULL,
  code TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (source, day, fact_type, measure, field, code)
) WITHOUT ROWID;
CREATE TABLE poison (stream TEXT PRIMARY KEY, position INTEGER NOT NULL, error TEXT NOT NULL) WITHOUT ROWID;
${tagSchema}
${segmentSchema}
${campaignSchema}
CREATE TABLE touched (commit_number INTEGER PRIMARY KEY, keys TEXT);
PRAGMA user_version = ${readModelVersion};
`;
