import type { TagValue } from "../../domain/tag/tagValue.ts";
import { divideHalfEven, exactNumber, isExact, rescale } from "./decimals.ts";
import { allRows, firstRow, type RowMeasure } from "./measure.ts";
import { eachNumber, type NumberField } from "./rowNumbers.ts";
import type { SelectedRows } from "./selectedRows.ts";

/** Running sums and counts before each row, so that any window is one subtraction. */
type Sums = {
  sums: number[];
  /** Rows with the field; null while every row has it. */
  counts: number[] | null;
  /** False once a running sum was no longer exact: then windows are added up one by one. */
  exact: boolean;
};

function sumsOf(rows: SelectedRows, slot: number, field: NumberField): Sums {
  let column = rows.derived[slot] as Sums | undefined;
  if (column === undefined) {
    column = { sums: [0], counts: null, exact: true };
    rows.derived[slot] = column;
  }
  const { sums } = column;
  const done = sums.length - 1;
  if (done < rows.length) extend(column, rows, field, done);
  return column;
}

function extend(column: Sums, rows: SelectedRows, field: NumberField, done: number): void {
  const { sums } = column;
  let sum = sums[done] as number;
  let counts = column.counts;
  eachNumber(rows, field, done, rows.length, number => {
    const missing = Number.isNaN(number);
    if (missing && counts === null) counts = Array.from(sums, (_, index) => index);
    if (counts !== null) counts.push((counts[counts.length - 1] as number) + (missing ? 0 : 1));
    if (!missing) sum += number;
    if (!isExact(sum)) column.exact = false;
    sums.push(sum);
  });
  column.counts = counts;
}

export type FigureScale = { readonly from: number; readonly to: number };

export const sumMeasure = (slot: number, field: NumberField, scale: FigureScale): RowMeasure => ({
  value: (rows, lo, hi) => {
    if (hi <= lo) return 0;
    const { sums, exact } = sumsOf(rows, slot, field);
    const what = `sum of ${field.field}`;
    const sum = (sums[hi] as number) - (sums[lo] as number);
    // Both ends are exact, but their difference need not be.
    if (exact && isExact(sum)) return rescale(sum, scale.from, scale.to, what);
    return rescale(exactNumber(total(rows, field, lo, hi), what), scale.from, scale.to, what);
  },
  holder: firstRow,
  deciding: (rows, lo, hi) => rowsWith(rows, field, lo, hi),
});

export const averageMeasure = (slot: number, field: NumberField, scale: FigureScale): RowMeasure => ({
  value: (rows, lo, hi): TagValue => {
    if (hi <= lo) return null;
    const { sums, counts, exact } = sumsOf(rows, slot, field);
    const count = counts === null ? hi - lo : (counts[hi] as number) - (counts[lo] as number);
    if (count === 0) return null;
    const sum = exact ? (sums[hi] as number) - (sums[lo] as number) : Number.NaN;
    return average(isExact(sum) ? sum : total(rows, field, lo, hi), count, scale, field.field);
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

function total(rows: SelectedRows, field: NumberField, lo: number, hi: number): bigint {
  let sum = 0n;
  eachNumber(rows, field, lo, hi, number => {
    if (!Number.isNaN(number)) sum += BigInt(number);
  });
  return sum;
}

export function rowsWith(rows: SelectedRows, field: NumberField, lo: number, hi: number): number[] {
  const found: number[] = [];
  let index = lo;
  eachNumber(rows, field, lo, hi, number => {
    if (!Number.isNaN(number)) found.push(index);
    index += 1;
  });
  return found;
}

export const countMeasure = (decimals: number): RowMeasure => ({
  value: (_rows, lo, hi) => rescale(Math.max(0, hi - lo), 0, decimals, "count"),
  holder: firstRow,
  deciding: allRows,
});
