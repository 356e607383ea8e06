import { setTimeout } from "node:timers/promises";
import type { Instant } from "../domain/instant.ts";

/** Time as the courier meets it; tests turn it by hand. */
export type Timers = {
  readonly now: () => Instant;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** Node's timers go no further. */
const longestMs = 2 ** 31 - 1;

export const systemTimers: Timers = {
  now: Date.now,
  wait: (ms, signal) => setTimeout(Math.min(Math.max(ms, 0), longestMs), undefined, { signal }).catch(() => undefined),
};
