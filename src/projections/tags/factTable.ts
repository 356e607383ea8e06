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

export function createFactTable(type: string): GrowingTable {
  const times: Instant[] = [];
  const positions: Position[] = [];
  const columns = new Map<string, GrowingColumn>();
  let ends: Position[] | null = null;
  let disorder = 0;

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
    const known = columns.get(field);
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
    endedBy: row => ends?.[row] ?? 0,
    value: (row, field) => {
      const column = columns.get(field);
      return column === undefined ? undefined : valueIn(column, row);
    },
    indexAfter: at => rowAfter(at, Number.POSITIVE_INFINITY),
    times: () => times,
    positions: () => positions,
    ends: () => ends,
    column: field => columns.get(field) ?? null,
    fields: () => [...columns.keys()],
    add: (occurredAt, position, { fields, values }, endedBy) => {
      const row = rowAfter(occurredAt, position);
      if (isAt(row - 1, occurredAt, position)) return false;
      if (row < times.length || endedBy !== 0) disorder += 1;
      putAt(times, row, occurredAt);
      putAt(positions, row, position);
      if (endedBy !== 0) ends ??= new Array<Position>(times.length - 1).fill(0);
      if (ends !== null) putAt(ends, row, endedBy);
      for (const [index, field] of fields.entries()) put(field, row, values[index]);
      for (const [field, column] of columns) if (lengthOf(column) < times.length) put(field, row, undefined);
      return true;
    },
    end: (occurredAt, position, by) => {
      const row = rowAfter(occurredAt, position) - 1;
      if (!isAt(row, occurredAt, position)) return false;
      ends ??= new Array<Position>(times.length).fill(0);
      const known = ends[row] as Position;
      if (known !== 0 && known <= by) return true;
      ends[row] = by;
      disorder += 1;
      return true;
    },
  };
}

const lengthOf = (column: GrowingColumn): number =>
  column.kind === "numbers" ? column.numbers.length : column.codes.length;
