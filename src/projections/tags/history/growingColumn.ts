import type { JsonScalar } from "../../../domain/json.ts";
import type { FactColumn } from "./history.ts";

/** A column that takes values. It is numbers as long as numbers are all it was given. */
export type GrowingColumn =
  | { readonly kind: "numbers"; readonly numbers: number[] }
  | {
      readonly kind: "codes";
      readonly codes: number[];
      readonly values: JsonScalar[];
      /** Codes by value, once there are too many to look through. */
      index: Map<JsonScalar, number> | null;
    };

/** What a column holds for a fact without the field. */
const noNumber = Number.NaN;
const noCode = -1;
const lookedThrough = 8;

/** A column whose first value comes before `row` of a table that has `rows` rows already. Most have one row, and arrays that grow begin with room for 17. */
export function newColumn(first: JsonScalar, row: number, rows: number): GrowingColumn {
  if (rows === 0)
    return typeof first === "number"
      ? { kind: "numbers", numbers: [first] }
      : { kind: "codes", codes: [0], values: [first], index: null };
  const empty: GrowingColumn =
    typeof first === "number"
      ? { kind: "numbers", numbers: new Array<number>(rows).fill(noNumber) }
      : { kind: "codes", codes: new Array<number>(rows).fill(noCode), values: [], index: null };
  return putValue(empty, row, first);
}

/**
 * Puts a value before `row`, or behind the last one; undefined for a fact without the field. Gives back the column that holds it
 * now: another one where a column of numbers was given something else.
 */
export function putValue(column: GrowingColumn, row: number, value: JsonScalar | undefined): GrowingColumn {
  if (column.kind === "numbers") {
    if (value !== undefined && typeof value !== "number") return putValue(toCodes(column.numbers), row, value);
    putAt(column.numbers, row, value ?? noNumber);
  } else putAt(column.codes, row, value === undefined ? noCode : codeFor(column, value));
  return column;
}

export function putAt<Item>(items: Item[], row: number, item: Item): void {
  if (row === items.length) items.push(item);
  else items.splice(row, 0, item);
}

export function valueIn(column: FactColumn, row: number): JsonScalar | undefined {
  if (column.kind === "numbers") {
    const number = column.numbers[row] as number;
    return Number.isNaN(number) ? undefined : number;
  }
  return column.values[column.codes[row] as number];
}

type Codes = Extract<GrowingColumn, { readonly kind: "codes" }>;

function toCodes(numbers: readonly number[]): Codes {
  const column: Codes = { kind: "codes", codes: [], values: [], index: null };
  for (const number of numbers) column.codes.push(Number.isNaN(number) ? noCode : codeFor(column, number));
  return column;
}

function codeFor(column: Codes, value: JsonScalar): number {
  const { values } = column;
  if (values.length <= lookedThrough) {
    const known = values.indexOf(value);
    return known === -1 ? values.push(value) - 1 : known;
  }
  column.index ??= new Map(values.map((known, code) => [known, code]));
  const known = column.index.get(value);
  if (known !== undefined) return known;
  column.index.set(value, values.length);
  return values.push(value) - 1;
}
