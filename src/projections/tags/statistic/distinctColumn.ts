import type { JsonScalar } from "../../../domain/json.ts";
import { fieldRows, type RowField } from "./fieldRows.ts";
import { derivedColumn } from "./rentOrBuy.ts";
import type { SelectedRows } from "./selectedRows.ts";

/** The different values of a field among the selected facts, and for each fact which one it has. */
export type DistinctColumn = {
  readonly codes: number[];
  readonly values: JsonScalar[];
  readonly codeOf: Map<JsonScalar, number>;
  /** For each fact, the one before with the same value; −1 for the first. */
  readonly previous: number[];
  /** Different values among the facts before each. */
  readonly seen: number[];
  /** By code, over all facts: the last fact with the value, and how many. */
  readonly last: number[];
  readonly counts: number[];
  /** The code of the value most facts have; of equals, the one seen last. −1 for none. */
  most: number;
};

export function distinctColumnOf(rows: SelectedRows, slot: number, field: RowField): DistinctColumn {
  let column = derivedColumn<DistinctColumn>(rows, slot);
  if (column === undefined) {
    column = { codes: [], values: [], codeOf: new Map(), previous: [], seen: [0], last: [], counts: [], most: -1 };
    rows.derived[slot] = column;
  }
  if (column.codes.length < rows.length) {
    const values = fieldRows(rows, field);
    for (let index = column.codes.length; index < rows.length; index += 1) put(column, index, values.value(index));
  }
  return column;
}

function put(column: DistinctColumn, index: number, value: JsonScalar): void {
  const { codes, values, codeOf, previous, seen, last, counts } = column;
  if (value === null) {
    codes.push(-1);
    previous.push(index);
    seen.push(seen[index] as number);
    return;
  }
  let code = codeOf.get(value);
  if (code === undefined) {
    code = values.push(value) - 1;
    codeOf.set(value, code);
    last.push(-1);
    counts.push(0);
  }
  codes.push(code);
  previous.push(last[code] as number);
  seen.push((seen[index] as number) + (last[code] === -1 ? 1 : 0));
  last[code] = index;
  counts[code] = (counts[code] as number) + 1;
  if (column.most === -1 || (counts[code] as number) >= (counts[column.most] as number)) column.most = code;
}

/** The different values of the facts lo ≤ i < hi, in order of first appearance. */
export function distinctIn({ codes, previous, values }: DistinctColumn, lo: number, hi: number): JsonScalar[] {
  if (lo === 0 && hi === codes.length) return values.slice();
  const found: JsonScalar[] = [];
  for (let index = lo; index < hi; index += 1)
    if ((previous[index] as number) < lo) found.push(values[codes[index] as number] as JsonScalar);
  return found;
}

/** All zero between calls. */
const tally: number[] = [];

/** The code that most facts in lo ≤ i < hi have; of equals, the one seen last. −1 for none. */
export function mostFrequentIn(column: DistinctColumn, lo: number, hi: number): number {
  const { codes, values } = column;
  if (lo === 0 && hi === codes.length) return column.most;
  while (tally.length < values.length) tally.push(0);
  let most = -1;
  let highest = 0;
  for (let index = lo; index < hi; index += 1) {
    const code = codes[index] as number;
    if (code === -1) continue;
    const count = (tally[code] as number) + 1;
    tally[code] = count;
    if (count < highest) continue;
    most = code;
    highest = count;
  }
  for (let index = lo; index < hi; index += 1) if (codes[index] !== -1) tally[codes[index] as number] = 0;
  return most;
}
