import type { Position, RecordedEvent } from "../../../domain/event.ts";
import type { LogReader, StreamQuery } from "../../../domain/eventLog.ts";
import { chainStart } from "../../eventFormat/chain.ts";
import type { KeyVault } from "../../eventFormat/keyVault.ts";
import { fillEvent } from "../../eventFormat/prepareEvent.ts";
import { openForReading } from "../openDatabase.ts";
import { storageFailure } from "../storageFailure.ts";
import { createFilteredPositions } from "./filteredPositions.ts";
import { assertFormat } from "./logFormat.ts";
import { assertUnaltered, createStoredRows, type EventRow, eventColumns, textsOf } from "./storedRows.ts";
import { createTailIndex, type TailRow } from "./tailIndex.ts";

/** Reads events.db beside its writer. Every event given out has been checked against its hash. */
export function createLogReader(path: string, vault: KeyVault): LogReader {
  const database = openForReading(path);
  assertFormat(database, path);
  const logId = database.prepare<[], string>("SELECT value FROM log WHERE key = 'log_id'").pluck().get() as string;
  const rows = createStoredRows(database);
  const filtered = createFilteredPositions(database, rows);
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
  const positionOfId = database
    .prepare<[string], Position>("SELECT position FROM ids WHERE id = unhex(?, '-')")
    .pluck();
  const revisions = (order: "ASC" | "DESC", comparison: ">=" | "<=") =>
    database
      .prepare<[number, number, number], Position>(
        `SELECT position FROM revisions WHERE stream = CAST(? AS INTEGER) AND revision ${comparison} CAST(? AS INTEGER) ORDER BY revision ${order} LIMIT CAST(? AS INTEGER)`,
      )
      .pluck();
  const [revisionsUp, revisionsDown] = [revisions("ASC", ">="), revisions("DESC", "<=")];
  const tail = createTailIndex(database);

  /** Positions of a stretch of a stream: the index tables know its older part, the tail its newest. */
  const positionsInStream = ({ stream, from, direction = "forward", limit }: StreamQuery): Position[] => {
    const id = rows.streamId(stream);
    if (id === null) return [];
    tail.refresh();
    const rowsInTail = tail.newestIn(id);
    const newest = rowsInTail.map(positionOfRow);
    // The table may hold more of them already, while a merge is under way.
    const older = rowsInTail[0]?.[3] ?? Number.MAX_SAFE_INTEGER;
    if (direction === "forward") {
      const start = from ?? 0;
      const first = start < older ? revisionsUp.all(id, start, Math.min(limit, older - start)) : [];
      return [...first, ...newest.slice(Math.max(0, start - older), Math.max(0, start - older) + limit - first.length)];
    }
    const start = from ?? Number.MAX_SAFE_INTEGER;
    const first = newest
      .slice(0, Math.max(0, start - older + 1))
      .reverse()
      .slice(0, limit);
    return [...first, ...revisionsDown.all(id, Math.min(start, older - 1), limit - first.length)];
  };

  const previousHash = (position: Position): string =>
    position === 1 ? chainStart : (hashAt.get(position - 1) as string);
  const filled = (place: RecordedEvent, row: EventRow, leaveSealed?: readonly string[]): RecordedEvent => {
    const texts = textsOf(row);
    return fillEvent(place, leaveSealed?.includes(place.type) ? { ...texts, personal: null } : texts, logId, vault);
  };
  const checkedAlone = (row: EventRow, leaveSealed?: readonly string[]): RecordedEvent => {
    const place = rows.placeOf(row);
    assertUnaltered(place, textsOf(row), row[18], previousHash(row[0]));
    return filled(place, row, leaveSealed);
  };
  const readOne = (position: Position, leaveSealed?: readonly string[]): RecordedEvent | null => {
    const row = at.get(position);
    return row === undefined ? null : checkedAlone(row, leaveSealed);
  };
  /**
   * Consecutive rows: each one's hash is the next one's previous hash. All are checked before any is parsed: turning
   * from one to the other with every event costs a tenth of the replay.
   */
  const readRun = (after: Position, before: Position, limit: number, leaveSealed?: readonly string[]) => {
    const found = scanForward.all(after, before, limit);
    const places = found.map(rows.placeOf);
    let previous = found[0] === undefined ? chainStart : previousHash(found[0][0]);
    for (let index = 0; index < found.length; index += 1) {
      const row = found[index] as EventRow;
      assertUnaltered(places[index] as RecordedEvent, textsOf(row), row[18], previous);
      previous = row[18];
    }
    const events: RecordedEvent[] = [];
    for (let index = 0; index < found.length; index += 1)
      events.push(filled(places[index] as RecordedEvent, found[index] as EventRow, leaveSealed));
    return events;
  };

  /** Made once: to wrap a function anew for each call costs as much as a small read. */
  const inTransaction = database.transaction((read: () => unknown) => read());
  /** One read transaction per call: the indexes and the events are then of one moment. */
  const reading = async <Answer>(read: () => Answer): Promise<Answer> => {
    try {
      vault.refresh();
      return inTransaction(read) as Answer;
    } catch (error) {
      throw storageFailure(error, path);
    }
  };

  return {
    head: () => reading(() => head.get() as Position),
    readStream: query =>
      reading(() => positionsInStream(query).map(position => readOne(position, query.leaveSealed) as RecordedEvent)),
    read: async query => {
      const { after = 0, before = Number.MAX_SAFE_INTEGER, limit } = query;
      if (filtered.filters(query)) {
        const positions = await filtered.find(query).catch(error => Promise.reject(storageFailure(error, path)));
        return reading(() => positions.map(position => readOne(position) as RecordedEvent));
      }
      return reading(() =>
        query.direction === "backward"
          ? scanBackward.all(after, before, limit).map(row => checkedAlone(row))
          : readRun(after, before, limit, query.leaveSealed),
      );
    },
    readAt: positions => reading(() => positions.map(position => readOne(position))),
    findById: ids =>
      reading(() => {
        tail.refresh();
        return ids.map(id => {
          const position = tail.positionOf(id) ?? positionOfId.get(id);
          return position === undefined ? null : readOne(position);
        });
      }),
    close: () => database.close(),
  };
}

const positionOfRow = ([position]: TailRow): Position => position;
