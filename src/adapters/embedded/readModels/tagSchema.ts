/*
 * A history's base is wide and seldom written. What every fact changes of a customer lies in one row: the tail of its history,
 * its values (`bytes`), and when the first of them expires, which is read of everybody when the projector starts.
 */
export const tagSchema = `
CREATE TABLE tag_clock (
  id INTEGER PRIMARY KEY CHECK (id = 1), log_time INTEGER, filled_rows INTEGER, rows_to_fill INTEGER,
  slots_revision INTEGER NOT NULL
);
INSERT INTO tag_clock VALUES (1, NULL, NULL, NULL, 0);
CREATE TABLE tag_slots (id INTEGER PRIMARY KEY CHECK (id = 1), doc TEXT NOT NULL);
INSERT INTO tag_slots VALUES (1, '{"slots":[],"nextSlot":1}');
CREATE TABLE tag_states (code TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE history_bases (row INTEGER PRIMARY KEY, base BLOB NOT NULL);
CREATE TABLE customer_tags (row INTEGER PRIMARY KEY, due INTEGER, tail BLOB NOT NULL, bytes BLOB);
CREATE TABLE tag_covered (slot INTEGER PRIMARY KEY, customers INTEGER NOT NULL);
CREATE TABLE tag_spread (slot INTEGER NOT NULL, key NOT NULL, customers INTEGER NOT NULL, PRIMARY KEY (slot, key)) WITHOUT ROWID;
CREATE TABLE tag_waiting (
  customer_id TEXT NOT NULL, key TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (customer_id, key)
) WITHOUT ROWID;
`;
