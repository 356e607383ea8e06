import type { TagValue } from "../../../domain/tag/tagValue.ts";
import type { SelectedRows } from "./selectedRows.ts";

/** Measures the selected facts lo ≤ i < hi. */
export type RowMeasure = {
  /** In the scale of the tag's type. */
  readonly value: (rows: SelectedRows, lo: number, hi: number) => TagValue;
  /** Rows leave from the front: the value stays as long as this one is there, if none is added. lo < hi. */
  readonly holder: (rows: SelectedRows, lo: number, hi: number) => number;
  /** The rows that make up the value. */
  readonly deciding: (rows: SelectedRows, lo: number, hi: number) => readonly number[];
};

export const firstRow = (_rows: SelectedRows, lo: number): number => lo;

export const allRows = (_rows: SelectedRows, lo: number, hi: number): number[] =>
  Array.from({ length: Math.max(0, hi - lo) }, (_, index) => lo + index);
