import { mostBuckets } from "./coding.ts";

/**
 * Cuts between at most 254 buckets that hold about as many of the ascending values each; a value that is more than a bucket's
 * share gets a bucket of its own, so that a test of it need not look at any exact value.
 */
export function cutsOf(sorted: Float64Array): Float64Array {
  const cuts = new Set<number>();
  const lowest = sorted[0] as number;
  const share = sorted.length / (mostBuckets * 0.75);
  for (let from = 0; from < sorted.length; ) {
    const value = sorted[from] as number;
    const to = firstAbove(sorted, value, from);
    if (to - from >= share) {
      cuts.add(value);
      cuts.add(value + 1);
    }
    from = to;
  }
  const singles = new Set(cuts);
  const left = mostBuckets - 1 - singles.size;
  // Quantiles of what is no heavy value; those that fall together leave room that is not needed.
  const rest = sorted.filter(value => !(singles.has(value) && singles.has(value + 1)));
  for (let index = 1; index <= left && rest.length > 0; index += 1) {
    const value = rest[Math.floor((index * rest.length) / (left + 1))] as number;
    if (value > lowest) cuts.add(value);
  }
  return Float64Array.from([...cuts].slice(0, mostBuckets - 1)).sort();
}

function firstAbove(sorted: Float64Array, value: number, from: number): number {
  let step = 1;
  let low = from;
  while (low + step < sorted.length && (sorted[low + step] as number) <= value) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, sorted.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
