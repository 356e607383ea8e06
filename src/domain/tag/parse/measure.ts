import type { FieldForm } from "../factSelection.ts";
import type { Measure } from "../rule.ts";
import type { ValueType } from "../tagValue.ts";
import { type Field, readField } from "./fields.ts";
import { checkReadable, formOfType, readForm } from "./form.ts";
import {
  fault,
  member,
  type Reading,
  readChoice,
  readMembers,
  readTrue,
  readZone,
  type Spot,
  typePath,
} from "./reading.ts";

const onField = ["sum", "average", "minimum", "maximum", "distinct", "first", "last", "mostFrequent", "set"] as const;
type OnField = (typeof onField)[number];

/** Types that a measure can give values of; those not named here, any but set. */
const typesOf: Readonly<Partial<Record<Measure["kind"], readonly ValueType["kind"][]>>> = {
  count: ["number"],
  distinct: ["number"],
  distinctDays: ["number"],
  sum: ["number", "money"],
  average: ["number", "money"],
  minimum: ["number", "money", "date"],
  maximum: ["number", "money", "date"],
  set: ["set"],
};
const anyButSet = ["boolean", "enumeration", "number", "money", "date", "text"] as const;

export function readMeasure(reading: Reading, spot: Spot, types: readonly string[]): Measure | null {
  const choice = readChoice(reading, spot, ["count", "distinctDays", ...onField], "a measure");
  if (choice === null) return null;
  const { name, spot: inner } = choice;
  const { type } = reading;
  if (type !== null) checkType(reading, inner.path, name, type);
  if (name === "count") return readTrue(reading, inner) && { kind: "count" };
  if (name === "distinctDays") {
    if (!readMembers(reading, inner, ["zone"], "distinct days")) return null;
    const zone = readZone(reading, member(inner, "zone"));
    return zone === null ? null : { kind: "distinctDays", zone };
  }
  if (!readMembers(reading, inner, ["field", "as"], "a measure")) return null;
  const field = readField(reading, member(inner, "field"), { types, on: "every" });
  const said = readForm(reading, member(inner, "as"));
  if (field === null || said === null || type === null) return null;
  const form = said ?? (name === "distinct" ? distinctForm(reading, inner, field) : formOfType(type));
  if (form === null) return null;
  const formPath = said === undefined ? field.path : `${inner.path}.as`;
  if (!checkReadable(reading, formPath, field.name, field.content, form)) return null;
  if (name !== "distinct") checkForm(reading, formPath, name, form, type);
  checkValues(reading, field, form, type);
  return { kind: name, field: field.name, form };
}

function checkType(reading: Reading, path: string, name: Measure["kind"], type: ValueType): void {
  const possible = typesOf[name] ?? anyButSet;
  if (!possible.includes(type.kind))
    fault(reading, path, "type-mismatch", `${name} gives ${possible.join(" or ")}; the type is ${type.kind}`);
  else if ((name === "count" || name.startsWith("distinct")) && type.kind === "number" && type.decimals !== 0)
    fault(
      reading,
      typePath(reading, "number.decimals"),
      "type-mismatch",
      `${name} gives whole numbers; it has no use for decimals`,
    );
  else if (name === "distinctDays" && type.kind === "number" && !["days", null].includes(type.unit))
    fault(
      reading,
      typePath(reading, "number.unit"),
      "unit-mismatch",
      `distinctDays counts days; the type's unit is ${type.unit}`,
    );
}

/** The field has to be read as what the tag's values are. */
function checkForm(reading: Reading, path: string, name: OnField, form: FieldForm, type: ValueType): void {
  const wanted = formOfType(type);
  if (form.kind !== wanted.kind)
    fault(reading, path, "type-mismatch", `is read as ${form.kind}; the type is ${type.kind}`);
  else if (form.kind === "money" && wanted.kind === "money" && form.currency !== wanted.currency)
    fault(reading, path, "currency-mismatch", `is read in ${form.currency}; the type's currency is ${wanted.currency}`);
  else if (form.kind === "decimal" && wanted.kind === "decimal") {
    const fits = name === "average" ? form.decimals <= wanted.decimals : form.decimals === wanted.decimals;
    if (!fits)
      fault(reading, path, "type-mismatch", `is read with ${form.decimals} decimals; the type has ${wanted.decimals}`);
  }
}

/** What a field of fixed values can hold must be a value of the tag. */
function checkValues(reading: Reading, field: Field, form: FieldForm, type: ValueType): void {
  if (type.kind !== "enumeration" || form.kind !== "text" || field.content.kind !== "enumeration") return;
  const lacking = field.content.values.filter(value => !type.values.includes(value));
  if (lacking.length > 0)
    fault(
      reading,
      typePath(reading, "enumeration.values"),
      "values-missing",
      `${field.name} can also be ${lacking.join(", ")}; the type's values must include every value of the field`,
    );
}

/** How values are told apart. */
function distinctForm(reading: Reading, spot: Spot, { name, content }: Field): FieldForm | null {
  switch (content.kind) {
    case "boolean":
      return { kind: "boolean" };
    case "integer":
      return { kind: "decimal", decimals: 0 };
    case "money":
    case "number":
    case "decimal":
      return fault(
        reading,
        `${spot.path}.as`,
        content.kind === "money" ? "currency-needed" : "form-needed",
        content.kind === "money"
          ? `${name} is money: name the currency, {"money": {"currency": "…"}}`
          : `${name} is a ${content.kind}: say to how many decimals, {"decimal": {"decimals": 2}}`,
      );
    default:
      return { kind: "text" };
  }
}
