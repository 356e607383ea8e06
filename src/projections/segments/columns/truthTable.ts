import type { ColumnTest } from "../../../domain/segment/plan.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { bucketRange, firstCode, restCode } from "./coding.ts";
import type { Column } from "./column.ts";
import { marks } from "./holders.ts";
import { passes } from "./testValue.ts";

/** What a code says of a test: false, true, or that the exact value has to be looked at. */
export const isFalse = 0;
export const isTrue = 1;
export const look = 2;

export type TruthTable = Uint8Array<ArrayBuffer>;

/** By code. Missing and failed are false; so are codes that no row has yet. */
export function truthTable(column: Column, test: ColumnTest): TruthTable {
  const table = new Uint8Array(256);
  const { coding, dictionary } = column;
  if (coding.kind === "sketch") {
    for (let code = firstCode; code < firstCode + coding.cuts.length + 1; code += 1)
      table[code] = truthOfRange(test, bucketRange(coding.cuts, code));
    return table;
  }
  if (coding.kind === "members") {
    table.fill(truthOfSet(test), firstCode, firstCode + 2 ** marks);
    return table;
  }
  const holds = passes(test);
  if (coding.kind === "direct")
    dictionary.values.forEach((value, id) => {
      table[id + firstCode] = Number(holds(value as NonNullable<TagValue>));
    });
  else {
    coding.ids.forEach((id, index) => {
      table[index + firstCode] = Number(holds(dictionary.values[id] as NonNullable<TagValue>));
    });
    table[restCode] = test.kind === "exists" ? isTrue : look;
  }
  return table;
}

function truthOfSet(test: ColumnTest): number {
  if (test.kind === "exists") return isTrue;
  if (test.kind === "holdsAll") return test.values.length === 0 ? isTrue : look;
  return test.kind === "holdsAny" && test.values.length > 0 ? look : isFalse;
}

/** Of all integers from `from` to `to`. */
function truthOfRange(test: ColumnTest, { from, to }: { readonly from: number; readonly to: number }): number {
  if (test.kind === "exists") return isTrue;
  if (test.kind !== "within") return isFalse;
  if (test.ranges.some(range => range.from <= from && (to < range.to || range.to === Number.POSITIVE_INFINITY)))
    return isTrue;
  return test.ranges.some(range => range.from <= to && from < range.to) ? look : isFalse;
}
