import type { JsonScalar } from "../../../domain/json.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { fieldRows, type RowField } from "./fieldRows.ts";
import type { RowMeasure } from "./measure.ts";
import type { SelectedRows } from "./selectedRows.ts";

/** The field of the first or last fact that has it. */
export function edgeMeasure(
  edge: "first" | "last",
  field: RowField,
  toValue: (raw: JsonScalar) => TagValue,
): RowMeasure {
  const placeOf = (rows: SelectedRows, lo: number, hi: number): number => {
    const values = fieldRows(rows, field);
    if (edge === "first") {
      for (let index = lo; index < hi; index += 1) if (values.value(index) !== null) return index;
    } else for (let index = hi - 1; index >= lo; index -= 1) if (values.value(index) !== null) return index;
    return -1;
  };
  return {
    value: (rows, lo, hi) => {
      const place = placeOf(rows, lo, hi);
      return place === -1 ? null : toValue(fieldRows(rows, field).value(place));
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
