import type { Position } from "../domain/event.ts";

/** Tells readers how far the committed read models reach; a bridge between threads publishes what it is told. */
export type CheckpointSignal = {
  readonly reached: () => Position;
  /**
   * Positions that do not go forward are ignored. `commits` counts commits, those that move no position too; without it each
   * call stands for one.
   */
  readonly publish: (position: Position, commits?: number) => void;
  /** Wakes those who wait for a commit: what they read now may be another generation's. */
  readonly renewed: () => void;
  /** Resolves true once `position` is committed, false when `timeoutMs` went by first. */
  readonly waitFor: (position: Position, timeoutMs: number) => Promise<boolean>;
  /** How often there was something new to read. */
  readonly commits: () => number;
  /** Resolves once `commits` is beyond `seen`, or the signal is aborted. */
  readonly waitForCommit: (seen: number, signal: AbortSignal) => Promise<void>;
};

export function createCheckpointSignal(start: Position = 0): CheckpointSignal {
  let reached = start;
  let told = 0;
  let counted: number | null = null;
  const waiting = new Set<{ readonly position: Position; readonly wake: () => void }>();
  const waitingForCommit = new Set<() => void>();

  const renewed = (): void => {
    told += 1;
    for (const wake of [...waitingForCommit]) wake();
  };

  return {
    reached: () => reached,
    publish: (position, commits) => {
      const news = commits === undefined || commits !== counted || position > reached;
      if (commits !== undefined) counted = commits;
      if (position > reached) {
        reached = position;
        for (const waiter of waiting) if (waiter.position <= reached) waiter.wake();
      }
      if (news) renewed();
    },
    renewed,
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
    commits: () => told,
    waitForCommit: (seen, signal) => {
      if (told > seen || signal.aborted) return Promise.resolve();
      return new Promise(resolve => {
        const wake = (): void => {
          waitingForCommit.delete(wake);
          signal.removeEventListener("abort", wake);
          resolve();
        };
        waitingForCommit.add(wake);
        signal.addEventListener("abort", wake);
      });
    },
  };
}
