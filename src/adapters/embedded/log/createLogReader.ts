import type { Position, RecordedEvent } from "../../../domain/event.ts";
import type { LogQuery, LogReader, StreamQuery } from "../../../domain/eventLog.ts";
import { chainStart } from "../../eventFormat/chain.ts";
import type { KeyVault } from "../../eventFormat/keyVault.ts";
import { matches } from "../../eventFormat/matches.ts";
import { fillEvent } from "../../eventFormat/prepareEvent.ts";
import { openForReading } from "../openDatabase.ts";
import { storageFailure } from "../storageFailure.ts";
import { createCandidates } from "./candidates.ts";
import { toIdHex } from "./eventIdHex.ts";
import { assertUnaltered, createStoredRows, type EventRow, eventColumns, textsOf } from "./storedRows.ts";
import { createTailIndex } from "./tailIndex.ts";

const chunk = 500;

/** Reads events.db beside its writer. Every event given out has been checked against its hash. */
export function createLogReader(path: string, vault: KeyVault): LogReader {
  const database = openForReading(path);
  const logId = database.prepare<[], string>("SELECT value FROM log WHERE key = 'log_id'").pluck().get() as string;
  const rows = createStoredRows(database);
  const candidates = createCandidates(database, rows);
  const head = database.prepare<[], Position>("SELECT coalesce(max(position), 0) FROM events").pluck();
  const at = database.prepare<[number], EventRow>(`SELECT ${eventColumns} FROM events WHERE position = ?`).raw();
  const hashAt = database.prepare<[number], string>("SELECT lower(hex(hash)) FROM events WHERE position = ?").pluck();
  const scan = (order: "ASC" | "DESC") =>
    database
      .prepare<[number, number, number], EventRow>(
        `SELECT ${eventColumns} FROM events WHERE position > ? AND position < ? ORDER BY position ${order} LIMIT ?`,
      )
      .raw();
  const [scanForward, scanBackward] = [scan("ASC"), scan("DESC")];
  const positionOfId = database.prepare<[string], Position>("SELECT position FROM ids WHERE id = unhex(?)").pluck();
  const revisions = (order: "ASC" | "DESC", comparison: ">=" | "<=") =>
    database
      .prepare<[number, number, number], Position>(
        `SELECT position FROM revisions WHERE stream = ? AND revision ${comparison} ? ORDER BY revision ${order} LIMIT ?`,
      )
      .pluck();
  const [revisionsUp, revisionsDown] = [revisions("ASC", ">="), revisions("DESC", "<=")];
  const indexedLength = database
    .prepare<[number], number>("SELECT coalesce(max(revision) + 1, 0) FROM revisions WHERE stream = ?")
    .pluck();
  const tail = createTailIndex(database);

  /** Positions of a stretch of a stream: the index tables know its older part, the tail its newest. */
  const positionsInStream = ({ stream, from, direction = "forward", limit }: StreamQuery): Position[] => {
    const id = rows.streamId(stream);
    if (id === null) return [];
    tail.refresh();
    const newest = tail.positionsIn(id);
    const older = newest.length === 0 ? Number.MAX_SAFE_INTEGER : (indexedLength.get(id) as number);
    if (direction === "forward") {
      const start = from ?? 0;
      const first = start < older ? revisionsUp.all(id, start, limit) : [];
      return [...first, ...newest.slice(Math.max(0, start - older), Math.max(0, start - older) + limit - first.length)];
    }
    const start = from ?? Number.MAX_SAFE_INTEGER;
    const first = newest
      .slice(0, Math.max(0, start - older + 1))
      .reverse()
      .slice(0, limit);
    return [...first, ...revisionsDown.all(id, start, limit - first.length)];
  };

  const previousHash = (position: Position): string =>
    position === 1 ? chainStart : (hashAt.get(position - 1) as string);
  const checked = (row: EventRow, previous: string): RecordedEvent => {
    const place = rows.placeOf(row);
    const texts = textsOf(row);
    assertUnaltered(place, texts, row[18], previous);
    return fillEvent(place, texts, logId, vault);
  };
  const checkedAlone = (row: EventRow): RecordedEvent => checked(row, previousHash(row[0]));
  const readOne = (position: Position): RecordedEvent | null => {
    const row = at.get(position);
    return row === undefined ? null : checkedAlone(row);
  };
  /** Consecutive rows: each one's hash is the next one's previous hash. */
  const readRun = (after: Position, before: Position, limit: number): RecordedEvent[] => {
    const found = scanForward.all(after, before, limit);
    let previous = found[0] === undefined ? chainStart : previousHash(found[0][0]);
    return found.map(row => {
      const event = checked(row, previous);
      previous = event.hash;
      return event;
    });
  };

  const readFiltered = (query: LogQuery): RecordedEvent[] => {
    const { limit, direction = "forward" } = query;
    const bounds = candidates.bounds(query);
    const found: RecordedEvent[] = [];
    const take = (row: EventRow): boolean => {
      if (matches(rows.placeOf(row), query)) found.push(checkedAlone(row));
      return found.length < limit;
    };
    const overIndex = (): void => {
      let { after, before } = { after: bounds.after, before: Math.min(bounds.before, bounds.indexedTo + 1) };
      while (found.length < limit) {
        const positions = candidates.next(query, after, before, chunk);
        for (const position of positions) if (!take(at.get(position) as EventRow)) return;
        if (positions.length < chunk) return;
        if (direction === "forward") after = positions.at(-1) as Position;
        else before = positions.at(-1) as Position;
      }
    };
    const overTail = (): void => {
      let { after, before } = { after: Math.max(bounds.after, bounds.indexedTo), before: bounds.before };
      while (found.length < limit) {
        const page = (direction === "forward" ? scanForward : scanBackward).all(after, before, chunk);
        for (const row of page) if (!take(row)) return;
        if (page.length < chunk) return;
        if (direction === "forward") after = (page.at(-1) as EventRow)[0];
        else before = (page.at(-1) as EventRow)[0];
      }
    };
    if (direction === "forward") {
      overIndex();
      overTail();
    } else {
      overTail();
      overIndex();
    }
    return found;
  };

  /** One read transaction per call: the indexes and the events are then of one moment. */
  const reading = async <Answer>(read: () => Answer): Promise<Answer> => {
    try {
      vault.refresh();
      return database.transaction(read)();
    } catch (error) {
      throw storageFailure(error, path);
    }
  };

  return {
    head: () => reading(() => head.get() as Position),
    readStream: query => reading(() => positionsInStream(query).map(position => readOne(position) as RecordedEvent)),
    read: query =>
      reading(() => {
        const unfiltered = !candidates.filters(query);
        if (unfiltered && query.direction !== "backward")
          return readRun(query.after ?? 0, query.before ?? Number.MAX_SAFE_INTEGER, query.limit);
        if (unfiltered)
          return scanBackward
            .all(query.after ?? 0, query.before ?? Number.MAX_SAFE_INTEGER, query.limit)
            .map(checkedAlone);
        return readFiltered(query);
      }),
    readAt: positions => reading(() => positions.map(readOne)),
    findById: ids =>
      reading(() => {
        tail.refresh();
        return ids.map(id => {
          const hex = toIdHex(id);
          const position = tail.positionOf(hex) ?? positionOfId.get(hex);
          return position === undefined ? null : readOne(position);
        });
      }),
    close: () => database.close(),
  };
}
