/** Decimal text with at most two decimals ("-12.3") as an integer count of hundredths. */
export function hundredths(decimal: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(decimal);
  if (match === null) throw new Error(`not a decimal with at most two decimals: ${decimal}`);
  const [, sign, whole, fraction = ""] = match;
  const value = BigInt(whole + fraction.padEnd(2, "0"));
  return sign === "-" ? -value : value;
}

export function decimalText(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(3, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export const sumOf = (decimals: Iterable<string>): string => {
  let sum = 0n;
  for (const decimal of decimals) sum += hundredths(decimal);
  return decimalText(sum);
};

export function groupBy<Item>(items: Iterable<Item>, key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

export const countsBy = <Item>(items: Iterable<Item>, key: (item: Item) => string): Record<string, number> =>
  Object.fromEntries([...groupBy(items, key)].map(([name, group]) => [name, group.length]));

export type CountAndSum = { readonly n: number; readonly sum: string };

export const sumsBy = <Item>(
  items: Iterable<Item>,
  key: (item: Item) => string,
  amount: (item: Item) => string,
): Record<string, CountAndSum> =>
  Object.fromEntries(
    [...groupBy(items, key)].map(([name, group]) => [name, { n: group.length, sum: sumOf(group.map(amount)) }]),
  );
