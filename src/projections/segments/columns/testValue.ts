import type { ColumnTest } from "../../../domain/segment/plan.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";

/** The test as a function of a value that is there. A value of another type never passes. */
export function passes(test: ColumnTest): (value: NonNullable<TagValue>) => boolean {
  switch (test.kind) {
    case "exists":
      return () => true;
    case "is":
      return value => value === test.value;
    case "within":
      return value => typeof value === "number" && isWithin(test.ranges, value);
    case "oneOf": {
      const values = new Set<unknown>(test.values);
      return value => values.has(value);
    }
    case "contains":
      return value => typeof value === "string" && value.includes(test.text);
    case "startsWith":
      return value => typeof value === "string" && value.startsWith(test.text);
    case "endsWith":
      return value => typeof value === "string" && value.endsWith(test.text);
    case "holdsAny": {
      const wanted = new Set(test.values);
      return value => Array.isArray(value) && value.some(member => wanted.has(member));
    }
    case "holdsAll": {
      const wanted = [...new Set(test.values)];
      return value => Array.isArray(value) && wanted.every(member => value.includes(member));
    }
  }
}

/** Ranges are ascending and apart, so that half of them can be left aside at each step. */
export function isWithin(ranges: readonly { readonly from: number; readonly to: number }[], value: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle] as { to: number }).to <= value) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range.from <= value;
}
