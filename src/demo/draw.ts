import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** Random choices as integers only: floats print and round differently across engines, integers do not. */
export type Draw = {
  /** Both ends included. */
  readonly int: (low: number, high: number) => number;
  /** True in `n` of `outOf` cases. */
  readonly chance: (n: number, outOf?: number) => boolean;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** Index into a list of cumulative weights. */
  readonly weighted: (cumulative: readonly number[]) => number;
  /** `n / 1000` as a whole number, the fraction decided by chance, so that the mean is kept. */
  readonly count: (perThousand: number) => number;
};

/** A generator of its own for each tuple of keys, so that any part of the bank can be made without what comes before it. */
export function drawFor(...keys: readonly number[]): Draw {
  const generator = xoroshiro128plusFromState([1, 2, 3, 4].map(word => keys.reduce(mixSafeInteger, mix(0, word)) | 0));
  const int = (low: number, high: number): number => uniformInt(generator, low, high);
  return {
    int,
    chance: (n, outOf = 1000) => int(1, outOf) <= n,
    pick: items => items[int(0, items.length - 1)]!,
    weighted: cumulative => {
      const ticket = int(1, cumulative[cumulative.length - 1]!);
      return cumulative.findIndex(bound => ticket <= bound);
    },
    count: perThousand => Math.floor(perThousand / 1000) + (int(1, 1000) <= perThousand % 1000 ? 1 : 0),
  };
}

export function cumulate(weights: readonly number[]): readonly number[] {
  let sum = 0;
  return weights.map(weight => {
    sum += weight;
    return sum;
  });
}

const mixSafeInteger = (hash: number, key: number): number => mix(mix(hash, Math.floor(key / 2 ** 32) | 0), key | 0);

/** One round of MurmurHash3 with its finaliser. */
function mix(hash: number, key: number): number {
  let mixed = Math.imul(hash ^ Math.imul(key, 0xcc9e2d51), 0x9e3779b1) + 0x6b43a9b5;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
