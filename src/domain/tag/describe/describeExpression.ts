import type { Expression } from "../rule.ts";
import type { Standards } from "../standards.ts";
import type { TagValue } from "../tagValue.ts";
import { describeValue, listed } from "./describeValue.ts";

const signs = { add: " + ", subtract: " − ", multiply: " × ", divide: " ÷ " } as const;
const words = { minimum: "the least of", maximum: "the most of", coalesce: "the first known of" } as const;

export function describeExpression(expression: Expression, standards: Standards): string {
  const describe = (inner: Expression): string => describeExpression(inner, standards);
  const grouped = (inner: Expression): string => (isSimple(inner) ? describe(inner) : `(${describe(inner)})`);
  switch (expression.kind) {
    case "tag":
      return expression.code;
    case "value":
      return describeValue(expression.value as TagValue, expression.type, standards);
    case "add":
    case "subtract":
    case "multiply":
    case "divide":
      return expression.of.map(grouped).join(signs[expression.kind]);
    case "minimum":
    case "maximum":
    case "coalesce":
      return `${words[expression.kind]} ${listed(expression.of.map(grouped), "and")}`;
    case "compare":
      return `${grouped(expression.left)} ${expression.operator} ${grouped(expression.right)}`;
    case "all":
    case "any":
      return expression.of.map(grouped).join(expression.kind === "all" ? " and " : " or ");
    case "not":
      return `not ${grouped(expression.of)}`;
    case "exists":
      return `${grouped(expression.of)} is known`;
    case "in":
      return `${grouped(expression.of)} is ${listed(expression.values.map(String), "or")}`;
    case "if":
      return `${grouped(expression.then)} if ${grouped(expression.when)}, else ${grouped(expression.otherwise)}`;
    case "daysSince":
    case "yearsSince":
      return `${expression.kind === "daysSince" ? "days" : "years"} since ${grouped(expression.of)} (${expression.zone})`;
  }
}

const isSimple = ({ kind }: Expression): boolean => kind === "tag" || kind === "value";
