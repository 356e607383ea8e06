/*
 * Least-significant-digit radix sort: a million values in some ten milliseconds per 16 bits that they differ in, where a
 * sort with a comparison takes a second.
 */
const digitBits = 16;
const digits = 1 << digitBits;

/** The indices in `order`, ascending by their value; equal values stay in the order they had. Values are safe integers. */
export function stableOrder(values: Float64Array, order: Uint32Array): Uint32Array {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    const value = values[index] as number;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  // A range beyond the safe integers would lose digits: then the lower and the upper half are sorted by themselves.
  const middle = Math.floor(lowest / 2) + Math.floor(highest / 2);
  if (highest - lowest > Number.MAX_SAFE_INTEGER) return splitOrder(values, order, middle);
  let [from, to] = [order.slice(), new Uint32Array(order.length)];
  for (let scale = 1; scale <= highest - lowest; scale *= digits) {
    const starts = new Uint32Array(digits + 1);
    for (const index of from) starts[digitOf((values[index] as number) - lowest, scale) + 1]! += 1;
    for (let digit = 0; digit < digits; digit += 1) starts[digit + 1]! += starts[digit] as number;
    for (const index of from) {
      const digit = digitOf((values[index] as number) - lowest, scale);
      to[starts[digit]!] = index;
      starts[digit]! += 1;
    }
    [from, to] = [to, from];
  }
  return from;
}

const digitOf = (value: number, scale: number): number => Math.floor(value / scale) % digits;

function splitOrder(values: Float64Array, order: Uint32Array, middle: number): Uint32Array {
  const low = stableOrder(
    values,
    order.filter(index => (values[index] as number) <= middle),
  );
  const high = stableOrder(
    values,
    order.filter(index => (values[index] as number) > middle),
  );
  const whole = new Uint32Array(order.length);
  whole.set(low);
  whole.set(high, low.length);
  return whole;
}
