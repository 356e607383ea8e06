import type { ValueType } from "../tagValue.ts";

/** A type in words for a refusal: "money in CZK", "a number", "one of bronze, gold". */
export function typeInWords(type: ValueType): string {
  switch (type.kind) {
    case "money":
      return `money in ${type.currency}`;
    case "enumeration":
      return `one of ${type.values.slice(0, 20).join(", ")}`;
    case "number":
      return type.unit === null ? "a number" : `a number of ${type.unit}`;
    case "text":
      return "text";
    default:
      return `a ${type.kind}`;
  }
}

export type Mismatch = { readonly code: string; readonly message: string };

/** Why two values cannot be compared with, or stand in for, each other; null where they can. Texts fit where one could be the other. */
export function mismatch(a: ValueType, b: ValueType): Mismatch | null {
  if (a.kind === "money" && b.kind === "money")
    return a.currency === b.currency
      ? null
      : { code: "currency-mismatch", message: `${a.currency} and ${b.currency} do not go together` };
  if (a.kind === "number" && b.kind === "number")
    return a.unit === null || b.unit === null || a.unit === b.unit
      ? null
      : { code: "unit-mismatch", message: `${a.unit} and ${b.unit} do not go together` };
  if (a.kind === "enumeration" && b.kind === "enumeration")
    return a.values.some(value => b.values.includes(value))
      ? null
      : { code: "not-allowed", message: `${typeInWords(b)} can never be ${typeInWords(a)}` };
  const textual = isTextual(a) && isTextual(b);
  if (a.kind === b.kind || textual) return null;
  return { code: "type-mismatch", message: `${typeInWords(a)} and ${typeInWords(b)} do not go together` };
}

export const isTextual = (type: ValueType): boolean => type.kind === "text" || type.kind === "enumeration";

/** The type of a value that may be of either type, which go together. */
export function either(a: ValueType, b: ValueType): ValueType {
  if (a.kind === "number" && b.kind === "number")
    return { kind: "number", decimals: Math.max(a.decimals, b.decimals), unit: a.unit ?? b.unit };
  if (a.kind === "enumeration" && b.kind === "enumeration")
    return { kind: "enumeration", values: [...new Set([...a.values, ...b.values])] };
  return a.kind === "enumeration" ? b : a;
}

/** Why a value of a type cannot become the tag's value; null where every value of it can. */
export function unfit(value: ValueType, tag: ValueType): Mismatch | null {
  if (tag.kind === "enumeration") {
    const lacking = value.kind === "enumeration" ? value.values.filter(one => !tag.values.includes(one)) : null;
    if (lacking === null)
      return { code: "type-mismatch", message: `gives ${typeInWords(value)}; the tag is ${typeInWords(tag)}` };
    if (lacking.length === 0) return null;
    return {
      code: "not-allowed",
      message: `can be ${lacking.join(", ")}, which ${lacking.length === 1 ? "is" : "are"} not among the tag's values`,
    };
  }
  const found = mismatch(value, tag);
  if (found === null) return null;
  return { code: found.code, message: `gives ${typeInWords(value)}; the tag is ${typeInWords(tag)}` };
}
