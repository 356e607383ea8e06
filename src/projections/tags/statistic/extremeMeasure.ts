import { rescale } from "../formula/decimals.ts";
import { type FieldRows, fieldRows, type RowField } from "./fieldRows.ts";
import type { RowMeasure } from "./measure.ts";
import { derivedColumn, isWorthDeriving } from "./rentOrBuy.ts";
import type { SelectedRows } from "./selectedRows.ts";
import type { FigureScale } from "./sumMeasure.ts";

/**
 * The numbers, and for each whole block of them the place of its last lowest (or highest): a window looks at whole blocks
 * and at no more than two broken ones.
 */
type Extremes = {
  readonly numbers: number[];
  readonly blocks: number[];
  /** The last answer; value, validity and evidence all ask for the same. */
  lo: number;
  hi: number;
  found: number;
};

const blockBits = 5;
const blockSize = 1 << blockBits;

function extremesOf(rows: SelectedRows, slot: number, field: RowField, sign: 1 | -1): Extremes {
  let column = derivedColumn<Extremes>(rows, slot);
  if (column === undefined) {
    column = { numbers: [], blocks: [], lo: 0, hi: 0, found: -1 };
    rows.derived[slot] = column;
  }
  const { numbers, blocks } = column;
  if (numbers.length < rows.length) {
    // The lowest of the negated numbers is the highest.
    const values = fieldRows(rows, field);
    for (let index = numbers.length; index < rows.length; index += 1) numbers.push(sign * values.number(index));
    while ((blocks.length + 1) * blockSize <= numbers.length) {
      const start = blocks.length * blockSize;
      blocks.push(scan(numbers, start, start + blockSize, -1));
    }
  }
  return column;
}

/** The place of the last lowest of numbers[lo, hi) and the one at `found` (−1: none yet). */
function scan(numbers: readonly number[], lo: number, hi: number, found: number): number {
  let best = found;
  let lowest = found === -1 ? Number.POSITIVE_INFINITY : (numbers[found] as number);
  for (let index = lo; index < hi; index += 1) {
    if ((numbers[index] as number) <= lowest) {
      best = index;
      lowest = numbers[index] as number;
    }
  }
  return best;
}

function lowest(column: Extremes, lo: number, hi: number): number {
  if (column.lo === lo && column.hi === hi) return column.found;
  const { numbers, blocks } = column;
  const firstBlock = (lo + blockSize - 1) >>> blockBits;
  const endBlock = Math.min(hi >>> blockBits, blocks.length);
  let found: number;
  if (firstBlock >= endBlock) found = scan(numbers, lo, hi, -1);
  else {
    found = scan(numbers, lo, firstBlock << blockBits, -1);
    for (let block = firstBlock; block < endBlock; block += 1) {
      const candidate = blocks[block] as number;
      if (candidate !== -1) found = scan(numbers, candidate, candidate + 1, found);
    }
    found = scan(numbers, endBlock << blockBits, hi, found);
  }
  column.lo = lo;
  column.hi = hi;
  column.found = found;
  return found;
}

function lookedUpLowest(values: FieldRows, sign: 1 | -1, lo: number, hi: number): number {
  let found = -1;
  let lowest = Number.POSITIVE_INFINITY;
  for (let index = lo; index < hi; index += 1) {
    const number = sign * values.number(index);
    if (number > lowest || Number.isNaN(number)) continue;
    found = index;
    lowest = number;
  }
  return found;
}

/** `sign` 1: the lowest; −1: the highest. */
export function extremeMeasure(slot: number, field: RowField, sign: 1 | -1, scale: FigureScale): RowMeasure {
  const placeOf = (rows: SelectedRows, lo: number, hi: number): number => {
    if (hi <= lo) return -1;
    return isWorthDeriving(rows, slot, hi - lo)
      ? lowest(extremesOf(rows, slot, field, sign), lo, hi)
      : lookedUpLowest(fieldRows(rows, field), sign, lo, hi);
  };
  return {
    value: (rows, lo, hi) => {
      const place = placeOf(rows, lo, hi);
      return place === -1 ? null : rescale(fieldRows(rows, field).number(place), scale.from, scale.to, field.field);
    },
    holder: (rows, lo, hi) => {
      const place = placeOf(rows, lo, hi);
      return place === -1 ? hi - 1 : place;
    },
    deciding: (rows, lo, hi) => {
      const place = placeOf(rows, lo, hi);
      const values = fieldRows(rows, field);
      const found: number[] = [];
      for (let index = lo; index <= place; index += 1)
        if (values.number(index) === values.number(place)) found.push(index);
      return found;
    },
  };
}
