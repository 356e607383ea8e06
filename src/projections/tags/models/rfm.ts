import { naturalOrder } from "./naturalOrder.ts";
import { stableOrder } from "./stableOrder.ts";

/** One customer's inputs, scaled integers as their tags hold them. Who lacks one of the three is not part of the population. */
export type RfmRow = {
  readonly row: number;
  readonly recency: number | null;
  readonly frequency: number | null;
  readonly monetary: number | null;
  /** The customer's id in the system that breaks ties; null where that system does not know the customer. */
  readonly tieKey: string | null;
  readonly customerId: string;
};

/** Scores 1 to `groups`, highest best, of `rows[i]` at index i. Rows stand in the order in which they were given. */
export type RfmScores = {
  readonly rows: Uint32Array;
  readonly recency: Uint8Array;
  readonly frequency: Uint8Array;
  readonly monetary: Uint8Array;
};

/**
 * The quantile groups of a population, as SQL's NTILE(groups) gives them: equal in size but for the first ones, which
 * take one more where the population does not divide. Ties are broken by `tieKey` in natural order, the lower key getting
 * the lower group; customers without one come after them, by customer id. `newest` says which recency is best: "low" for
 * an age (days since), "high" for a date.
 */
export function rfmScores(population: readonly RfmRow[], groups: number, newest: "low" | "high" = "low"): RfmScores {
  if (!Number.isInteger(groups) || groups < 1 || groups > 255)
    throw new RangeError(`groups: expected 1 to 255, got ${groups}`);
  const counted = population.filter(
    ({ recency, frequency, monetary }) => recency !== null && frequency !== null && monetary !== null,
  );
  const ties = tieOrder(counted);
  const sign = newest === "low" ? -1 : 1;
  const groupsBy = (inputOf: (row: RfmRow) => number): Uint8Array =>
    ntile(stableOrder(Float64Array.from(counted, inputOf), ties), groups);
  return {
    rows: Uint32Array.from(counted, ({ row }) => row),
    recency: groupsBy(({ recency }) => sign * (recency as number)),
    frequency: groupsBy(({ frequency }) => frequency as number),
    monetary: groupsBy(({ monetary }) => monetary as number),
  };
}

/** The three scores side by side, recency first: "543"; with more than nine groups "10-4-3". */
export const rfmCell = (recency: number, frequency: number, monetary: number, groups: number): string =>
  [recency, frequency, monetary].join(groups > 9 ? "-" : "");

function tieOrder(population: readonly RfmRow[]): Uint32Array {
  const keyed: number[] = [];
  const keyless: number[] = [];
  for (const [index, { tieKey }] of population.entries()) (tieKey === null ? keyless : keyed).push(index);
  const idOf = (index: number): string => (population[index] as RfmRow).customerId;
  keyless.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const order = new Uint32Array(population.length);
  const natural = naturalOrder(keyed.map(index => (population[index] as RfmRow).tieKey as string));
  for (const [at, index] of natural.entries()) order[at] = keyed[index] as number;
  order.set(keyless, keyed.length);
  return order;
}

/** The group (from 1) of each index, by its place in `order`. */
function ntile(order: Uint32Array, groups: number): Uint8Array {
  const size = Math.floor(order.length / groups);
  const larger = order.length % groups;
  const group = new Uint8Array(order.length);
  let place = 0;
  for (let number = 1; number <= groups; number += 1)
    for (const end = place + size + (number <= larger ? 1 : 0); place < end; place += 1)
      group[order[place] as number] = number;
  return group;
}
