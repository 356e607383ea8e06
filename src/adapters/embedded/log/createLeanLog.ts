import type { EventId } from "../../../domain/ids.ts";
import type { LeanEvent, LeanLog } from "../../../projections/campaigns/replay/leanLog.ts";
import { openForReading } from "../openDatabase.ts";
import { storageFailure } from "../storageFailure.ts";
import { assertFormat } from "./logFormat.ts";

type Row = [
  position: number,
  stream: number,
  type: number,
  id: EventId,
  at: number,
  corrects: EventId | null,
  data: string,
];

const streamNamesKept = 1_000_000;

/** Reads events.db beside its writer; see LeanLog for what it leaves out. */
export function createLeanLog(path: string): LeanLog & { readonly close: () => void } {
  const database = openForReading(path);
  assertFormat(database, path);
  const head = database.prepare<[], number>("SELECT coalesce(max(position), 0) FROM events").pluck();
  const typeId = database.prepare<[string], number>("SELECT id FROM types WHERE name = ?").pluck();
  const streamName = database.prepare<[number], string>("SELECT name FROM streams WHERE id = ?").pluck();
  // The type stands before the data in a row, so that of others not even all pages are read.
  const rows = database
    .prepare<[number, number, string], Row>(
      `SELECT position, stream, type, id, occurred_at, corrects, data FROM events
       WHERE position > ? AND position <= ? AND type IN (SELECT value FROM json_each(?)) ORDER BY position`,
    )
    .raw();
  const streams = new Map<number, string>();
  const nameOf = (id: number): string => {
    let name = streams.get(id);
    if (name === undefined) {
      name = streamName.get(id) as string;
      if (streams.size >= streamNamesKept) streams.clear();
      streams.set(id, name);
    }
    return name;
  };

  return {
    head: async () => head.get() as number,
    between: async (types, after, to) => {
      try {
        const names = new Map(types.map(name => [typeId.get(name), name]));
        names.delete(undefined);
        const found = rows.all(after, to, JSON.stringify([...names.keys()]));
        return found.map(
          ([position, stream, type, eventId, occurredAt, corrects, data]): LeanEvent => ({
            ...{
              position,
              stream: nameOf(stream),
              type: names.get(type) as string,
              eventId,
              occurredAt,
              corrects,
              data,
            },
          }),
        );
      } catch (error) {
        throw storageFailure(error, path);
      }
    },
    close: () => database.close(),
  };
}
