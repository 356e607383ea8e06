/**
 * events.db: INSERT only. `ids`, `revisions` and the `by_*` tables are indexes kept by hand, up to the position
 * `indexed_to`: the few thousand events past it are looked up in memory (tailIndex.ts) or scanned, and merged in key
 * order now and then (indexMerge.ts), because a random key inserted at once costs two dirty pages per event.
 * Ids stand as texts in `events`, so that a replay need not write them in hex, and as their 16 bytes in `ids`.
 */
export const logSchema = `
CREATE TABLE log (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE types (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE actors (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name));
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES streams (id),
  revision INTEGER NOT NULL,
  id TEXT NOT NULL,
  type INTEGER NOT NULL REFERENCES types (id),
  schema_version INTEGER NOT NULL,
  occurred_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actors (id),
  source INTEGER NOT NULL REFERENCES sources (id),
  source_event_id TEXT,
  correlation TEXT,
  causation TEXT,
  corrects TEXT,
  flags TEXT,
  subject TEXT,
  data TEXT NOT NULL,
  personal BLOB,
  hash BLOB NOT NULL
);
CREATE TABLE ids (id BLOB PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE revisions (
  stream INTEGER NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (stream, revision)
) WITHOUT ROWID;
CREATE TABLE by_type (type INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (type, position)) WITHOUT ROWID;
CREATE TABLE by_actor (actor INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (actor, position)) WITHOUT ROWID;
CREATE TABLE by_source (source INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (source, position)) WITHOUT ROWID;
CREATE TABLE by_correlation (
  correlation TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (correlation, position)
) WITHOUT ROWID;
CREATE TABLE by_occurred (
  occurred_at INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (occurred_at, position)
) WITHOUT ROWID;
CREATE TABLE claims (key TEXT PRIMARY KEY, stream INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE requests (key TEXT PRIMARY KEY, digest TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
`;
