import type { JsonScalar } from "../../../domain/json.ts";
import type { FieldForm } from "../../../domain/tag/factSelection.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import { decimalsOf } from "../evaluation/valueText.ts";
import { rescale } from "./decimals.ts";

/** Digits after the point of the integers that a field of this form is read as. */
export const decimalsOfForm = (form: FieldForm): number => (form.kind === "decimal" ? form.decimals : 0);

/** A field as read in its form, as a value of the tag's type. Missing where it is none of them: a text outside an enumeration. */
export function typedValue(form: FieldForm, type: ValueType, what: string): (raw: JsonScalar) => TagValue {
  const from = decimalsOfForm(form);
  switch (type.kind) {
    case "number":
    case "money":
    case "date": {
      const to = decimalsOf(type);
      return raw => (typeof raw === "number" ? rescale(raw, from, to, what) : null);
    }
    case "boolean":
      return raw => (typeof raw === "boolean" ? raw : null);
    case "enumeration": {
      const allowed = new Set(type.values);
      return raw => (typeof raw === "string" && allowed.has(raw) ? raw : null);
    }
    case "text":
      return raw => (raw === null ? null : String(raw));
    case "set":
      return raw => (raw === null ? null : [String(raw)]);
  }
}
