import { murmur3OfText } from "../../segment/sampleBucket.ts";

/**
 * Numbers drawn evenly from (0, 1), the same for the same seed on every machine: xoshiro128** 1.1 (Blackman & Vigna, "Scrambled
 * linear pseudorandom number generators", 2021), its state four hashes of the seed. The domain imports no package, and the
 * generators of those at hand begin from 32 bits, which two of a few hundred thousand decisions would share.
 */
export function uniformsFrom(seed: string): () => number {
  let [a, b, c, d] = [1, 2, 3, 4].map(number => murmur3OfText(seed, number)) as [number, number, number, number];
  const next = (): number => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
  // 52 bits and half a step: neither 0 nor 1 comes, and nothing is rounded.
  return () => ((next() >>> 6) * 2 ** 26 + (next() >>> 6) + 0.5) / 2 ** 52;
}

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
