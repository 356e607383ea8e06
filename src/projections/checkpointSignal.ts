import type { Position } from "../domain/event.ts";

/** Tells readers how far the committed read models reach; a bridge between threads publishes what it is told. */
export type CheckpointSignal = {
  readonly reached: () => Position;
  /** Positions that do not go forward are ignored. */
  readonly publish: (position: Position) => void;
  /** Resolves true once `position` is committed, false when `timeoutMs` went by first. */
  readonly waitFor: (position: Position, timeoutMs: number) => Promise<boolean>;
};

export function createCheckpointSignal(start: Position = 0): CheckpointSignal {
  let reached = start;
  const waiting = new Set<{ readonly position: Position; readonly wake: () => void }>();
  return {
    reached: () => reached,
    publish: position => {
      if (position <= reached) return;
      reached = position;
      for (const waiter of waiting) if (waiter.position <= reached) waiter.wake();
    },
    waitFor: (position, timeoutMs) => {
      if (position <= reached) return Promise.resolve(true);
      return new Promise(resolve => {
        const settle = (arrived: boolean) => {
          clearTimeout(timer);
          waiting.delete(waiter);
          resolve(arrived);
        };
        const waiter = { position, wake: () => settle(true) };
        const timer = setTimeout(() => settle(false), timeoutMs);
        waiting.add(waiter);
      });
    },
  };
}
