import currencies from "currency-codes";

const known = new Map<string, number | null>();

/** Decimals of a currency in ISO 4217 (CZK 2, JPY 0, KWD 3), or null for a code it does not list. */
export function currencyDigits(code: string): number | null {
  let digits = known.get(code);
  if (digits === undefined) {
    digits = currencies.code(code)?.digits ?? null;
    known.set(code, digits);
  }
  return digits;
}
