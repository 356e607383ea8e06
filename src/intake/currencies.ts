import { codes, code as currencyOf } from "currency-codes";

const digits = new Map(codes().map(code => [code, currencyOf(code)?.digits ?? 0]));

/** Decimals of an ISO 4217 currency ("CZK" has 2, "JPY" 0), or undefined where there is no such currency. */
export const currencyDigits = (code: string): number | undefined => digits.get(code);
