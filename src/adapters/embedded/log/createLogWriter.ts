import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { LRUCache } from "lru-cache";
import type { Position } from "../../../domain/event.ts";
import { type AnyAppendRequest, type AppendOutcome, type LogWriter, StorageFailure } from "../../../domain/eventLog.ts";
import { meets, repeatOf } from "../../eventFormat/appendRules.ts";
import { chainStart, eventHash } from "../../eventFormat/chain.ts";
import type { KeyVault } from "../../eventFormat/keyVault.ts";
import { prepareEvent, type StoredEvent, sameContent } from "../../eventFormat/prepareEvent.ts";
import { requestDigest } from "../../eventFormat/requestDigest.ts";
import { openForWriting } from "../openDatabase.ts";
import { storageFailure } from "../storageFailure.ts";
import { createIndexMerge } from "./indexMerge.ts";
import { createInterning } from "./interning.ts";
import { assertFormat, logFormat } from "./logFormat.ts";
import { logSchema } from "./logSchema.ts";
import { assertUnaltered, createStoredRows, type EventRow, eventColumns, eventParameters } from "./storedRows.ts";
import { createTailIndex } from "./tailIndex.ts";

export type LogWriterOptions = {
  /** Events that may wait outside the big indexes; a merge then takes about 10 us per event. */
  readonly mergeEvery?: number;
  /** Milliseconds that one turn of a merge may keep whoever appends next. */
  readonly mergeMs?: number;
  /** Rows that a merge takes before it looks at the clock. */
  readonly mergeRows?: number;
  /** Size of the write-ahead log from which `maintain` copies it into the database file, in bytes. */
  readonly walLimit?: number;
  /** Upper bound of the file in pages, to try out a full disk. */
  readonly maxPages?: number;
};

export type EmbeddedLogWriter = LogWriter & {
  /** House-keeping between commits (index merge, WAL checkpoint). Call it when nobody waits for an answer. */
  readonly maintain: () => void;
};

type Stream = { readonly id: number; length: number };
const streamsKept = 200_000;
const claimsKept = 200_000;

/** The one writer of events.db. Each call of `append` is one durable commit. */
export function createLogWriter(path: string, vault: KeyVault, options: LogWriterOptions = {}): EmbeddedLogWriter {
  const { mergeEvery = 20_000, mergeMs = 3, mergeRows = 500, walLimit = 64 * 2 ** 20, maxPages } = options;
  const database = openForWriting(path, "FULL", logSchema);
  if (maxPages !== undefined) database.pragma(`max_page_count = ${maxPages}`);
  database
    .prepare("INSERT INTO log VALUES ('log_id', ?), ('format', ?), ('indexed_to', 0) ON CONFLICT DO NOTHING")
    .run(randomUUID(), logFormat);
  assertFormat(database, path);
  const logId = database.prepare<[], string>("SELECT value FROM log WHERE key = 'log_id'").pluck().get() as string;
  const rows = createStoredRows(database);
  const interning = createInterning(database);
  const tail = createTailIndex(database);
  tail.refresh();
  const streams = new LRUCache<string, Stream>({ max: streamsKept });

  const insert = database.prepare(`INSERT INTO events VALUES (${eventParameters})`);
  const positionOfId = database
    .prepare<[string], Position>("SELECT position FROM ids WHERE id = unhex(?, '-')")
    .pluck();
  const eventAt = database.prepare<[number], EventRow>(`SELECT ${eventColumns} FROM events WHERE position = ?`).raw();
  const newest = database
    .prepare<[], EventRow>(`SELECT ${eventColumns} FROM events ORDER BY position DESC LIMIT 1`)
    .raw();
  const lastRevision = database
    .prepare<[number], number | null>("SELECT max(revision) FROM revisions WHERE stream = CAST(? AS INTEGER)")
    .pluck();
  const claimed = database
    .prepare<[string], string>("SELECT name FROM claims JOIN streams ON id = stream WHERE key = CAST(? AS TEXT)")
    .pluck();
  // Only this writer adds claims, and they hold for good: what is known of a key, even that nobody has it, stays true.
  const claims = new LRUCache<string, { readonly stream: string | null }>({ max: claimsKept });
  const claimant = (key: string): string | null => {
    let known = claims.get(key);
    if (known === undefined) {
      known = { stream: claimed.get(key) ?? null };
      claims.set(key, known);
    }
    return known.stream;
  };
  const claim = database.prepare("INSERT INTO claims VALUES (?, ?) ON CONFLICT DO NOTHING");
  const requestOf = database.prepare<[string], { digest: string; first: number; last: number }>(
    "SELECT digest, first, last FROM requests WHERE key = ?",
  );
  const rememberRequest = database.prepare("INSERT INTO requests VALUES (?, ?, ?, ?)");
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const rollback = database.prepare("ROLLBACK");

  let head = 0;
  let recordedAt = Number.MIN_SAFE_INTEGER;
  let headHash = chainStart;
  const loadHead = (): void => {
    const row = newest.get();
    head = row?.[0] ?? 0;
    recordedAt = row?.[7] ?? Number.MIN_SAFE_INTEGER;
    headHash = row?.[18] ?? chainStart;
  };
  loadHead();
  if (head > 0) {
    const last = rows.fromRow(eventAt.get(head) as EventRow);
    assertUnaltered(last, last, last.hash, head === 1 ? chainStart : (eventAt.get(head - 1) as EventRow)[18]);
  }
  let unwritten = 0;
  const merge = createIndexMerge(database, mergeRows);
  let merging: { readonly slices: Iterator<void>; readonly turnEndedAt: number } | null = null;
  /** As many slices as fit in a few milliseconds, or in a fifth of the time since the last ones: a merge keeps up with an import. */
  const mergeOn = database.transaction((slices: Iterator<void>, turnEndedAt: number): boolean => {
    const begun = performance.now();
    const until = begun + Math.max(mergeMs, (begun - turnEndedAt) / 5);
    let done = false;
    do done = slices.next().done === true;
    while (!done && performance.now() < until);
    return done;
  });
  const mergeNext = (): void => {
    const { slices, turnEndedAt } = merging ?? { slices: merge(tail, head), turnEndedAt: performance.now() };
    // Where it fails, the next one begins anew: what is done and what was taken back is not told apart.
    merging = null;
    if (!mergeOn(slices, turnEndedAt)) {
      merging = { slices, turnEndedAt: performance.now() };
      return;
    }
    tail.clear();
    tail.refresh();
    unwritten += walLimit / 4;
  };
  let broken: StorageFailure | null = null;

  const findStream = (name: string): Stream | null => {
    const known = streams.get(name);
    if (known !== undefined) return known;
    const id = rows.streamId(name);
    if (id === null) return null;
    const newest = tail.newestIn(id).at(-1)?.[3] ?? lastRevision.get(id) ?? -1;
    const found = { id, length: newest + 1 };
    streams.set(name, found);
    return found;
  };

  /** A stream may be claimed for before it has any event: somebody who is only mentioned so far. */
  const streamFor = (name: string): Stream => {
    const known = findStream(name);
    if (known !== null) return known;
    const stream = { id: interning.newStream(name), length: 0 };
    streams.set(name, stream);
    return stream;
  };

  const findEvent = (eventId: string): StoredEvent | null => {
    const position = tail.positionOf(eventId) ?? positionOfId.get(eventId);
    return position === undefined ? null : rows.fromRow(eventAt.get(position) as EventRow);
  };
  const same: Parameters<typeof repeatOf<StoredEvent>>[2] = (event, stream, stored) =>
    sameContent(event, stream, stored, logId, vault);

  const decide = (request: AnyAppendRequest): AppendOutcome | null => {
    if (request.idempotencyKey !== undefined) {
      const earlier = requestOf.get(request.idempotencyKey);
      if (earlier !== undefined)
        return earlier.digest === requestDigest(request)
          ? { kind: "duplicate", first: earlier.first, last: earlier.last }
          : { kind: "idReused", id: request.idempotencyKey, position: earlier.first };
    }
    const repeated = repeatOf(request, findEvent, same);
    if (repeated !== null) return repeated;
    const added = request.writes.length > 1 ? new Map<string, number>() : null;
    for (const { stream, expected, events } of request.writes) {
      const length = (findStream(stream)?.length ?? 0) + (added?.get(stream) ?? 0);
      if (!meets(expected, length))
        return { kind: "conflict", stream, expected, actual: length === 0 ? null : length - 1 };
      added?.set(stream, (added.get(stream) ?? 0) + events.length);
    }
    for (const { key, stream } of request.claims ?? []) {
      const by = claimant(key);
      if (by !== null && by !== stream) return { kind: "claimed", key, by };
    }
    return null;
  };

  const store = (request: AnyAppendRequest): AppendOutcome => {
    const first = head + 1;
    for (const { stream: name, events } of request.writes) {
      const stream = streamFor(name);
      for (const event of events) {
        const place = { position: head + 1, stream: name, revision: stream.length, recordedAt };
        const stored = prepareEvent(event, place, logId, vault);
        headHash = eventHash(headHash, stored, stored);
        insert.run(
          stored.position,
          stream.id,
          stored.revision,
          stored.eventId,
          interning.type(stored.type),
          stored.schemaVersion,
          stored.occurredAt,
          recordedAt,
          interning.actor(stored.actor),
          interning.source(stored.source),
          stored.sourceEventId,
          stored.correlationId,
          stored.causationId,
          stored.corrects,
          stored.flags,
          stored.subject,
          stored.data,
          stored.personal,
          headHash,
        );
        tail.add([stored.position, stored.eventId, stream.id, stored.revision]);
        head += 1;
        stream.length += 1;
        unwritten += stored.data.length + 400;
      }
    }
    for (const { key, stream } of request.claims ?? []) {
      claim.run(key, streamFor(stream).id);
      claims.set(key, { stream });
    }
    if (request.idempotencyKey !== undefined)
      rememberRequest.run(request.idempotencyKey, requestDigest(request), first, head);
    return { kind: "appended", first, last: head, recordedAt };
  };

  const abandon = (error: unknown): StorageFailure => {
    if (database.inTransaction) rollback.run();
    vault.rollback();
    interning.forget();
    streams.clear();
    claims.clear();
    merging = null;
    tail.clear();
    tail.refresh();
    loadHead();
    const failure = storageFailure(error, path);
    // After a failed write or fsync nobody knows what the disk holds: only reopening the file tells.
    if (String((error as { code?: unknown }).code).startsWith("SQLITE_IOERR")) broken = failure;
    return failure;
  };

  return {
    logId,
    append: (requests, now) => {
      if (broken !== null) throw broken;
      const before = head;
      try {
        vault.refresh();
        begin.run();
        recordedAt = Math.max(recordedAt, now);
        const outcomes = requests.map(request => decide(request) ?? store(request));
        if (head > before) vault.commit();
        commit.run();
        return outcomes;
      } catch (error) {
        if (error instanceof RangeError) {
          abandon(error);
          throw error;
        }
        throw abandon(error);
      }
    },
    head: () => head,
    streamExists: stream => (findStream(stream)?.length ?? 0) > 0,
    claimant,
    maintain: () => {
      if (broken !== null) return;
      try {
        if (merging !== null || head - tail.indexedTo() >= mergeEvery) {
          mergeNext();
          return;
        }
        if (unwritten >= walLimit / 4) {
          const mode = statSync(`${path}-wal`).size > walLimit ? "TRUNCATE" : "PASSIVE";
          database.pragma(`wal_checkpoint(${mode})`);
          unwritten = 0;
        }
        vault.maintain();
      } catch (error) {
        throw storageFailure(error, path);
      }
    },
    close: () => {
      database.close();
      vault.close();
    },
  };
}
