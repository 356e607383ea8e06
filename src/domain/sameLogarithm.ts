/*
 * Engines may differ in the last digit of Math.log and Math.exp. Sums, products and quotients of doubles are the same on every
 * machine (IEEE 754), and these functions use nothing else, in one order: a replay elsewhere gives the same scores.
 */
const ln2 = Math.LN2;

/** Natural logarithm of a positive number, within 1e-14. */
export function sameLog(value: number): number {
  let mantissa = value;
  let halvings = 0;
  while (mantissa > 1.5) {
    mantissa /= 2;
    halvings += 1;
  }
  while (mantissa < 0.75) {
    mantissa *= 2;
    halvings -= 1;
  }
  const t = (mantissa - 1) / (mantissa + 1);
  const square = t * t;
  let sum = 0;
  for (let odd = 27; odd >= 1; odd -= 2) sum = sum * square + 1 / odd;
  return 2 * t * sum + halvings * ln2;
}

/** e to the power of a number from -700 to 700, within 1e-14 of its value. */
export function sameExp(power: number): number {
  const doublings = Math.round(power / ln2);
  const rest = power - doublings * ln2;
  let sum = 1;
  for (let term = 20; term >= 1; term -= 1) sum = 1 + (sum * rest) / term;
  for (let n = 0; n < doublings; n += 1) sum *= 2;
  for (let n = 0; n > doublings; n -= 1) sum /= 2;
  return sum;
}
