import type { NumberFormat } from "./coding.ts";

const lowest = -(2 ** 31);
const highest = 2 ** 31 - 1;
/** Half of the room is left for values to come. */
const room = 2 ** 30;

/** The narrowest that holds the sample with room to spare: instants of whole seconds or days take 32 bits, as smaller numbers do. */
export function formatFor(sample: readonly number[]): NumberFormat {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let scale = 0;
  for (const value of sample) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    scale = commonDivisor(scale, Math.abs(value));
  }
  if (least >= -room && most < room) return { kind: "i32", base: 0, scale: 1 };
  if (scale < 1000) return { kind: "f64" };
  const base = Math.round((least + most) / 2 / scale) * scale;
  return (most - base) / scale < room && (base - least) / scale <= room
    ? { kind: "i32", base, scale }
    : { kind: "f64" };
}

export function holdsI32(format: NumberFormat, value: number): boolean {
  if (format.kind === "f64") return true;
  const raw = (value - format.base) / format.scale;
  return Number.isInteger(raw) && raw >= lowest && raw <= highest;
}

function commonDivisor(a: number, b: number): number {
  let [high, low] = [a, b];
  while (low !== 0) [high, low] = [low, high % low];
  return high;
}
