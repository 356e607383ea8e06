import type { Position } from "../../domain/event.ts";
import type { EventId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import { createFactTable, type GrowingTable } from "./factTable.ts";
import { type FactValues, factValues } from "./factValues.ts";
import type { History } from "./history.ts";

/** A history that has met no fact yet. */
export function createHistory(): History {
  const tables = new Map<string, GrowingTable>();
  /** Ends that came before their facts. */
  const endsAt = new Map<Position, { readonly type: string; readonly by: Position }[]>();
  const endsOf = new Map<EventId, { readonly type: string; readonly by: Position }[]>();
  let size = 0;

  const tableFor = (type: string): GrowingTable => {
    let table = tables.get(type);
    if (table === undefined) {
      table = createFactTable(type);
      tables.set(type, table);
    }
    return table;
  };

  const take = (type: string, occurredAt: Instant, position: Position, fact: FactValues, id: EventId | null): void => {
    const endedBy = first(endOf(endsAt, position, type), id === null ? 0 : endOf(endsOf, id, type));
    if (tableFor(type).add(occurredAt, position, fact, endedBy)) size += 1;
  };

  return {
    add: ({ type, occurredAt, position, eventId, data }) => take(type, occurredAt, position, factValues(data), eventId),
    end: (type, occurredAt, position, by) => {
      if (!(tables.get(type)?.end(occurredAt, position, by) ?? false)) wait(endsAt, position, type, by);
    },
    endEarly: (type, eventId, by) => wait(endsOf, eventId, type, by),
    addIncoming: (from, { type, occurredAt, position, data }) =>
      take(`incoming:${type}`, occurredAt, position, factValues({ ...data, from }), null),
    addFound: (table, occurredAt, position, data) => take(table, occurredAt, position, factValues(data), null),
    table: type => tables.get(type) ?? null,
    types: () => [...tables.keys()],
    size: () => size,
  };
}

type Waiting<Key> = Map<Key, { readonly type: string; readonly by: Position }[]>;

function wait<Key>(waiting: Waiting<Key>, key: Key, type: string, by: Position): void {
  const known = waiting.get(key) ?? [];
  const same = known.find(end => end.type === type);
  if (same !== undefined && same.by <= by) return;
  waiting.set(key, [...known.filter(end => end !== same), { type, by }]);
}

/** The end that waits for this fact, 0 for none; it waits no longer. */
function endOf<Key>(waiting: Waiting<Key>, key: Key, type: string): Position {
  if (waiting.size === 0) return 0;
  const known = waiting.get(key) ?? [];
  const found = known.find(end => end.type === type);
  if (found === undefined) return 0;
  if (known.length === 1) waiting.delete(key);
  else
    waiting.set(
      key,
      known.filter(end => end !== found),
    );
  return found.by;
}

const first = (a: Position, b: Position): Position => (a === 0 ? b : b === 0 ? a : Math.min(a, b));
