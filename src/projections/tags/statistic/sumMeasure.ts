import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { divideHalfEven, exactNumber, isExact, rescale } from "../formula/decimals.ts";
import { type FieldRows, fieldRows, type RowField } from "./fieldRows.ts";
import { allRows, firstRow, type RowMeasure } from "./measure.ts";
import { derivedColumn, isWorthDeriving } from "./rentOrBuy.ts";
import type { SelectedRows } from "./selectedRows.ts";

/** Running sums and counts before each row, so that any window is one subtraction. */
type Sums = {
  sums: number[];
  /** Rows with the field; null while every row has it. */
  counts: number[] | null;
  /** False once a running sum was no longer exact: then windows are added up one by one. */
  exact: boolean;
};

function sumsOf(rows: SelectedRows, slot: number, field: RowField): Sums {
  let column = derivedColumn<Sums>(rows, slot);
  if (column === undefined) {
    column = { sums: [0], counts: null, exact: true };
    rows.derived[slot] = column;
  }
  const done = column.sums.length - 1;
  if (done < rows.length) extend(column, rows, field, done);
  return column;
}

function extend(column: Sums, rows: SelectedRows, field: RowField, done: number): void {
  const { sums } = column;
  const values = fieldRows(rows, field);
  let sum = sums[done] as number;
  for (let index = done; index < rows.length; index += 1) {
    const number = values.number(index);
    const missing = Number.isNaN(number);
    if (missing) column.counts ??= Array.from(sums, (_, before) => before);
    column.counts?.push((column.counts[index] as number) + (missing ? 0 : 1));
    if (!missing) sum += number;
    if (!isExact(sum)) column.exact = false;
    sums.push(sum);
  }
}

/** NaN where the running sums do not tell exactly. */
function derivedSum({ sums, exact }: Sums, lo: number, hi: number): number {
  const sum = exact ? (sums[hi] as number) - (sums[lo] as number) : Number.NaN;
  return isExact(sum) ? sum : Number.NaN;
}

/** NaN where a plain sum of these rows would not be exact. */
function lookedUpSum(values: FieldRows, lo: number, hi: number): number {
  let sum = 0;
  for (let index = lo; index < hi; index += 1) {
    const number = values.number(index);
    if (!Number.isNaN(number)) sum += number;
    if (!isExact(sum)) return Number.NaN;
  }
  return sum;
}

function countOf(values: FieldRows, lo: number, hi: number): number {
  let count = 0;
  for (let index = lo; index < hi; index += 1) if (!Number.isNaN(values.number(index))) count += 1;
  return count;
}

export type FigureScale = { readonly from: number; readonly to: number };

/** The exact sum of a window: a number where that is exact, a big integer where it is not. */
function sumIn(rows: SelectedRows, slot: number, field: RowField, lo: number, hi: number): number | bigint {
  const sum = isWorthDeriving(rows, slot, hi - lo)
    ? derivedSum(sumsOf(rows, slot, field), lo, hi)
    : lookedUpSum(fieldRows(rows, field), lo, hi);
  return Number.isNaN(sum) ? total(rows, field, lo, hi) : sum;
}

export const sumMeasure = (slot: number, field: RowField, scale: FigureScale): RowMeasure => ({
  value: (rows, lo, hi) => {
    if (hi <= lo) return 0;
    const what = `sum of ${field.field}`;
    const sum = sumIn(rows, slot, field, lo, hi);
    return rescale(typeof sum === "number" ? sum : exactNumber(sum, what), scale.from, scale.to, what);
  },
  holder: firstRow,
  deciding: (rows, lo, hi) => rowsWith(rows, field, lo, hi),
});

export const averageMeasure = (slot: number, field: RowField, scale: FigureScale): RowMeasure => ({
  value: (rows, lo, hi): TagValue => {
    if (hi <= lo) return null;
    const sum = sumIn(rows, slot, field, lo, hi);
    const sums = derivedColumn<Sums>(rows, slot);
    const count =
      sums === undefined
        ? countOf(fieldRows(rows, field), lo, hi)
        : sums.counts === null
          ? hi - lo
          : (sums.counts[hi] as number) - (sums.counts[lo] as number);
    return count === 0 ? null : average(sum, count, scale, field.field);
  },
  holder: firstRow,
  deciding: (rows, lo, hi) => rowsWith(rows, field, lo, hi),
});

function average(sum: number | bigint, count: number, { from, to }: FigureScale, field: string): number {
  if (typeof sum === "number" && from === to) {
    const quotient = Math.floor(sum / count);
    const rest = sum - quotient * count;
    // Exact only while the product is; the remainder says whether the division was off by one.
    if (isExact(quotient * count) && rest >= 0 && rest < count) {
      if (2 * rest !== count) return 2 * rest > count ? quotient + 1 : quotient;
      return quotient % 2 === 0 ? quotient : quotient + 1;
    }
  }
  const shift = 10n ** BigInt(Math.abs(to - from));
  const [numerator, denominator] =
    to >= from ? [BigInt(sum) * shift, BigInt(count)] : [BigInt(sum), BigInt(count) * shift];
  return exactNumber(divideHalfEven(numerator, denominator), `average of ${field}`);
}

function total(rows: SelectedRows, field: RowField, lo: number, hi: number): bigint {
  const values = fieldRows(rows, field);
  let sum = 0n;
  for (let index = lo; index < hi; index += 1) {
    const number = values.number(index);
    if (!Number.isNaN(number)) sum += BigInt(number);
  }
  return sum;
}

export function rowsWith(rows: SelectedRows, field: RowField, lo: number, hi: number): number[] {
  const values = fieldRows(rows, field);
  const found: number[] = [];
  for (let index = lo; index < hi; index += 1) if (values.value(index) !== null) found.push(index);
  return found;
}

export const countMeasure = (decimals: number): RowMeasure => ({
  value: (_rows, lo, hi) => rescale(Math.max(0, hi - lo), 0, decimals, "count"),
  holder: firstRow,
  deciding: allRows,
});
