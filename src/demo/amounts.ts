import type { Draw } from "./draw.ts";

/*
 * Quantiles of a log-normal distribution with median 1 and sigma 0.6, in thousandths, at the 32 odd 64ths: drawn from a
 * table because Math.exp and Math.log may differ in their last bit between engines.
 */
const spread = [
  275, 347, 398, 440, 479, 514, 548, 580, 612, 643, 675, 706, 738, 771, 804, 838, 874, 911, 950, 991, 1035, 1082, 1132,
  1187, 1248, 1316, 1393, 1482, 1589, 1726, 1935, 2510,
];
const tail = [2900, 3200, 3600, 4400];

/** An amount around `typical` with the long right tail that prices have, in the same unit. */
export function amountAround(draw: Draw, typical: number): number {
  const perThousand = draw.pick(draw.chance(30) ? tail : spread);
  const wobble = draw.int(940, 1060);
  return Math.max(1, Math.floor((typical * perThousand * wobble) / 1_000_000));
}

/** Cents as shops set them: many prices end in .99, .90 or .00, the rest anywhere. */
export function shopPrice(draw: Draw, typical: number): number {
  const amount = amountAround(draw, typical);
  if (amount < 300) return amount;
  const whole = amount - (amount % 100);
  const ending = draw.int(0, 9);
  if (ending < 2) return whole + 99;
  if (ending === 2) return whole + 90;
  if (ending === 3) return whole;
  return amount;
}

/** To the nearest multiple at or below, at least one of it. */
export const roundedDown = (amount: number, multiple: number): number =>
  Math.max(multiple, amount - (amount % multiple));
