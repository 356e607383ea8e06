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
  /** Null once they are not what the table holds. */
  bytes: Uint8Array | null;
  table: GrowingTable | null;
  /** Stored changes that the table has yet to take. */
  later: StoredChange[];
};

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
    place.bytes = null;
    return table;
  }
  replay(change: StoredChange): void {
    this.#placeFor(change.type).later.push(change);
  }
  types(): readonly string[] {
    return [...this.#places.keys()];
  }

  write(to: ByteWriter): void {
    const tables: { type: string; rows: number; bytes: Uint8Array }[] = [];
    for (const type of [...this.#places.keys()].sort()) {
      const place = this.#places.get(type) as Place;
      const table = place.later.length > 0 || place.bytes === null ? opened(type, place) : null;
      const bytes = table === null ? (place.bytes as Uint8Array) : encodeTable(table);
      tables.push({ type, rows: table?.length ?? place.rows, bytes });
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
      place = { rows: 0, bytes: null, table: null, later: [] };
      this.#places.set(type, place);
    }
    return place;
  }
}

export const createHistoryTables = (from: ByteReader | null): HistoryTables => new Tables(readPlaces(from));

function opened(type: string, place: Place): GrowingTable {
  place.table ??= createFactTable(type, place.bytes === null ? noRows() : decodeTable(place.bytes, place.rows));
  if (place.later.length === 0) return place.table;
  const { later } = place;
  place.later = [];
  place.bytes = null;
  for (const change of later) applyTo(place.table, change.read());
  return place.table;
}

/** All bytes lie behind the list of the tables. */
function readPlaces(from: ByteReader | null): { readonly places: Map<string, Place>; readonly storedRows: number } {
  const places = new Map<string, Place>();
  if (from === null) return { places, storedRows: 0 };
  const sizes: number[] = [];
  let storedRows = 0;
  for (let left = readCount(from); left > 0; left -= 1) {
    const place: Place = {
      ...{ rows: 0, bytes: null, table: null, later: [] },
    };
    places.set(readText(from), { ...place, rows: readCount(from) });
    sizes.push(readCount(from));
  }
  let index = 0;
  for (const place of places.values()) {
    const size = sizes[index] as number;
    place.bytes = from.bytes.subarray(from.at, from.at + size);
    from.at += size;
    storedRows += place.rows;
    index += 1;
  }
  return { places, storedRows };
}

function applyTo(table: GrowingTable, change: HistoryChange): void {
  if (change.kind === "added") table.add(change.occurredAt, change.position, change.fact, change.endedBy);
  else if (change.kind === "ended") table.end(change.occurredAt, change.position, change.by);
}
