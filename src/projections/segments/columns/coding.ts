/** Codes of one byte. What the others mean is said by the column's coding. */
export const missingCode = 0;
export const failedCode = 1;
export const firstCode = 2;
/** Of a `frequent` coding: not one of the frequent values, look at the id. */
export const restCode = 255;
/** Values that have a code each, so that nothing but codes is kept. */
export const mostDirectValues = 254;
export const mostFrequentValues = 253;
export const mostBuckets = 254;
/** Sets of more different members are kept by ids, like texts. */
export const mostMembers = 512;

/** How numbers are kept beside their codes: as they are, or as base + scale × (a 32-bit integer) where all of them fit. */
export type NumberFormat =
  | { readonly kind: "f64" }
  | { readonly kind: "i32"; readonly base: number; readonly scale: number };

export type Coding =
  /** Code = id of the value in the column's dictionary + 2. */
  | { readonly kind: "direct" }
  /** The most frequent values have codes (`ids[code - 2]`), and every row has the id of its value. */
  | { readonly kind: "frequent"; readonly ids: readonly number[]; readonly codes: ReadonlyMap<number, number> }
  /**
   * Sets by who holds each member: what most sets take least room as. Code - 2 = the marks of the members that the row holds, so that
   * whoever wants to know them all need not ask all.
   */
  | { readonly kind: "members" }
  /** Code - 2 = how many of the ascending `cuts` are not above the number, which is kept beside it. */
  | { readonly kind: "sketch"; readonly cuts: Float64Array; readonly format: NumberFormat };

/** The sketch's code of a number. */
export function bucketCode(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cuts[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low + firstCode;
}

/** The integers of a bucket: from and to both belong to it; ends may be infinite. */
export function bucketRange(cuts: Float64Array, code: number): { readonly from: number; readonly to: number } {
  const bucket = code - firstCode;
  return {
    from: bucket === 0 ? Number.NEGATIVE_INFINITY : (cuts[bucket - 1] as number),
    to: bucket >= cuts.length ? Number.POSITIVE_INFINITY : (cuts[bucket] as number) - 1,
  };
}
