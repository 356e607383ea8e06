import type { Plan } from "../../../domain/segment/plan.ts";
import { sameValue, type TagValue } from "../../../domain/tag/tagValue.ts";
import type { Columns } from "../columns/columns.ts";
import type { RowTest } from "./decision.ts";

type ComparePlan = Extract<Plan, { readonly kind: "compare" }>;

/** Text is ordered by code units. */
export function compares(operator: ComparePlan["operator"], left: TagValue, right: TagValue): boolean {
  if (left === null || right === null) return false;
  switch (operator) {
    case "=":
      return sameValue(left, right);
    case "!=":
      return !sameValue(left, right);
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

export const compareTest =
  (columns: Columns, { left, operator, right }: ComparePlan): RowTest =>
  row =>
    compares(operator, columns.read(left, row) ?? null, columns.read(right, row) ?? null);
