/*
 * What cells hold: exact sums by name. Squares of amounts and totals of whole banks leave the safe integers, so all are big integers.
 * What is 0 is not there, so that sums that were added and taken away again are as if they had never been.
 */
export type Sums = ReadonlyMap<string, bigint>;
export type GrowingSums = Map<string, bigint>;

export function addTo(sums: GrowingSums, name: string, by: bigint): void {
  if (by === 0n) return;
  const sum = (sums.get(name) ?? 0n) + by;
  if (sum === 0n) sums.delete(name);
  else sums.set(name, sum);
}

/** `times`: a whole number; less than 0 takes them away. */
export function addAll(sums: GrowingSums, others: Sums, times = 1): void {
  const factor = BigInt(times);
  for (const [name, by] of others) addTo(sums, name, times === 1 ? by : by * factor);
}

/** Equal sums give equal texts. Figures beyond the safe integers are texts. */
export function printSums(sums: Sums): string {
  const flat = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, sum]) => [name, Number.isSafeInteger(Number(sum)) ? Number(sum) : String(sum)]);
  return JSON.stringify(flat);
}

/** Of a text that `printSums` gave. */
export function parseSums(text: string): GrowingSums {
  const flat = JSON.parse(text) as readonly (string | number)[];
  const sums: GrowingSums = new Map();
  for (let index = 0; index < flat.length; index += 2)
    sums.set(flat[index] as string, BigInt(flat[index + 1] as string));
  return sums;
}
