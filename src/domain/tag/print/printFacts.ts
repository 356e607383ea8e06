import { formatInstant } from "../../instant.ts";
import { formatDuration } from "../duration.ts";
import type { FactFilter, FactSelection, FieldForm } from "../factSelection.ts";
import type { OutsideFacts, OutsideFilter, OutsideForm, OutsideScalar, OutsideWindow } from "../outside.ts";
import type { Standards } from "../standards.ts";
import type { ValueType } from "../tagValue.ts";
import type { Window } from "../window.ts";
import { printValue } from "./printValue.ts";

export const printFacts = ({ types, where, window }: FactSelection, standards: Standards): OutsideFacts => ({
  types,
  ...(where === null ? {} : { where: printFilter(where, standards) }),
  window: printWindow(window),
});

const orders = { "<": "lessThan", "<=": "atMost", ">": "moreThan", ">=": "atLeast" } as const;

export function printFilter(filter: FactFilter, standards: Standards): OutsideFilter {
  switch (filter.kind) {
    case "all":
    case "any":
      return { [filter.kind]: filter.of.map(inner => printFilter(inner, standards)) };
    case "not":
      return { not: printFilter(filter.of, standards) };
    case "in": {
      const values = filter.values as readonly OutsideScalar[];
      const [value] = values;
      return values.length === 1 && value !== undefined
        ? { field: filter.field, equals: value }
        : { field: filter.field, in: values };
    }
    case "compare":
      return {
        field: filter.field,
        [orders[filter.operator]]: printValue(filter.value, typeOfForm(filter.as), standards),
        as: printForm(filter.as),
      };
    case "text":
      return { field: filter.field, [filter.operator]: filter.value };
    case "exists":
      return { field: filter.field, exists: true };
  }
}

/** The type whose values a field read in this form has. */
export function typeOfForm(form: FieldForm): ValueType {
  return form.kind === "decimal" ? { kind: "number", decimals: form.decimals, unit: null } : form;
}

export function printForm(form: FieldForm): OutsideForm {
  switch (form.kind) {
    case "text":
      return { text: true };
    case "boolean":
      return { boolean: true };
    case "decimal":
      return { decimal: { decimals: form.decimals } };
    case "money":
      return { money: { currency: form.currency } };
    case "date":
      return { date: { zone: form.zone } };
  }
}

export function printWindow(window: Window): OutsideWindow {
  switch (window.kind) {
    case "lifetime":
      return { lifetime: true };
    case "rolling":
      return { rolling: formatDuration(window.length) };
    case "ago":
      return { ago: { from: formatDuration(window.from), to: formatDuration(window.to) } };
    case "absolute":
      return { absolute: { from: formatInstant(window.from), to: formatInstant(window.to) } };
    case "calendar":
      return {
        calendar: {
          unit: window.unit,
          previous: window.previous,
          ...(window.current ? { current: true } : {}),
          zone: window.zone,
        },
      };
  }
}
