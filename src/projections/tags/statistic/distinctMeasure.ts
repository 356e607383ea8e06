import type { JsonScalar } from "../../../domain/json.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { rescale } from "../formula/decimals.ts";
import { distinctColumnOf, distinctIn, mostFrequentIn } from "./distinctColumn.ts";
import { fieldRows, type RowField } from "./fieldRows.ts";
import { firstRow, type RowMeasure } from "./measure.ts";
import { isWorthDeriving } from "./rentOrBuy.ts";
import type { SelectedRows } from "./selectedRows.ts";
import { rowsWith } from "./sumMeasure.ts";

/** Different values of a window, in order of first appearance. */
function valuesIn(rows: SelectedRows, slot: number, field: RowField, lo: number, hi: number): JsonScalar[] {
  if (isWorthDeriving(rows, slot, hi - lo)) return distinctIn(distinctColumnOf(rows, slot, field), lo, hi);
  const found: JsonScalar[] = [];
  const looked = fieldRows(rows, field);
  for (let index = lo; index < hi; index += 1) {
    const value = looked.value(index);
    if (value !== null && !found.includes(value)) found.push(value);
  }
  return found;
}

export const distinctMeasure = (slot: number, field: RowField, decimals: number): RowMeasure => ({
  value: (rows, lo, hi) => {
    if (hi <= lo) return 0;
    if (!isWorthDeriving(rows, slot, hi - lo))
      return rescale(valuesIn(rows, slot, field, lo, hi).length, 0, decimals, "distinct");
    const { seen, previous } = distinctColumnOf(rows, slot, field);
    if (lo === 0) return rescale(seen[hi] as number, 0, decimals, "distinct");
    let count = 0;
    for (let index = lo; index < hi; index += 1) if ((previous[index] as number) < lo) count += 1;
    return rescale(count, 0, decimals, "distinct");
  },
  holder: firstRow,
  deciding: (rows, lo, hi) => rowsWith(rows, field, lo, hi),
});

/** Of the values that most facts have, the one seen last; null where there is none. */
function mostFrequent(rows: SelectedRows, slot: number, field: RowField, lo: number, hi: number): JsonScalar {
  if (hi <= lo) return null;
  if (isWorthDeriving(rows, slot, hi - lo)) {
    const column = distinctColumnOf(rows, slot, field);
    const code = mostFrequentIn(column, lo, hi);
    return code === -1 ? null : (column.values[code] as JsonScalar);
  }
  const looked = fieldRows(rows, field);
  const values: JsonScalar[] = [];
  const counts: number[] = [];
  let most = -1;
  for (let index = lo; index < hi; index += 1) {
    const value = looked.value(index);
    if (value === null) continue;
    let place = values.indexOf(value);
    if (place === -1) {
      place = values.push(value) - 1;
      counts.push(0);
    }
    counts[place] = (counts[place] as number) + 1;
    if (most === -1 || (counts[place] as number) >= (counts[most] as number)) most = place;
  }
  return most === -1 ? null : (values[most] as JsonScalar);
}

export const mostFrequentMeasure = (
  slot: number,
  field: RowField,
  toValue: (raw: JsonScalar) => TagValue,
): RowMeasure => ({
  value: (rows, lo, hi) => {
    const value = mostFrequent(rows, slot, field, lo, hi);
    return value === null ? null : toValue(value);
  },
  holder: firstRow,
  deciding: (rows, lo, hi) => {
    const value = mostFrequent(rows, slot, field, lo, hi);
    const looked = fieldRows(rows, field);
    return rowsWith(rows, field, lo, hi).filter(index => looked.value(index) === value);
  },
});

/** The different values, sorted by code unit; missing where there are none. */
export const setMeasure = (slot: number, field: RowField, toText: (raw: JsonScalar) => string): RowMeasure => ({
  value: (rows, lo, hi) => {
    if (hi <= lo) return null;
    const members = valuesIn(rows, slot, field, lo, hi).map(toText);
    return members.length === 0 ? null : members.sort(byCodeUnit);
  },
  holder: firstRow,
  deciding: (rows, lo, hi) => rowsWith(rows, field, lo, hi),
});

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
