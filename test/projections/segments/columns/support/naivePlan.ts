import type { Plan } from "../../../../../src/domain/segment/plan.ts";
import type { TagCode } from "../../../../../src/domain/tag/definition.ts";
import type { ColumnValue } from "../../../../../src/projections/segments/columns/columns.ts";
import { naiveTest } from "./naiveTest.ts";

type Comparable = NonNullable<ColumnValue>;
const compared: Record<"=" | "!=" | "<" | "<=" | ">" | ">=", (left: Comparable, right: Comparable) => boolean> = {
  "=": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

/** The truth of a plan for one customer, or undefined where values that could not be evaluated would decide it. */
export function naivePlan(plan: Plan, known: (code: TagCode) => ColumnValue): boolean | undefined {
  switch (plan.kind) {
    case "all": {
      const parts = plan.of.map(part => naivePlan(part, known));
      return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
    }
    case "any": {
      const parts = plan.of.map(part => naivePlan(part, known));
      return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
    }
    case "not": {
      const truth = naivePlan(plan.of, known);
      return truth === undefined ? undefined : !truth;
    }
    case "column": {
      const value = known(plan.code);
      return value === undefined ? undefined : naiveTest(plan.test, value);
    }
    case "compare": {
      const [left, right] = [known(plan.left), known(plan.right)];
      if (left === undefined || right === undefined) return undefined;
      if (left === null || right === null) return false;
      return compared[plan.operator](left, right);
    }
    default:
      throw new Error(`${plan.kind} is tested by itself`);
  }
}
