import type { JsonScalar } from "../../domain/json.ts";
import type { TagValue } from "../../domain/tag/tagValue.ts";
import { rescale } from "./decimals.ts";
import { distinctColumnOf, eachDistinct, mostFrequentIn } from "./distinctColumn.ts";
import type { FieldReader } from "./fieldReader.ts";
import { firstRow, type RowMeasure } from "./measure.ts";
import type { SelectedRows } from "./selectedRows.ts";

const withValue =
  (slot: number, read: FieldReader) =>
  (rows: SelectedRows, lo: number, hi: number): number[] => {
    const { codes } = distinctColumnOf(rows, slot, read);
    const found: number[] = [];
    for (let index = lo; index < hi; index += 1) if (codes[index] !== -1) found.push(index);
    return found;
  };

export const distinctMeasure = (slot: number, read: FieldReader, decimals: number): RowMeasure => ({
  value: (rows, lo, hi) => {
    const column = distinctColumnOf(rows, slot, read);
    let count = 0;
    if (lo === 0) count = hi === 0 ? 0 : (column.seen[hi] as number);
    else {
      const { previous } = column;
      for (let index = lo; index < hi; index += 1) if ((previous[index] as number) < lo) count += 1;
    }
    return rescale(count, 0, decimals, "distinct");
  },
  holder: firstRow,
  deciding: withValue(slot, read),
});

export const mostFrequentMeasure = (
  slot: number,
  read: FieldReader,
  toValue: (raw: JsonScalar) => TagValue,
): RowMeasure => ({
  value: (rows, lo, hi) => {
    const column = distinctColumnOf(rows, slot, read);
    const code = mostFrequentIn(column, lo, hi);
    return code === -1 ? null : toValue(column.values[code] as JsonScalar);
  },
  holder: firstRow,
  deciding: (rows, lo, hi) => {
    const column = distinctColumnOf(rows, slot, read);
    const code = mostFrequentIn(column, lo, hi);
    const found: number[] = [];
    for (let index = lo; code !== -1 && index < hi; index += 1) if (column.codes[index] === code) found.push(index);
    return found;
  },
});

/** The different values, sorted by code unit; missing where there are none. */
export const setMeasure = (slot: number, read: FieldReader, toText: (raw: JsonScalar) => string): RowMeasure => ({
  value: (rows, lo, hi) => {
    const column = distinctColumnOf(rows, slot, read);
    const members: string[] = [];
    eachDistinct(column, lo, hi, code => members.push(toText(column.values[code] as JsonScalar)));
    return members.length === 0 ? null : members.sort(byCodeUnit);
  },
  holder: firstRow,
  deciding: withValue(slot, read),
});

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
