import type { ColumnTest } from "../../../../../src/domain/segment/plan.ts";
import type { ColumnValue } from "../../../../../src/projections/segments/columns/columns.ts";

/** What a test means, as plainly as can be. */
export function naiveTest(test: ColumnTest, value: ColumnValue): boolean {
  if (value === null || value === undefined) return false;
  switch (test.kind) {
    case "exists":
      return true;
    case "is":
      return value === test.value;
    case "within":
      return test.ranges.some(({ from, to }) => (value as number) >= from && (value as number) < to);
    case "oneOf":
      return test.values.some(one => one === value);
    case "contains":
      return (value as string).includes(test.text);
    case "startsWith":
      return (value as string).startsWith(test.text);
    case "endsWith":
      return (value as string).endsWith(test.text);
    case "holdsAny":
      return test.values.some(member => (value as readonly string[]).includes(member));
    case "holdsAll":
      return test.values.every(member => (value as readonly string[]).includes(member));
  }
}
