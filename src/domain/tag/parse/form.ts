import type { FieldContent } from "../factFields.ts";
import type { FieldForm } from "../factSelection.ts";
import type { ValueType } from "../tagValue.ts";
import {
  fault,
  isThere,
  member,
  type Reading,
  readChoice,
  readCurrency,
  readMembers,
  readTrue,
  readWhole,
  readZone,
  type Spot,
} from "./reading.ts";

export const mostDecimals = 9;

/** `as`: how a field is to be read. Undefined where nothing is said. */
export function readForm(reading: Reading, spot: Spot): FieldForm | null | undefined {
  if (!isThere(spot)) return undefined;
  const choice = readChoice(reading, spot, ["text", "boolean", "decimal", "money", "date"], "a way to read a field");
  if (choice === null) return null;
  const { name, spot: inner } = choice;
  switch (name) {
    case "text":
    case "boolean":
      return readTrue(reading, inner) && { kind: name };
    case "decimal": {
      if (!readMembers(reading, inner, ["decimals"], "a decimal")) return null;
      const decimals = readWhole(reading, member(inner, "decimals"), 0, mostDecimals);
      return decimals === null ? null : { kind: "decimal", decimals };
    }
    case "money":
      return readMoney(reading, inner);
    case "date":
      return readDate(reading, inner);
  }
}

/** Money in one currency: a type, and a way to read a field. */
export function readMoney(reading: Reading, spot: Spot): { readonly kind: "money"; readonly currency: string } | null {
  if (!readMembers(reading, spot, ["currency"], "money")) return null;
  const currency = readCurrency(reading, member(spot, "currency"));
  return currency === null ? null : { kind: "money", currency };
}

/** Dates that begin in a zone: a type, and a way to read a field. */
export function readDate(reading: Reading, spot: Spot): { readonly kind: "date"; readonly zone: string } | null {
  if (!readMembers(reading, spot, ["zone"], "a date")) return null;
  const zone = readZone(reading, member(spot, "zone"));
  return zone === null ? null : { kind: "date", zone };
}

/** How a field is read that is to give values of this type; null for sets, whose members are texts. */
export function formOfType(type: ValueType): FieldForm {
  switch (type.kind) {
    case "boolean":
      return { kind: "boolean" };
    case "number":
      return { kind: "decimal", decimals: type.decimals };
    case "money":
      return { kind: "money", currency: type.currency };
    case "date":
      return { kind: "date", zone: type.zone };
    case "text":
    case "enumeration":
    case "set":
      return { kind: "text" };
  }
}

const readableAs: Readonly<Record<FieldForm["kind"], readonly FieldContent["kind"][]>> = {
  text: ["text", "enumeration", "date", "instant", "open"],
  boolean: ["boolean", "open"],
  decimal: ["integer", "number", "decimal", "open"],
  money: ["money"],
  date: ["date", "instant", "open"],
};

/** Notes a fault where a field's content can never be read so. */
export function checkReadable(
  reading: Reading,
  path: string,
  field: string,
  content: FieldContent,
  form: FieldForm,
): boolean {
  if (readableAs[form.kind].includes(content.kind)) return true;
  fault(
    reading,
    path,
    "wrong-form",
    `${field} holds ${contentInWords(content)}, which cannot be read as ${form.kind}${
      content.kind === "money" ? "; money needs a type of money, or its currency named" : ""
    }`,
  );
  return false;
}

export function contentInWords(content: FieldContent): string {
  switch (content.kind) {
    case "enumeration":
      return `one of ${content.values.join(", ")}`;
    case "open":
      return "a value of the source's own (text, number or boolean)";
    case "integer":
      return "a whole number";
    case "number":
    case "decimal":
      return `a ${content.kind}`;
    case "date":
    case "instant":
      return content.kind === "date" ? "a date" : "an instant";
    default:
      return content.kind;
  }
}
