import { formatInstant } from "../../instant.ts";
import type { JsonScalar } from "../../json.ts";
import type { FieldContent } from "../factFields.ts";
import type { FactFilter, FieldForm } from "../factSelection.ts";
import type { Field } from "./fields.ts";
import { contentInWords, mostDecimals } from "./form.ts";
import { digitsIn, longestText, readAmount, readDecimalText, readInstant, readScalar, readScaled } from "./literal.ts";
import { fault, quoted, type Reading, readBoolean, readList, readText, readTrue, type Spot } from "./reading.ts";

const equalities = ["equals", "in"] as const;
const orders = { lessThan: "<", atMost: "<=", moreThan: ">", atLeast: ">=" } as const;
const texts = ["contains", "startsWith", "endsWith"] as const;
export const comparisons = [
  ...equalities,
  ...(Object.keys(orders) as (keyof typeof orders)[]),
  ...texts,
  "exists",
] as const;
export type Comparison = (typeof comparisons)[number];

/** A comparison of one field; `form` where `as` says how it is read. */
export function comparisonOf(
  reading: Reading,
  name: Comparison,
  operand: Spot,
  field: Field,
  form: FieldForm | undefined,
): FactFilter | null {
  switch (name) {
    case "exists":
      if (operand.value === false)
        return fault(
          reading,
          operand.path,
          "not-allowed",
          'for fields that are not there, write {"not": {… "exists": true}}',
        );
      // Money is kept in two parts, which are there or not together.
      return readTrue(reading, operand) && { kind: "exists", field: partOf(field) };
    case "contains":
    case "startsWith":
    case "endsWith": {
      if (!["text", "enumeration", "open"].includes(field.content.kind))
        return fault(
          reading,
          operand.path,
          "wrong-form",
          `is for text; ${field.name} holds ${contentInWords(field.content)}`,
        );
      const value = readText(reading, operand, longestText);
      return value === null ? null : { kind: "text", field: field.name, operator: name, value };
    }
    case "equals":
    case "in":
      return readEquality(reading, name, operand, field, form);
    default: {
      const as = form ?? orderedForm(reading, operand, field);
      if (as === null) return null;
      const value = readOrdered(reading, operand, as, field);
      return value === null ? null : { kind: "compare", field: field.name, operator: orders[name], value, as };
    }
  }
}

const partOf = ({ name, content }: Field): string => (content.kind === "money" ? `${name}.currency` : name);

/** Money and decimals may be written in many ways, so that equal is "not below and not above"; all else is compared as stored. */
function readEquality(
  reading: Reading,
  name: (typeof equalities)[number],
  operand: Spot,
  field: Field,
  form: FieldForm | undefined,
): FactFilter | null {
  const kind = form?.kind ?? { money: "money", decimal: "decimal", number: "decimal" }[field.content.kind as string];
  const ordered = (kind === "money" || kind === "decimal") && field.content.kind !== "integer";
  if (!ordered) {
    const read = (item: Spot) => readStored(reading, item, field.content, form);
    const values = name === "in" ? readList(reading, operand, 1, read) : one(read(operand));
    return values === null ? null : { kind: "in", field: field.name, values };
  }
  const read = (item: Spot): FactFilter | null => {
    const as = form ?? orderedForm(reading, item, field);
    const value = as === null ? null : readOrdered(reading, item, as, field);
    if (as === null || value === null) return null;
    const compare = { kind: "compare", field: field.name, value, as } as const;
    return {
      kind: "all",
      of: [
        { ...compare, operator: ">=" },
        { ...compare, operator: "<=" },
      ],
    };
  };
  if (name === "equals") return read(operand);
  const of = readList(reading, operand, 1, read);
  return of === null ? null : { kind: "any", of };
}

const one = <Item>(item: Item | null): Item[] | null => (item === null ? null : [item]);

/** A value as the facts store it. */
function readStored(
  reading: Reading,
  item: Spot,
  content: FieldContent,
  form: FieldForm | undefined,
): Exclude<JsonScalar, null> | null {
  switch (content.kind) {
    case "enumeration": {
      const { value, path } = item;
      if (typeof value === "string" && content.values.includes(value)) return value;
      return fault(reading, path, "not-allowed", `expected one of ${content.values.join(", ")}; got ${quoted(value)}`);
    }
    case "boolean":
      return readBoolean(reading, item);
    case "integer":
      return readScaled(reading, item, 0, "a whole number");
    case "date": {
      const { value, path } = item;
      if (typeof value === "string" && reading.standards.startOfDay(value, "UTC") !== null && value.length === 10)
        return value;
      return fault(reading, path, "malformed", `expected a real day such as 2024-02-29; got ${quoted(value)}`);
    }
    case "instant": {
      const at = readInstant(reading, item, null);
      return at === null ? null : formatInstant(at);
    }
    case "open":
      if (form?.kind === "text") return readText(reading, item, longestText);
      return form?.kind === "boolean" ? readBoolean(reading, item) : readScalar(reading, item);
    default:
      return readText(reading, item, longestText);
  }
}

/** How a field is read when its values are put in order and nothing else is said. */
function orderedForm(reading: Reading, operand: Spot, { name, content, path }: Field): FieldForm | null {
  const { type } = reading;
  const as = `${path.slice(0, path.lastIndexOf("."))}.as`;
  switch (content.kind) {
    case "money":
      if (type?.kind === "money") return { kind: "money", currency: type.currency };
      return fault(
        reading,
        as,
        "currency-needed",
        `${name} is money: name the currency, {"money": {"currency": "…"}}; facts in others do not match`,
      );
    case "integer":
    case "number":
    case "decimal": {
      const text = readDecimalText(reading, operand);
      if (text === null) return null;
      return { kind: "decimal", decimals: Math.min(digitsIn(text), mostDecimals) };
    }
    case "date":
      if (type?.kind === "date") return { kind: "date", zone: type.zone };
      return fault(reading, as, "zone-needed", `${name} is a date: name the zone, {"date": {"zone": "…"}}`);
    case "instant":
      return { kind: "date", zone: type?.kind === "date" ? type.zone : "UTC" };
    case "open":
      if (typeof operand.value === "number") return { kind: "decimal", decimals: 0 };
      return fault(
        reading,
        as,
        "form-needed",
        `the schema leaves open what ${name} holds: say how to read it, such as {"decimal": {"decimals": 2}}`,
      );
    default:
      return fault(
        reading,
        operand.path,
        "wrong-form",
        `is for numbers, money and dates; ${name} holds ${contentInWords(content)}`,
      );
  }
}

function readOrdered(reading: Reading, operand: Spot, as: FieldForm, { name, content }: Field): number | null {
  switch (as.kind) {
    case "decimal":
      return readScaled(reading, operand, as.decimals, name);
    case "money":
      return readAmount(reading, operand, as.currency);
    case "date":
      return readInstant(reading, operand, content.kind === "instant" && as.zone === "UTC" ? null : as.zone);
    default:
      return fault(reading, operand.path, "wrong-form", `is for numbers, money and dates, not for ${as.kind}`);
  }
}
