import { formatInstant } from "../../instant.ts";
import { formatMinorUnits } from "../../money.ts";
import type { OutsideLiteral } from "../outside.ts";
import type { Standards } from "../standards.ts";
import type { TagValue, ValueType } from "../tagValue.ts";

/** A value as the outside writes it: decimals and amounts as text, dates as UTC instants. */
export function printValue(value: Exclude<TagValue, null>, type: ValueType, standards: Standards): OutsideLiteral {
  switch (type.kind) {
    case "number":
      return formatMinorUnits(value as number, type.decimals);
    case "money":
      return formatMinorUnits(value as number, standards.digitsOf(type.currency) ?? 0);
    case "date":
      return formatInstant(value as number);
    default:
      return value as OutsideLiteral;
  }
}
