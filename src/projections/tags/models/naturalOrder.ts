import { stableOrder } from "./stableOrder.ts";

/**
 * A text that sorts by code unit where the id sorts naturally: each run of digits goes as "0", the count of its digits and
 * the digits, leading zeros aside. Ids hold no run of more than 65,000 digits.
 */
const sortable = (id: string): string =>
  id.replace(/\d+/g, run => {
    const digits = run.replace(/^0+(?=\d)/, "");
    return `0${String.fromCharCode(digits.length)}${digits}`;
  });

/**
 * Natural order of ids: runs of digits compare as the numbers they write, everything else by code unit; "C2" comes before
 * "C10", "7" before "07". The same everywhere: no locale has a say.
 */
export const compareNatural = (a: string, b: string): number =>
  compareTexts(sortable(a), sortable(b)) || a.length - b.length || compareTexts(a, b);

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Indices of the keys in natural order. Ids of one system mostly are one prefix and a number, which needs no comparing. */
export function naturalOrder(keys: readonly string[]): Uint32Array {
  const order = Uint32Array.from(keys, (_, index) => index);
  const compareAt = (a: number, b: number): number => compareNatural(keys[a] as string, keys[b] as string);
  const numbers = numbersBehindOnePrefix(keys);
  if (numbers === null) {
    const sortables = keys.map(sortable);
    return order.sort((a, b) => compareTexts(sortables[a] as string, sortables[b] as string) || compareAt(a, b));
  }
  const sorted = stableOrder(numbers, order);
  for (let start = 0, end = 1; end <= sorted.length; end += 1) {
    if (end < sorted.length && numbers[sorted[end] as number] === numbers[sorted[start] as number]) continue;
    if (end - start > 1) sorted.subarray(start, end).sort(compareAt);
    start = end;
  }
  return sorted;
}

function numbersBehindOnePrefix(keys: readonly string[]): Float64Array | null {
  const prefix = /^\D*/.exec(keys[0] ?? "")?.[0] as string;
  const numbers = new Float64Array(keys.length);
  for (const [index, key] of keys.entries()) {
    const end = key.length;
    if (end - prefix.length > 15 || end === prefix.length || !key.startsWith(prefix)) return null;
    let number = 0;
    for (let at = prefix.length; at < end; at += 1) {
      const digit = key.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) return null;
      number = number * 10 + digit;
    }
    numbers[index] = number;
  }
  return numbers;
}
