import { formatDuration } from "../../tag/duration.ts";
import { printValue } from "../../tag/print/printValue.ts";
import { comparisons } from "../../tag/references.ts";
import type { Standards } from "../../tag/standards.ts";
import type { ValueType } from "../../tag/tagValue.ts";
import type { OutsideTest } from "../outside.ts";
import type { Scalar, Test } from "../rule.ts";

type OutsideScalar = NonNullable<OutsideTest["equals"]>;

/** `type`: of the value that is put to the test. */
export function printTest(test: Test, type: ValueType, standards: Standards): OutsideTest {
  // Of a set, one that it may hold.
  const scalar = (value: Scalar): OutsideScalar =>
    printValue(value, type.kind === "set" ? { kind: "text" } : type, standards) as OutsideScalar;
  switch (test.kind) {
    case "equals":
    case "notEquals":
    case "lessThan":
    case "atMost":
    case "moreThan":
    case "atLeast":
      return { [test.kind]: scalar(test.value) };
    case "in":
    case "notIn":
      return { [test.kind]: test.values.map(scalar) };
    case "between":
      return { between: { from: scalar(test.from), to: scalar(test.to) } };
    case "contains":
    case "startsWith":
    case "endsWith":
      return { [test.kind]: test.text };
    case "containsAny":
    case "containsAll":
    case "containsNone":
      return { [test.kind]: test.values };
    case "exists":
    case "missing":
      return { [test.kind]: true };
    case "withinLast":
    case "withinNext":
    case "olderThan":
      return { [test.kind]: formatDuration(test.length) };
    case "onDay":
      return { onDay: test.day };
    case "anniversary":
      return { anniversary: { days: test.days } };
    case "compareTo":
      return { compareTo: { operator: comparisons[test.operator], tag: test.code } };
  }
}
