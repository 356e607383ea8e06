import type { Expression } from "../../../domain/tag/rule.ts";
import { sameValue } from "../../../domain/tag/tagValue.ts";
import { compare } from "./fraction.ts";
import { fractionIn, type Giving, type Operand } from "./operand.ts";

type Operator = Extract<Expression, { kind: "compare" }>["operator"];

/** Exact across scales. Texts are compared by code unit; sets can only be the same or not. */
export function comparisonOperand(operator: Operator, left: Operand, right: Operand): Operand {
  const accepts = acceptsOrder[operator];
  const order = orderOf(left, right);
  return {
    kind: "boolean",
    of: run => {
      const found = order(run);
      return found === null ? null : accepts(found);
    },
  };
}

const acceptsOrder: Readonly<Record<Operator, (order: number) => boolean>> = {
  "=": order => order === 0,
  "!=": order => order !== 0,
  "<": order => order < 0,
  "<=": order => order <= 0,
  ">": order => order > 0,
  ">=": order => order >= 0,
};

const ascending = <Value extends number | string | boolean>(a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0);

/** Below, at or above 0 as left is less than, equal to or more than right. */
function orderOf(left: Operand, right: Operand): Giving<number> {
  if (left.kind === "integer" && right.kind === "integer" && left.decimals === right.decimals)
    return ordered(left.of, right.of, ascending);
  if (left.kind === "boolean" && right.kind === "boolean") return ordered(left.of, right.of, ascending);
  if (left.kind === "text" && right.kind === "text") return ordered(left.of, right.of, ascending);
  if (left.kind === "set" && right.kind === "set")
    return ordered(left.of, right.of, (a, b) => (sameValue(a, b) ? 0 : 1));
  return ordered(fractionIn(left), fractionIn(right), compare);
}

const ordered =
  <Value>(left: Giving<Value>, right: Giving<Value>, order: (a: Value, b: Value) => number): Giving<number> =>
  run => {
    const a = left(run);
    if (a === null) return null;
    const b = right(run);
    return b === null ? null : order(a, b);
  };
