import { type ByteReader, type ByteWriter, readCount, readText, writeBytes, writeCount, writeText } from "./bytes.ts";
import { createFactTable, type GrowingTable, noRows } from "./factTable.ts";
import type { HistoryChange, StoredChange } from "./historyChange.ts";
import { decodeTable, encodeTable } from "./tableCodec.ts";

/** The tables of one history. A stored one is taken apart when it is first asked for. */
export type HistoryTables = {
  readonly find: (type: string) => GrowingTable | null;
  /** For a change: the table is made where there is none, and its stored bytes are void. */
  readonly change: (type: string) => GrowingTable;
  /** A change that was stored beside the bytes of the table. */
  readonly replay: (change: StoredChange) => void;
  readonly types: () => readonly string[];
  /** Rows in all stored tables, before anything was replayed. */
  readonly storedRows: number;
  readonly write: (to: ByteWriter) => void;
};

type Place = {
  readonly rows: number;
  /** Where its bytes lie in those of the history; null once they are not what the table holds. */
  stored: Stretch | null;
  table: GrowingTable | null;
  /** Stored changes that the table has yet to take. */
  later: StoredChange[] | null;
};
/** Not a view of them: each would take more than a small table. */
type Stretch = { readonly of: Buffer; from: number; to: number };
const bytesAt = ({ of, from, to }: Stretch): Uint8Array => of.subarray(from, to);

/** A class for the reason that tables are one. */
class Tables implements HistoryTables {
  readonly storedRows: number;
  readonly #places: Map<string, Place>;

  constructor({ places, storedRows }: ReturnType<typeof readPlaces>) {
    this.#places = places;
    this.storedRows = storedRows;
  }

  find(type: string): GrowingTable | null {
    const place = this.#places.get(type);
    return place === undefined ? null : opened(type, place);
  }
  change(type: string): GrowingTable {
    const place = this.#placeFor(type);
    const table = opened(type, place);
    place.stored = null;
    return table;
  }
  replay(change: StoredChange): void {
    const place = this.#placeFor(change.type);
    if (place.later === null) place.later = [change];
    else place.later.push(change);
  }
  types(): readonly string[] {
    return [...this.#places.keys()];
  }

  write(to: ByteWriter): void {
    const tables: { type: string; rows: number; bytes: Uint8Array }[] = [];
    for (const type of [...this.#places.keys()].sort()) {
      const place = this.#places.get(type) as Place;
      if (place.later === null && place.stored !== null)
        tables.push({ type, rows: place.rows, bytes: bytesAt(place.stored) });
      else {
        const table = opened(type, place);
        tables.push({ type, rows: table.length, bytes: encodeTable(table) });
      }
    }
    writeCount(to, tables.length);
    for (const { type, rows, bytes } of tables) {
      writeText(to, type);
      writeCount(to, rows);
      writeCount(to, bytes.length);
    }
    for (const { bytes } of tables) writeBytes(to, bytes);
  }

  #placeFor(type: string): Place {
    let place = this.#places.get(type);
    if (place === undefined) {
      place = { rows: 0, stored: null, table: null, later: null };
      this.#places.set(type, place);
    }
    return place;
  }
}

export const createHistoryTables = (from: ByteReader | null): HistoryTables => new Tables(readPlaces(from));

function opened(type: string, place: Place): GrowingTable {
  const { stored, rows, later } = place;
  place.table ??= createFactTable(type, stored === null ? noRows() : decodeTable(stored.of, stored.from, rows));
  if (later === null) return place.table;
  place.later = null;
  place.stored = null;
  for (const change of later) applyTo(place.table, change.read());
  return place.table;
}

/** All bytes lie behind the list of the tables. */
function readPlaces(from: ByteReader | null): { readonly places: Map<string, Place>; readonly storedRows: number } {
  const places = new Map<string, Place>();
  if (from === null) return { places, storedRows: 0 };
  let [storedRows, size] = [0, 0];
  for (let left = readCount(from); left > 0; left -= 1) {
    const type = readText(from);
    const rows = readCount(from);
    const stored: Stretch = { of: from.bytes, from: size, to: size + readCount(from) };
    places.set(type, { rows, stored, table: null, later: null });
    storedRows += rows;
    size = stored.to;
  }
  for (const { stored } of places.values()) {
    (stored as Stretch).from += from.at;
    (stored as Stretch).to += from.at;
  }
  from.at += size;
  return { places, storedRows };
}

function applyTo(table: GrowingTable, change: HistoryChange): void {
  if (change.kind === "added") table.add(change.occurredAt, change.position, change.fact, change.endedBy);
  else if (change.kind === "ended") table.end(change.occurredAt, change.position, change.by);
}
