import type { Fault } from "../../fault.ts";
import type { TagCode } from "../definition.ts";
import { type Operand, operandsOf } from "../references.ts";
import type { Expression } from "../rule.ts";
import type { ValueType } from "../tagValue.ts";
import { either, isTextual, mismatch, typeInWords } from "./compatible.ts";

/** The type of a tag that may be referred to; null where it has none (it was told elsewhere). */
export type TypeOfTag = (code: TagCode) => ValueType | null;
export type Typing = { readonly typeOf: TypeOfTag; readonly faults: Fault[] };

const boolean: ValueType = { kind: "boolean" };
const number: ValueType = { kind: "number", decimals: 0, unit: null };

/** The type that an expression gives; null, with faults noted, where it makes no sense or a part of it is unknown. */
export function expressionType(expression: Expression, path: string, typing: Typing): ValueType | null {
  const operands = operandsOf(expression, path);
  const types = operands.map(operand => expressionType(operand.expression, operand.path, typing));
  const note = (at: string, code: string, message: string): null => {
    typing.faults.push({ field: at, code, message });
    return null;
  };
  /** Each operand has to be one of these kinds. */
  const only = (what: string, ...kinds: readonly ValueType["kind"][]): boolean => {
    let fit = true;
    types.forEach((type, index) => {
      if (type === null || kinds.includes(type.kind)) return;
      fit = false;
      note(
        operands[index]?.path ?? path,
        "type-mismatch",
        `${what} is for ${kinds.join(" and ")}; this is ${typeInWords(type)}`,
      );
    });
    return fit && !types.includes(null);
  };
  switch (expression.kind) {
    case "tag":
      return typing.typeOf(expression.code);
    case "value":
      // A constant text is the only value of its own little enumeration, so that it can be held against others.
      return expression.type.kind === "text"
        ? { kind: "enumeration", values: [expression.value as string] }
        : expression.type;
    case "add":
    case "subtract":
      return only(expression.kind, "number", "money") ? together(operands, types, note) : null;
    case "minimum":
    case "maximum":
      return only(expression.kind, "number", "money", "date") ? together(operands, types, note) : null;
    case "coalesce":
      return types.includes(null) ? null : together(operands, types, note, "alternatives");
    case "multiply":
      return only("multiply", "number", "money") ? product(operands, types as ValueType[], note) : null;
    case "divide":
      return only("divide", "number", "money") ? quotient(operands, types as ValueType[], note) : null;
    case "compare": {
      if (types.includes(null)) return null;
      const ordered = expression.operator !== "=" && expression.operator !== "!=";
      if (ordered && !only(`comparing with ${expression.operator}`, "number", "money", "date")) return null;
      return together(operands, types, note) && boolean;
    }
    case "all":
    case "any":
    case "not":
      return only(expression.kind, "boolean") ? boolean : null;
    case "exists":
      return types.includes(null) ? null : boolean;
    case "in": {
      if (!only("in", "text", "enumeration", "set")) return null;
      const [type] = types as ValueType[];
      if (type?.kind !== "enumeration") return boolean;
      expression.values.forEach((value, index) => {
        if (type.values.includes(value as string)) return;
        note(
          `${path}.in.values[${index}]`,
          "not-allowed",
          `expected ${typeInWords(type)}; got ${JSON.stringify(value)}`,
        );
      });
      return boolean;
    }
    case "if": {
      const [when, ...branches] = types;
      if (when && when.kind !== "boolean")
        note(`${path}.if.when`, "type-mismatch", `a condition is true or false; this is ${typeInWords(when)}`);
      return types.includes(null) || when?.kind !== "boolean"
        ? null
        : together(operands.slice(1), branches, note, "alternatives");
    }
    case "daysSince":
    case "yearsSince":
      if (!only(expression.kind, "date")) return null;
      return { kind: "number", decimals: 0, unit: expression.kind === "daysSince" ? "days" : "years" };
  }
}

type Note = (path: string, code: string, message: string) => null;

/** The common type of operands, told at the first that does not go with those before. Alternatives need no text in common. */
function together(
  operands: readonly Operand[],
  types: readonly (ValueType | null)[],
  note: Note,
  as: "equals" | "alternatives" = "equals",
): ValueType | null {
  let common: ValueType | null = null;
  for (const [index, type] of types.entries()) {
    if (type === null) return null;
    if (common === null) {
      common = type;
      continue;
    }
    const texts = as === "alternatives" && isTextual(common) && isTextual(type);
    const found = texts ? null : mismatch(common, type);
    if (found !== null) return note(operands[index]?.path ?? "", found.code, found.message);
    common = either(common, type);
  }
  return common;
}

function product(operands: readonly Operand[], types: readonly ValueType[], note: Note): ValueType | null {
  const amounts = types.flatMap((type, index) => (type.kind === "money" ? [index] : []));
  if (amounts.length > 1)
    return note(
      operands[amounts[1]!]?.path ?? "",
      "type-mismatch",
      "money times money means nothing; one factor may be money",
    );
  return types[amounts[0] ?? -1] ?? number;
}

function quotient(operands: readonly Operand[], [over, under]: readonly ValueType[], note: Note): ValueType | null {
  if (over?.kind === "money" && under?.kind === "money" && over.currency !== under.currency)
    return note(
      operands[1]?.path ?? "",
      "currency-mismatch",
      `${over.currency} and ${under.currency} do not go together`,
    );
  if (under?.kind === "money" && over?.kind !== "money")
    return note(operands[1]?.path ?? "", "type-mismatch", "a number divided by money means nothing");
  return over?.kind === "money" && under?.kind === "number" ? over : number;
}
