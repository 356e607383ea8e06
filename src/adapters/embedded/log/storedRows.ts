import type { Database } from "better-sqlite3";
import type { Actor, RecordedEvent } from "../../../domain/event.ts";
import { StorageFailure } from "../../../domain/eventLog.ts";
import type { EventId } from "../../../domain/ids.ts";
import { type EventPlace, type EventTexts, eventHash } from "../../eventFormat/chain.ts";
import { type StoredEvent, unfilled } from "../../eventFormat/prepareEvent.ts";

/** The columns of one event in the order that `fromRow` reads them. Texts come out of SQLite in half the time of buffers, even where it has to write them in hex first. */
export const eventColumns =
  "position, stream, revision, id, type, schema_version, occurred_at, recorded_at, actor, source, " +
  "source_event_id, correlation, causation, corrects, flags, subject, data, personal, " +
  "lower(hex(hash))";

/** One parameter per column, in the same order. */
export const eventParameters = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, unhex(?)";

export type EventRow = [
  position: number,
  stream: number,
  revision: number,
  id: EventId,
  type: number,
  schemaVersion: number,
  occurredAt: number,
  recordedAt: number,
  actor: number,
  source: number,
  sourceEventId: string | null,
  correlation: string | null,
  causation: string | null,
  corrects: EventId | null,
  flags: string | null,
  subject: string | null,
  data: string,
  personal: Buffer | null,
  hash: string,
];

export type StoredRows = {
  /** Everything but what the texts hold: see fillEvent. */
  readonly placeOf: (row: EventRow) => RecordedEvent;
  readonly fromRow: (row: EventRow) => StoredEvent;
  readonly streamId: (name: string) => number | null;
};

const streamNamesKept = 100_000;

/** Turns rows into stored events, remembering the interned names it has met. */
export function createStoredRows(database: Database): StoredRows {
  const streamNames = new Map<number, string>();
  const types = new Map<number, string>();
  const sources = new Map<number, string>();
  const actors = new Map<number, Actor>();
  const nameOf = (table: string) =>
    database.prepare<[number], string>(`SELECT name FROM ${table} WHERE id = ?`).pluck();
  const [streamName, typeName, sourceName] = [nameOf("streams"), nameOf("types"), nameOf("sources")];
  const actorOf = database.prepare<[number], Actor>("SELECT kind, name AS id FROM actors WHERE id = ?");
  const streamId = database.prepare<[string], number>("SELECT id FROM streams WHERE name = ?").pluck();

  const placeOf = (row: EventRow): RecordedEvent => ({
    position: row[0],
    stream: remembered(streamNames, row[1], streamName, streamNamesKept),
    revision: row[2],
    eventId: row[3],
    type: remembered(types, row[4], typeName),
    schemaVersion: row[5],
    occurredAt: row[6],
    recordedAt: row[7],
    actor: remembered(actors, row[8], actorOf),
    source: remembered(sources, row[9], sourceName),
    sourceEventId: row[10],
    correlationId: row[11],
    causationId: row[12],
    corrects: row[13],
    flags: unfilled.flags,
    data: unfilled.data,
    erased: unfilled.erased,
    hash: row[18],
  });
  return {
    placeOf,
    streamId: name => streamId.get(name) ?? null,
    fromRow: row => ({ ...placeOf(row), ...textsOf(row) }),
  };
}

export const textsOf = (row: EventRow): EventTexts => ({
  flags: row[14],
  subject: row[15],
  data: row[16],
  personal: row[17],
});

function remembered<Value>(
  known: Map<number, Value>,
  id: number,
  lookUp: { get(id: number): Value | undefined },
  limit = Number.POSITIVE_INFINITY,
): Value {
  let value = known.get(id);
  if (value === undefined) {
    value = lookUp.get(id);
    if (value === undefined)
      throw new StorageFailure("STORAGE_CORRUPT", `the log has lost a name (id ${id}): restore a verified backup`);
    if (known.size >= limit) known.clear();
    known.set(id, value);
  }
  return value;
}

/** Refuses an event whose stored bytes are not those that were hashed when it was recorded. */
export function assertUnaltered(place: EventPlace, texts: EventTexts, hash: string, previousHash: string): void {
  if (eventHash(previousHash, place, texts) !== hash)
    throw new StorageFailure(
      "STORAGE_CORRUPT",
      `the event at position ${place.position} does not match its hash: the log was altered or damaged there or just before; restore a verified backup`,
    );
}
