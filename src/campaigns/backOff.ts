/** Milliseconds: the first pause, which doubles each time, and the longest there is. */
export type BackOff = { readonly firstMs: number; readonly longestMs: number };

/**
 * How long to wait after the `attempt`th failure (from 1): somewhere in the upper half of the pause, so that what failed together does
 * not come again together. `random` gives [0, 1).
 */
export function pauseAfter(attempt: number, { firstMs, longestMs }: BackOff, random: () => number): number {
  const pause = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 40));
  return Math.ceil(pause / 2 + (pause / 2) * random());
}
