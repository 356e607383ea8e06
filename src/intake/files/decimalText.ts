/** How a source writes numbers: the decimal sign, and what (if anything) stands between thousands. */
export type NumberStyle = { readonly decimal: string; readonly group: string | null };

export const plainNumbers: NumberStyle = { decimal: ".", group: null };

const plain = /^([+-]?)(\d*)(?:\.(\d+))?$/;
const grouped = /^\d{1,3}(?: \d{3})+$|^\d*$/;

/**
 * The canonical decimal text ("-1234.50") of a number as the source writes it ("-1 234,50"): no plus, no leading zeros,
 * no negative zero; the decimals stay as written. Null where the text is no decimal; exponents are none.
 */
export function readDecimal(text: string, style: NumberStyle): string | null {
  const match = plain.exec(style === plainNumbers ? text : (toPlain(text, style) ?? "?"));
  if (match === null) return null;
  const [, sign, whole = "", decimals] = match;
  if (whole === "" && decimals === undefined) return null;
  const magnitude = (whole.replace(/^0+(?=\d)/, "") || "0") + (decimals === undefined ? "" : `.${decimals}`);
  return sign === "-" && /[1-9]/.test(magnitude) ? `-${magnitude}` : magnitude;
}

function toPlain(text: string, { decimal, group }: NumberStyle): string | null {
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  const [whole = "", decimals, ...rest] = text.slice(sign.length).split(decimal);
  if (rest.length > 0 || (decimals !== undefined && !/^\d+$/.test(decimals))) return null;
  const spaced = group === null ? whole : whole.replaceAll(isSpace(group) ? /[\u0020\u00a0\u202f]/g : group, " ");
  if (!grouped.test(spaced)) return null;
  return sign + spaced.replaceAll(" ", "") + (decimals === undefined ? "" : `.${decimals}`);
}

// Spreadsheets write the space between thousands as one that does not break.
const isSpace = (group: string): boolean => group.trim() === "";

/** The integer a decimal text stands for ("12" and "12.00", not "12.5"), or null; beyond the safe integers also null. */
export function readInteger(text: string, style: NumberStyle): number | null {
  const decimal = readDecimal(text, style);
  if (decimal === null || !/^-?\d+(?:\.0+)?$/.test(decimal)) return null;
  const integer = Number(decimal);
  return Number.isSafeInteger(integer) ? integer : null;
}
