import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
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
  readonly times: Instant[];
  readonly positions: Position[];
  ends: Position[] | null;
  readonly columns: Map<string, GrowingColumn | EncodedColumn>;
};
type EncodedColumn = {
  readonly kind: "encoded";
  readonly decode: () => GrowingColumn;
  /** Values that were added behind since. */
  readonly later: { readonly row: number; readonly value: JsonScalar }[];
};

export const noRows = (): TableRows => ({ times: [], positions: [], ends: null, columns: new Map() });

/** The table takes over the rows it is given. */
export function createFactTable(type: string, rows: TableRows): GrowingTable {
  const { times, positions, columns } = rows;
  let disorder = 0;

  const columnOf = (field: string, length: number): GrowingColumn | undefined => {
    const column = columns.get(field);
    if (column === undefined || column.kind !== "encoded") return column;
    let decoded = column.decode();
    for (const { row, value } of column.later) decoded = putValue(padded(decoded, row), row, value);
    columns.set(field, padded(decoded, length));
    return decoded;
  };

  /** The first row later than this place in the order. */
  const rowAfter = (occurredAt: Instant, position: Position): number => {
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const time = times[middle] as Instant;
      if (time > occurredAt || (time === occurredAt && (positions[middle] as Position) > position)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const isAt = (row: number, occurredAt: Instant, position: Position): boolean =>
    positions[row] === position && times[row] === occurredAt;

  /** Puts a value of the fact that is being added at `row`; undefined where it has none. */
  const put = (field: string, row: number, value: JsonScalar | undefined): void => {
    const last = times.length - 1;
    const found = columns.get(field);
    if (found?.kind === "encoded" && row === last) {
      if (value !== undefined && found.later.at(-1)?.row !== row) found.later.push({ row, value });
      return;
    }
    const known = columnOf(field, last);
    if (known === undefined ? value === undefined : lengthOf(known) === times.length) return;
    const holding = putValue(known ?? newColumn(value as JsonScalar, last), row, value);
    if (holding === known) return;
    if (known !== undefined) disorder += 1;
    columns.set(field, holding);
  };

  return {
    type,
    get length() {
      return times.length;
    },
    get disorder() {
      return disorder;
    },
    occurredAt: row => times[row] as Instant,
    position: row => positions[row] as Position,
    endedBy: row => rows.ends?.[row] ?? 0,
    value: (row, field) => {
      const column = columnOf(field, times.length);
      return column === undefined ? undefined : valueIn(column, row);
    },
    indexAfter: at => rowAfter(at, Number.POSITIVE_INFINITY),
    times: () => times,
    positions: () => positions,
    ends: () => rows.ends,
    column: field => columnOf(field, times.length) ?? null,
    fields: () => [...columns.keys()],
    add: (occurredAt, position, { fields, values }, endedBy) => {
      const row = rowAfter(occurredAt, position);
      if (isAt(row - 1, occurredAt, position)) return false;
      if (row < times.length || endedBy !== 0) disorder += 1;
      putAt(times, row, occurredAt);
      putAt(positions, row, position);
      if (endedBy !== 0) rows.ends ??= new Array<Position>(times.length - 1).fill(0);
      if (rows.ends !== null) putAt(rows.ends, row, endedBy);
      for (let index = 0; index < fields.length; index += 1) put(fields[index] as string, row, values[index]);
      for (const [field, column] of columns)
        if (column.kind === "encoded" ? row < times.length - 1 : lengthOf(column) < times.length)
          put(field, row, undefined);
      return true;
    },
    end: (occurredAt, position, by) => {
      const row = rowAfter(occurredAt, position) - 1;
      if (!isAt(row, occurredAt, position)) return false;
      rows.ends ??= new Array<Position>(times.length).fill(0);
      const known = rows.ends[row] as Position;
      if (known !== 0 && known <= by) return true;
      rows.ends[row] = by;
      disorder += 1;
      return true;
    },
  };
}

/** With rows without the field added up to this length. */
function padded(column: GrowingColumn, length: number): GrowingColumn {
  for (let row = lengthOf(column); row < length; row += 1) putValue(column, row, undefined);
  return column;
}

const lengthOf = (column: GrowingColumn): number =>
  column.kind === "numbers" ? column.numbers.length : column.codes.length;
