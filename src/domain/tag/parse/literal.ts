import { type Instant, parseInstant } from "../../instant.ts";
import type { JsonScalar } from "../../json.ts";
import { parseMinorUnits } from "../../money.ts";
import type { TagValue, ValueType } from "../tagValue.ts";
import { fault, quoted, type Reading, readBoolean, readList, readText, type Spot, wrongType } from "./reading.ts";

export const longestText = 2000;

/** A decimal as text: from text, or a whole JSON number. Null with a fault where it is neither. */
export function readDecimalText(reading: Reading, spot: Spot): string | null {
  const { value, path } = spot;
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return String(value);
    return fault(
      reading,
      path,
      "malformed",
      `write decimals as text: ${Number.isInteger(value) ? "numbers this large" : "JSON fractions"} are not exact`,
    );
  }
  if (typeof value !== "string") return wrongType(reading, spot, 'a decimal, as text ("12.30") or a whole number');
  if (/^-?\d{1,40}(\.\d{1,40})?$/.test(value)) return value;
  return fault(reading, path, "malformed", `expected a decimal such as "12.30"; got ${quoted(value)}`);
}

/** Digits after the point of a decimal text. */
export const digitsIn = (text: string): number => (text.split(".")[1] ?? "").length;

/** Decimal text scaled by 10^decimals. */
export function readScaled(reading: Reading, spot: Spot, decimals: number, what: string): number | null {
  const text = readDecimalText(reading, spot);
  if (text === null) return null;
  const scaled = parseMinorUnits(text, decimals);
  if (scaled !== null) return scaled;
  return digitsIn(text.replace(/0+$/, "")) > decimals && text.includes(".")
    ? fault(reading, spot.path, "too-precise", `has more than the ${decimals} decimals of ${what}`)
    : fault(reading, spot.path, "out-of-range", "is too large to be kept exactly");
}

/** An amount in minor units of a known currency. */
export const readAmount = (reading: Reading, spot: Spot, currency: string): number | null =>
  readScaled(reading, spot, reading.standards.digitsOf(currency) ?? 0, currency);

/** An RFC 3339 instant, or a day, which begins at its first instant in `zone`; a null zone takes instants only. */
export function readInstant(reading: Reading, spot: Spot, zone: string | null): Instant | null {
  const { value, path } = spot;
  if (typeof value !== "string") return wrongType(reading, spot, "a day (YYYY-MM-DD) or an RFC 3339 instant");
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value);
  if (day && zone === null)
    return fault(reading, path, "zone-needed", "a day begins at another instant in each zone: name one, or an instant");
  const at = day ? reading.standards.startOfDay(value, zone as string) : parseInstant(value);
  if (at !== null) return at;
  return fault(
    reading,
    path,
    "malformed",
    `expected a real day (2024-02-29) or an RFC 3339 instant with offset (2024-02-29T12:00:00Z); got ${quoted(value)}`,
  );
}

/** A value of the type, in the scale it is kept in. */
export function readTagValue(reading: Reading, spot: Spot, type: ValueType): Exclude<TagValue, null> | null {
  switch (type.kind) {
    case "boolean":
      return readBoolean(reading, spot);
    case "enumeration": {
      const text = readText(reading, spot, longestText);
      if (text === null || type.values.includes(text)) return text;
      return fault(reading, spot.path, "not-allowed", `expected one of ${type.values.join(", ")}; got ${quoted(text)}`);
    }
    case "number":
      return readScaled(reading, spot, type.decimals, "the type");
    case "money":
      return readAmount(reading, spot, type.currency);
    case "date":
      return readInstant(reading, spot, type.zone);
    case "text":
      return readText(reading, spot, longestText);
    case "set":
      return readSet(reading, spot);
  }
}

/** Sorted, without repeats. */
export function readSet(reading: Reading, spot: Spot): readonly string[] | null {
  const members = readList(reading, spot, 0, item => readText(reading, item, longestText));
  return members === null ? null : [...new Set(members)].sort();
}

/** Text, boolean, or a number that JSON keeps exactly: for fields whose values are compared as they are stored. */
export function readScalar(reading: Reading, spot: Spot): Exclude<JsonScalar, null> | null {
  const { value, path } = spot;
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return readText(reading, spot, longestText);
  if (typeof value !== "number") return wrongType(reading, spot, "text, a number, true or false");
  if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  return fault(reading, path, "out-of-range", "is too large to be kept exactly");
}
