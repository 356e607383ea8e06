import type { ValueType } from "../tagValue.ts";
import { mostDecimals, readDate, readMoney } from "./form.ts";
import {
  fault,
  isThere,
  member,
  type Reading,
  readChoice,
  readList,
  readMembers,
  readText,
  readTrue,
  readWhole,
  type Spot,
} from "./reading.ts";

const kinds = ["boolean", "enumeration", "number", "money", "date", "text", "set"] as const;

export function readValueType(reading: Reading, spot: Spot): ValueType | null {
  const choice = readChoice(reading, spot, kinds, "a type");
  if (choice === null) return null;
  const { name, spot: inner } = choice;
  switch (name) {
    case "boolean":
    case "text":
    case "set":
      return readTrue(reading, inner) && { kind: name };
    case "enumeration": {
      if (!readMembers(reading, inner, ["values"], "an enumeration")) return null;
      const at = member(inner, "values");
      const values = readList(reading, at, 1, item => readText(reading, item, 100));
      if (values === null || new Set(values).size === values.length) return values && { kind: "enumeration", values };
      const twice = values.find((value, index) => values.indexOf(value) < index);
      return fault(reading, at.path, "repeated", `names ${twice} twice`);
    }
    case "number": {
      if (!readMembers(reading, inner, ["decimals", "unit"], "a number")) return null;
      const decimalsSpot = member(inner, "decimals");
      const decimals = isThere(decimalsSpot) ? readWhole(reading, decimalsSpot, 0, mostDecimals) : 0;
      const unitSpot = member(inner, "unit");
      const unit = isThere(unitSpot) ? readText(reading, unitSpot, 40) : undefined;
      return decimals === null || unit === null ? null : { kind: "number", decimals, unit: unit ?? null };
    }
    case "money":
      return readMoney(reading, inner);
    case "date":
      return readDate(reading, inner);
  }
}
