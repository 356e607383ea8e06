import type { OutsideExpression } from "../outside.ts";
import { comparisons } from "../references.ts";
import type { Expression } from "../rule.ts";
import type { Standards } from "../standards.ts";
import type { TagValue } from "../tagValue.ts";
import { printValue } from "./printValue.ts";

export function printExpression(expression: Expression, standards: Standards): OutsideExpression {
  const print = (inner: Expression): OutsideExpression => printExpression(inner, standards);
  switch (expression.kind) {
    case "tag":
      return { tag: expression.code };
    case "value":
      return printConstant(expression, standards);
    case "compare":
      return { [comparisons[expression.operator]]: [print(expression.left), print(expression.right)] };
    case "not":
    case "exists":
      return { [expression.kind]: print(expression.of) };
    case "in":
      return { in: { of: print(expression.of), values: expression.values as readonly string[] } };
    case "if":
      return {
        // biome-ignore lint/suspicious/noThenProperty: plain data, never awaited and never a function
        if: { when: print(expression.when), then: print(expression.then), else: print(expression.otherwise) },
      };
    case "daysSince":
    case "yearsSince":
      return { [expression.kind]: { of: print(expression.of), zone: expression.zone } };
    default:
      return { [expression.kind]: expression.of.map(print) };
  }
}

function printConstant(
  { value, type }: Extract<Expression, { kind: "value" }>,
  standards: Standards,
): OutsideExpression {
  const literal = printValue(value as Exclude<TagValue, null>, type, standards);
  switch (type.kind) {
    case "money":
      return { money: { amount: literal as string, currency: type.currency } };
    case "date":
      return { date: { at: literal as string, zone: type.zone } };
    case "enumeration":
      return { text: literal as string };
    default:
      return { [type.kind]: literal };
  }
}
