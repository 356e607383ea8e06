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
  // Not that of node:timers/promises, which makes an error for each wait that is cut short: one for each message.
  wait: (ms, signal) =>
    new Promise(resolve => {
      if (signal.aborted) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(Math.max(ms, 0), longestMs));
      signal.addEventListener("abort", end);
    }),
};
