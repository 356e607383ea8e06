import type { Expression } from "../../../domain/tag/rule.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { valueText } from "../evaluation/valueText.ts";

const signs = { add: "+", subtract: "-", multiply: "×", divide: "÷", all: "and", any: "or" } as const;

/** An expression as a person reads it: "(spend-30d ÷ visits) > 12.50". */
export function expressionText(expression: Expression): string {
  switch (expression.kind) {
    case "tag":
      return expression.code;
    case "value":
      return valueText(expression.value as TagValue, expression.type);
    case "add":
    case "subtract":
    case "multiply":
    case "divide":
    case "all":
    case "any":
      return expression.of.map(operandText).join(` ${signs[expression.kind]} `);
    case "minimum":
    case "maximum":
    case "coalesce":
      return `${expression.kind}(${expression.of.map(expressionText).join(", ")})`;
    case "compare":
      return `${operandText(expression.left)} ${expression.operator} ${operandText(expression.right)}`;
    case "not":
    case "exists":
      return `${expression.kind} ${operandText(expression.of)}`;
    case "in":
      return `${operandText(expression.of)} in (${expression.values.join(", ")})`;
    case "if":
      return `if ${operandText(expression.when)} then ${operandText(expression.then)} else ${operandText(expression.otherwise)}`;
    case "daysSince":
      return `days since ${operandText(expression.of)}`;
    case "yearsSince":
      return `years since ${operandText(expression.of)}`;
  }
}

const operandText = (expression: Expression): string =>
  expression.kind === "tag" || expression.kind === "value"
    ? expressionText(expression)
    : `(${expressionText(expression)})`;
