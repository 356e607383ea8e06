import type { TagDefinition } from "../definition.ts";
import type { OutsideDefinition, OutsideValueType } from "../outside.ts";
import type { Standards } from "../standards.ts";
import type { ValueType } from "../tagValue.ts";
import { printRule } from "./printRule.ts";

/** The outside form of a definition, with nothing left to defaults: `parseDefinition` gives the same definition again. */
export function printDefinition(definition: TagDefinition, standards: Standards): OutsideDefinition {
  const { code, name, category, owner, description, type, sensitivity, rule } = definition;
  return {
    code,
    name,
    category,
    owner,
    description,
    type: printValueType(type),
    sensitivity,
    rule: printRule(rule, type, standards),
  };
}

export function printValueType(type: ValueType): OutsideValueType {
  switch (type.kind) {
    case "boolean":
      return { boolean: true };
    case "text":
      return { text: true };
    case "set":
      return { set: true };
    case "enumeration":
      return { enumeration: { values: type.values } };
    case "number":
      return { number: { decimals: type.decimals, ...(type.unit === null ? {} : { unit: type.unit }) } };
    case "money":
      return { money: { currency: type.currency } };
    case "date":
      return { date: { zone: type.zone } };
  }
}
