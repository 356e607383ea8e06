import type { JsonScalar } from "../../../domain/json.ts";
import { InexactFigure } from "../evaluation/inexactFigure.ts";

/** 10^0 to 10^15 as exact numbers. */
const powers = Array.from({ length: 16 }, (_, exponent) => Number(`1e${exponent}`));
export const powerOfTen = (exponent: number): number => powers[exponent] ?? 10 ** exponent;

export function exactNumber(figure: bigint, what: string): number {
  const number = Number(figure);
  if (!Number.isSafeInteger(number)) throw new InexactFigure(what, figure);
  return number;
}

export const isExact = (figure: number): boolean => figure <= 9_007_199_254_740_991 && figure >= -9_007_199_254_740_991;

/** The nearest integer to the quotient; a half goes to the even neighbour. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const [n, d] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
  let quotient = n / d;
  let rest = n % d;
  if (rest < 0n) {
    rest += d;
    quotient -= 1n;
  }
  const twice = rest * 2n;
  return twice > d || (twice === d && quotient % 2n !== 0n) ? quotient + 1n : quotient;
}

/** A figure scaled by 10^from as one scaled by 10^to, digits that go rounded half to even. */
export function rescale(figure: number, from: number, to: number, what: string): number {
  if (from === to) return figure;
  if (to > from) {
    const scaled = figure * powerOfTen(to - from);
    if (isExact(scaled)) return scaled;
    throw new InexactFigure(what, BigInt(figure) * 10n ** BigInt(to - from));
  }
  return Number(divideHalfEven(BigInt(figure), 10n ** BigInt(from - to)));
}

const decimal = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A JSON number or decimal text as an integer scaled by 10^decimals, further digits rounded half to even; null where it is none. */
export function readDecimal(raw: JsonScalar, decimals: number): number | null {
  if (typeof raw === "number" && Number.isInteger(raw)) {
    const scaled = raw * powerOfTen(decimals);
    if (isExact(scaled)) return scaled;
  }
  if (typeof raw !== "number" && typeof raw !== "string") return null;
  const match = decimal.exec(String(raw));
  if (match === null) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const digits = BigInt((sign ?? "") + whole + fraction);
  const shift = decimals - fraction.length + Number(exponent);
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfEven(digits, 10n ** BigInt(-shift));
  return exactNumber(scaled, "a decimal");
}
