import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import { readColumn } from "./columnCodec.ts";
import type { FactValues } from "./factValues.ts";
import { type GrowingColumn, newColumn, putAt, putValue, valueIn } from "./growingColumn.ts";
import type { FactTable } from "./history.ts";

/** A table that takes facts. */
export type GrowingTable = FactTable & {
  /** False where a fact of that position is there already. */
  readonly add: (occurredAt: Instant, position: Position, fact: FactValues, endedBy: Position) => boolean;
  /** False where there is no such fact. Of several ends the first counts. */
  readonly end: (occurredAt: Instant, position: Position, by: Position) => boolean;
};

/** What a table holds. A stored column is taken apart when it is first asked for. */
export type TableRows = {
  times: Instant[];
  positions: Position[];
  ends: Position[] | null;
  readonly columns: Map<string, GrowingColumn | EncodedColumn>;
};
type EncodedColumn = {
  readonly kind: "encoded";
  /** Where it lies. */
  readonly bytes: Buffer;
  readonly at: number;
  readonly rows: number;
  /** Values that were added behind since. */
  later: { readonly row: number; readonly value: JsonScalar }[] | null;
};

export const noRows = (): TableRows => ({ times: [], positions: [], ends: null, columns: new Map() });

/** The table takes over the rows it is given. */
export const createFactTable = (type: string, rows: TableRows): GrowingTable => new Rows(type, rows);

/**
 * A class, as histories of hundreds of thousands of customers are in memory and each has several tables: functions of its own would be
 * most of what a table takes.
 */
class Rows implements GrowingTable {
  readonly type: string;
  disorder = 0;
  readonly #rows: TableRows;
  /** What the newest rows say, as it came: most are asked for a few fields only, before they are stored and let go of. */
  #unspread: FactValues[] = [];
  /** Somebody may hold a column, which has to grow with what comes. */
  #columnsHeld = false;

  constructor(type: string, rows: TableRows) {
    this.type = type;
    this.#rows = rows;
  }

  get length() {
    return this.#rows.times.length;
  }
  occurredAt(row: number) {
    return this.#rows.times[row] as Instant;
  }
  position(row: number) {
    return this.#rows.positions[row] as Position;
  }
  endedBy(row: number) {
    return this.#rows.ends?.[row] ?? 0;
  }
  value(row: number, field: string) {
    const spread = this.#spreadLength();
    if (row >= spread) {
      const { fields, values } = this.#unspread[row - spread] as FactValues;
      return values[fields.indexOf(field)];
    }
    const column = this.#columnOf(field, spread);
    return column === undefined ? undefined : valueIn(column, row);
  }
  indexAfter(at: Instant) {
    return this.#rowAfter(at, Number.POSITIVE_INFINITY);
  }
  times() {
    return this.#rows.times;
  }
  positions() {
    return this.#rows.positions;
  }
  ends() {
    return this.#rows.ends;
  }
  column(field: string) {
    this.#spread();
    this.#columnsHeld = true;
    return this.#columnOf(field, this.length) ?? null;
  }
  fields() {
    this.#spread();
    return [...this.#rows.columns.keys()];
  }

  add(occurredAt: Instant, position: Position, fact: FactValues, endedBy: Position): boolean {
    const { times, positions } = this.#rows;
    const row = this.#rowAfter(occurredAt, position);
    if (this.#isAt(row - 1, occurredAt, position)) return false;
    const isLast = row === times.length;
    if (!isLast) this.#spread();
    if (!isLast || endedBy !== 0) this.disorder += 1;
    if (times.length === 0) {
      // Most tables have one row, and arrays that grow begin with room for 17.
      this.#rows.times = [occurredAt];
      this.#rows.positions = [position];
    } else {
      putAt(times, row, occurredAt);
      putAt(positions, row, position);
    }
    const { length } = this;
    if (endedBy !== 0) this.#rows.ends ??= new Array<Position>(length - 1).fill(0);
    if (this.#rows.ends !== null) putAt(this.#rows.ends, row, endedBy);
    if (!isLast || this.#columnsHeld) this.#lay(fact, row, length);
    else if (this.#unspread.length === 0) this.#unspread = [fact];
    else if (this.#unspread.push(fact) >= unspreadAtMost) this.#spread();
    return true;
  }

  end(occurredAt: Instant, position: Position, by: Position): boolean {
    const row = this.#rowAfter(occurredAt, position) - 1;
    if (!this.#isAt(row, occurredAt, position)) return false;
    this.#rows.ends ??= new Array<Position>(this.length).fill(0);
    const known = this.#rows.ends[row] as Position;
    if (known !== 0 && known <= by) return true;
    this.#rows.ends[row] = by;
    this.disorder += 1;
    return true;
  }

  #spreadLength(): number {
    return this.#rows.times.length - this.#unspread.length;
  }

  #spread(): void {
    if (this.#unspread.length === 0) return;
    let row = this.#spreadLength();
    for (const fact of this.#unspread) {
      this.#lay(fact, row, row + 1);
      row += 1;
    }
    this.#unspread = [];
  }

  /** Puts what a fact says before `row` of the columns, which have `length` rows then. */
  #lay({ fields, values }: FactValues, row: number, length: number): void {
    for (let index = 0; index < fields.length; index += 1)
      this.#put(fields[index] as string, row, values[index], length);
    for (const [field, column] of this.#rows.columns)
      if (column.kind === "encoded" ? row < length - 1 : lengthOf(column) < length)
        this.#put(field, row, undefined, length);
  }

  #columnOf(field: string, length: number): GrowingColumn | undefined {
    const { columns } = this.#rows;
    const column = columns.get(field);
    if (column === undefined || column.kind !== "encoded") return column;
    let decoded = readColumn({ bytes: column.bytes, at: column.at }, column.rows);
    for (const { row, value } of column.later ?? []) decoded = putValue(padded(decoded, row), row, value);
    columns.set(field, padded(decoded, length));
    return decoded;
  }

  /** The first row later than this place in the order. */
  #rowAfter(occurredAt: Instant, position: Position): number {
    const { times, positions } = this.#rows;
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const time = times[middle] as Instant;
      if (time > occurredAt || (time === occurredAt && (positions[middle] as Position) > position)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #isAt(row: number, occurredAt: Instant, position: Position): boolean {
    return this.#rows.positions[row] === position && this.#rows.times[row] === occurredAt;
  }

  /** Undefined where the fact has no such field. */
  #put(field: string, row: number, value: JsonScalar | undefined, length: number): void {
    const { columns } = this.#rows;
    const last = length - 1;
    const found = columns.get(field);
    if (found?.kind === "encoded" && row === last) {
      if (value === undefined || found.later?.at(-1)?.row === row) return;
      found.later ??= [];
      found.later.push({ row, value });
      return;
    }
    const known = this.#columnOf(field, last);
    if (known === undefined) {
      if (value !== undefined) columns.set(field, newColumn(value, row, last));
      return;
    }
    if (lengthOf(known) === length) return;
    const holding = putValue(known, row, value);
    if (holding === known) return;
    this.disorder += 1;
    columns.set(field, holding);
  }
}

const unspreadAtMost = 16;

/** With rows without the field added up to this length. */
function padded(column: GrowingColumn, length: number): GrowingColumn {
  for (let row = lengthOf(column); row < length; row += 1) putValue(column, row, undefined);
  return column;
}

const lengthOf = (column: GrowingColumn): number =>
  column.kind === "numbers" ? column.numbers.length : column.codes.length;
