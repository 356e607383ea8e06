import type { Expression } from "../../../domain/tag/rule.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { arithmeticOperand } from "./arithmetic.ts";
import { comparisonOperand } from "./comparison.ts";
import { expressionText } from "./expressionText.ts";
import { allOf, anyOf, chosen, firstThere, membership } from "./logic.ts";
import {
  booleanOf,
  type Giving,
  holdsUntil,
  type Operand,
  operandOf,
  resultText,
  type Surroundings,
} from "./operand.ts";
import { sinceOperand } from "./timeSince.ts";

/**
 * An expression made ready. Missing operands make the result missing, but: `any` is true if one part is, whatever is missing, and
 * `all` false if one part is; `coalesce` and `exists` are there for what is missing. Dividing by zero gives missing.
 * Parts are looked at from left to right and no further than needed. Throws where the types do not fit (definitions are checked before).
 */
export function expressionOperand(expression: Expression, around: Surroundings): Operand {
  const operand = compile(expression, around);
  if (!around.traced || expression.kind === "tag" || expression.kind === "value") return operand;
  const text = expressionText(expression);
  const of = operand.of as Giving<unknown>;
  const traced = (run: Parameters<typeof of>[0]): unknown => {
    const result = of(run);
    run.asking.collector?.arithmetic.push(`${text} = ${resultText(operand, result)}`);
    return result;
  };
  return { ...operand, of: traced } as Operand;
}

function compile(expression: Expression, around: Surroundings): Operand {
  const read = (part: Expression): Operand => expressionOperand(part, around);
  switch (expression.kind) {
    case "tag":
      return tagOperand(expression.code, around);
    case "value": {
      const value = expression.value as TagValue;
      return operandOf(expression.type, () => value);
    }
    case "add":
    case "subtract":
    case "multiply":
    case "divide":
    case "minimum":
    case "maximum":
      return arithmeticOperand(expression.kind, expression.of.map(read));
    case "compare":
      return comparisonOperand(expression.operator, read(expression.left), read(expression.right));
    case "all":
      return { kind: "boolean", of: allOf(expression.of.map(part => booleanOf(read(part)))) };
    case "any":
      return { kind: "boolean", of: anyOf(expression.of.map(part => booleanOf(read(part)))) };
    case "not": {
      const of = booleanOf(read(expression.of));
      return {
        kind: "boolean",
        of: run => {
          const value = of(run);
          return value === null ? null : !value;
        },
      };
    }
    case "exists": {
      const { of } = read(expression.of);
      return { kind: "boolean", of: run => of(run) !== null };
    }
    case "in":
      return { kind: "boolean", of: membership(read(expression.of), expression.values) };
    case "if":
      return chosen(booleanOf(read(expression.when)), read(expression.then), read(expression.otherwise));
    case "coalesce":
      return firstThere(expression.of.map(read));
    case "daysSince":
    case "yearsSince":
      return sinceOperand(expression.kind, read(expression.of), expression.zone);
  }
}

function tagOperand(code: Extract<Expression, { kind: "tag" }>["code"], { typeOf, inputOf }: Surroundings): Operand {
  return operandOf(typeOf(code), run => {
    const { value, validUntil } = inputOf(code, run.asking);
    holdsUntil(run, validUntil);
    const { collector } = run.asking;
    if (collector !== null && !collector.inputs.some(input => input.code === code))
      collector.inputs.push({ code, value });
    return value;
  });
}
