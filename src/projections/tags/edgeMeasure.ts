import type { JsonScalar } from "../../domain/json.ts";
import type { TagValue } from "../../domain/tag/tagValue.ts";
import type { FieldReader } from "./fieldReader.ts";
import type { RowMeasure } from "./measure.ts";
import { rowAt, type SelectedRows, tableAt } from "./selectedRows.ts";

/** The field of the first or last fact that has it. */
export function edgeMeasure(
  edge: "first" | "last",
  read: FieldReader,
  toValue: (raw: JsonScalar) => TagValue,
): RowMeasure {
  const readAt = (rows: SelectedRows, index: number): JsonScalar => read(tableAt(rows, index), rowAt(rows, index));
  const placeOf = (rows: SelectedRows, lo: number, hi: number): number => {
    if (edge === "first") {
      for (let index = lo; index < hi; index += 1) if (readAt(rows, index) !== null) return index;
    } else for (let index = hi - 1; index >= lo; index -= 1) if (readAt(rows, index) !== null) return index;
    return -1;
  };
  return {
    value: (rows, lo, hi) => {
      const place = placeOf(rows, lo, hi);
      return place === -1 ? null : toValue(readAt(rows, place));
    },
    holder: (rows, lo, hi) => {
      const place = placeOf(rows, lo, hi);
      return place === -1 ? hi - 1 : place;
    },
    deciding: (rows, lo, hi) => {
      const place = placeOf(rows, lo, hi);
      return place === -1 ? [] : [place];
    },
  };
}
