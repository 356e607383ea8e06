import { code as currencyOf } from "currency-codes";
import { formatInstant, type Instant } from "../../../domain/instant.ts";
import { formatMinorUnits } from "../../../domain/money.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";

export const currencyDecimals = (currency: string): number => currencyOf(currency)?.digits ?? 0;

/** A value as a person reads it: "120.00 CZK", "12.5 days", "2024-02-29T23:00:00.000Z", "missing". */
export function valueText(value: TagValue, type: ValueType): string {
  if (value === null) return "missing";
  switch (type.kind) {
    case "boolean":
    case "enumeration":
    case "text":
      return String(value);
    case "number": {
      const figure = formatMinorUnits(value as number, type.decimals);
      return type.unit === null ? figure : `${figure} ${type.unit}`;
    }
    case "money":
      return `${formatMinorUnits(value as number, currencyDecimals(type.currency))} ${type.currency}`;
    case "date":
      return formatInstant(value as Instant);
    case "set":
      return (value as readonly string[]).join(", ");
  }
}

/** Digits after the point that a type's integers carry: money counts minor units, a date milliseconds. */
export const decimalsOf = (type: ValueType): number => (type.kind === "number" ? type.decimals : 0);
