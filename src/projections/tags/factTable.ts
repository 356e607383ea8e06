import type { Position } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
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
type EncodedColumn = { readonly kind: "encoded"; readonly decode: () => GrowingColumn };

export const noRows = (): TableRows => ({ times: [], positions: [], ends: null, columns: new Map() });

/** The table takes over the rows it is given. */
export function createFactTable(type: string, rows: TableRows): GrowingTable {
  const { times, positions, columns } = rows;
  let disorder = 0;

  const columnOf = (field: string): GrowingColumn | undefined => {
    const column = columns.get(field);
    if (column === undefined || column.kind !== "encoded") return column;
    const decoded = column.decode();
    columns.set(field, decoded);
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

  const put = (field: string, row: number, value: FactValues["values"][number] | undefined): void => {
    const known = columnOf(field);
    if (known === undefined ? value === undefined : lengthOf(known) === times.length) return;
    const column = known ?? newColumn(value as FactValues["values"][number], times.length - 1);
    const holding = putValue(column, row, value);
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
      const column = columnOf(field);
      return column === undefined ? undefined : valueIn(column, row);
    },
    indexAfter: at => rowAfter(at, Number.POSITIVE_INFINITY),
    times: () => times,
    positions: () => positions,
    ends: () => rows.ends,
    column: field => columnOf(field) ?? null,
    fields: () => [...columns.keys()],
    add: (occurredAt, position, { fields, values }, endedBy) => {
      const row = rowAfter(occurredAt, position);
      if (isAt(row - 1, occurredAt, position)) return false;
      if (row < times.length || endedBy !== 0) disorder += 1;
      putAt(times, row, occurredAt);
      putAt(positions, row, position);
      if (endedBy !== 0) rows.ends ??= new Array<Position>(times.length - 1).fill(0);
      if (rows.ends !== null) putAt(rows.ends, row, endedBy);
      for (const [index, field] of fields.entries()) put(field, row, values[index]);
      for (const field of columns.keys()) put(field, row, undefined);
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

const lengthOf = (column: GrowingColumn): number =>
  column.kind === "numbers" ? column.numbers.length : column.codes.length;
