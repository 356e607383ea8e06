/*
 * A segment's feed is by its number and sequence; the index serves the history of one customer, in order of time, since number and
 * sequence are part of it. `behind`: how far the position lies below the highest so far, so that a sequence can be sought by
 * position. `what`: see feedRows. Members are kept as images, the first of them the base at sequence 0 and further ones now and
 * then, in blocks of 1 KB that stand for 8,192 rows; a block without members is left out. `changed_rows` says of each commit
 * which rows of tag values it wrote, for images of the columns that were made before it; `up_to` counts rows over all commits so far.
 */
export const segmentSchema = `
CREATE TABLE segment_states (id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE segment_epoch (id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL);
CREATE TABLE heard_consents (channel TEXT NOT NULL, purpose TEXT NOT NULL, PRIMARY KEY (channel, purpose)) WITHOUT ROWID;
CREATE TABLE segment_standing (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, size INTEGER NOT NULL,
  sequence INTEGER NOT NULL, since_position INTEGER NOT NULL, since_at INTEGER NOT NULL, archived INTEGER NOT NULL
);
CREATE TABLE segment_images (number INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (number, sequence)) WITHOUT ROWID;
CREATE TABLE segment_image_blocks (
  number INTEGER NOT NULL, sequence INTEGER NOT NULL, block INTEGER NOT NULL, bits BLOB NOT NULL,
  PRIMARY KEY (number, sequence, block)
);
CREATE TABLE segment_feed (
  number INTEGER NOT NULL, sequence INTEGER NOT NULL, row INTEGER NOT NULL, what INTEGER NOT NULL, version INTEGER NOT NULL,
  position INTEGER NOT NULL, behind INTEGER NOT NULL, at INTEGER NOT NULL, occurred_at INTEGER NOT NULL,
  PRIMARY KEY (number, sequence)
) WITHOUT ROWID;
CREATE INDEX segment_feed_by_customer ON segment_feed (row, at);
CREATE TABLE segment_days (
  number INTEGER NOT NULL, day INTEGER NOT NULL, entered INTEGER NOT NULL, exited INTEGER NOT NULL, size INTEGER NOT NULL,
  PRIMARY KEY (number, day)
) WITHOUT ROWID;
CREATE TABLE changed_rows (up_to INTEGER PRIMARY KEY, rows BLOB NOT NULL);
CREATE TABLE changed_rows_kept (
  id INTEGER PRIMARY KEY CHECK (id = 1), since INTEGER NOT NULL, up_to INTEGER NOT NULL, bytes INTEGER NOT NULL
);
INSERT INTO changed_rows_kept VALUES (1, 0, 0, 0);
`;
