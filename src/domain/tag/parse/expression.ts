import { TagCode } from "../definition.ts";
import type { Expression } from "../rule.ts";
import type { ValueType } from "../tagValue.ts";
import { deepest } from "./filter.ts";
import { mostDecimals } from "./form.ts";
import { digitsIn, longestText, readDecimalText, readScaled, readTagValue } from "./literal.ts";
import {
  fault,
  member,
  quoted,
  type Reading,
  readChoice,
  readCurrency,
  readList,
  readMembers,
  readText,
  readZone,
  type Spot,
  wrongType,
} from "./reading.ts";

const comparisons = {
  equal: "=",
  notEqual: "!=",
  lessThan: "<",
  atMost: "<=",
  moreThan: ">",
  atLeast: ">=",
} as const;
const constants = ["number", "money", "boolean", "text", "date", "set"] as const;
const choices = [
  "tag",
  ...constants,
  "add",
  "subtract",
  "multiply",
  "divide",
  "minimum",
  "maximum",
  ...(Object.keys(comparisons) as (keyof typeof comparisons)[]),
  "all",
  "any",
  "not",
  "exists",
  "in",
  "if",
  "coalesce",
  "daysSince",
  "yearsSince",
] as const;

/** Computation over other tags. What types its parts have is looked at when the other tags are known. */
export function readExpression(reading: Reading, spot: Spot, depth = 1): Expression | null {
  if (depth > deepest) return fault(reading, spot.path, "too-deep", `nests deeper than ${deepest} levels`);
  const choice = readChoice(reading, spot, choices, "an expression");
  if (choice === null) return null;
  const { name, spot: inner } = choice;
  const read = (at: Spot) => readExpression(reading, at, depth + 1);
  switch (name) {
    case "tag": {
      const code = readTagCode(reading, inner);
      return code === null ? null : { kind: "tag", code };
    }
    case "number":
    case "money":
    case "boolean":
    case "text":
    case "date":
    case "set":
      return readConstant(reading, name, inner);
    case "add":
    case "multiply":
    case "minimum":
    case "maximum":
    case "coalesce":
    case "all":
    case "any": {
      const of = readList(reading, inner, 1, read);
      return of === null ? null : ({ kind: name, of } as Expression);
    }
    case "subtract":
    case "divide": {
      const of = readPair(reading, inner, read);
      return of === null ? null : { kind: name, of };
    }
    case "not":
    case "exists": {
      const of = read(inner);
      return of === null ? null : { kind: name, of };
    }
    case "in": {
      if (!readMembers(reading, inner, ["of", "values"], "a membership")) return null;
      const of = read(member(inner, "of"));
      const values = readList(reading, member(inner, "values"), 1, item => readText(reading, item, longestText));
      return of === null || values === null ? null : { kind: "in", of, values };
    }
    case "if": {
      if (!readMembers(reading, inner, ["when", "then", "else"], "a choice")) return null;
      const when = read(member(inner, "when"));
      const then = read(member(inner, "then"));
      const otherwise = read(member(inner, "else"));
      return when === null || then === null || otherwise === null ? null : { kind: "if", when, then, otherwise };
    }
    case "daysSince":
    case "yearsSince": {
      if (!readMembers(reading, inner, ["of", "zone"], "a time since")) return null;
      const of = read(member(inner, "of"));
      const zone = readZone(reading, member(inner, "zone"));
      return of === null || zone === null ? null : { kind: name, of, zone };
    }
    default: {
      const pair = readPair(reading, inner, read);
      if (pair === null) return null;
      return { kind: "compare", operator: comparisons[name], left: pair[0], right: pair[1] };
    }
  }
}

function readPair(
  reading: Reading,
  spot: Spot,
  read: (item: Spot) => Expression | null,
): readonly [Expression, Expression] | null {
  const pair = readList(reading, spot, 2, read);
  if (pair === null || pair.length === 2) return pair as [Expression, Expression] | null;
  return fault(reading, spot.path, "too-many", "takes two operands, left and right");
}

function readConstant(reading: Reading, name: (typeof constants)[number], spot: Spot): Expression | null {
  const type = constantType(reading, name, spot);
  if (type === null) return null;
  if (type.kind === "number") {
    const value = readScaled(reading, spot, type.decimals, "a number");
    return value === null ? null : { kind: "value", value, type };
  }
  const at = name === "money" ? member(spot, "amount") : name === "date" ? member(spot, "at") : spot;
  const value = readTagValue(reading, at, type);
  return value === null ? null : { kind: "value", value, type };
}

function constantType(reading: Reading, name: (typeof constants)[number], spot: Spot): ValueType | null {
  switch (name) {
    case "number": {
      const text = readDecimalText(reading, spot);
      if (text === null) return null;
      const decimals = digitsIn(text);
      if (decimals <= mostDecimals) return { kind: "number", decimals, unit: null };
      return fault(reading, spot.path, "too-precise", `has more than ${mostDecimals} decimals`);
    }
    case "money": {
      if (!readMembers(reading, spot, ["amount", "currency"], "money")) return null;
      const currency = readCurrency(reading, member(spot, "currency"));
      return currency === null ? null : { kind: "money", currency };
    }
    case "date": {
      if (!readMembers(reading, spot, ["at", "zone"], "a date")) return null;
      const zone = readZone(reading, member(spot, "zone"));
      return zone === null ? null : { kind: "date", zone };
    }
    default:
      return { kind: name };
  }
}

/** The code of another tag; whether there is one is looked at later. */
export function readTagCode(reading: Reading, spot: Spot): TagCode | null {
  if (typeof spot.value !== "string") return wrongType(reading, spot, "the code of a tag");
  const code = TagCode.parse(spot.value);
  if (code !== null) return code;
  return fault(
    reading,
    spot.path,
    "malformed",
    `expected a code of lower-case words joined by hyphens, at most 64 characters; got ${quoted(spot.value)}`,
  );
}
