/** An exact amount: an integer count of the currency's minor unit, and its ISO 4217 code. Never a float. */
export type Money = { readonly minorUnits: number; readonly currency: string };

/**
 * Reads a decimal text ("-12.30") as minor units. `digits` is the currency's exponent in ISO 4217. Null where the text
 * is no decimal, has more decimals than the currency (trailing zeros aside), or leaves the safe integers.
 */
export function parseMinorUnits(text: string, digits: number): number | null {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) return null;
  const [, sign, whole, decimals = ""] = match;
  const significant = decimals.replace(/0+$/, "");
  if (significant.length > digits) return null;
  const minorUnits = Number(whole + significant.padEnd(digits, "0"));
  if (!Number.isSafeInteger(minorUnits)) return null;
  return sign === "-" && minorUnits !== 0 ? -minorUnits : minorUnits;
}

/** The decimal text of minor units, always with all the currency's decimals: (-1230, 2) gives "-12.30". */
export function formatMinorUnits(minorUnits: number | bigint, digits: number): string {
  const magnitude = String(minorUnits < 0 ? -minorUnits : minorUnits).padStart(digits + 1, "0");
  const text = digits === 0 ? magnitude : `${magnitude.slice(0, -digits)}.${magnitude.slice(-digits)}`;
  return minorUnits < 0 ? `-${text}` : text;
}
