import type { Header } from "./header.ts";

/** The other side has held the columns for longer than it ever should: it has died, or is stuck. */
export class ColumnsHeld extends Error {
  override readonly name = "ColumnsHeld";
  readonly code = "TIMEOUT";
}

/**
 * One thread that writes and one that reads, never both at once. A reader that waits has its turn as soon as the writer is done
 * with what it is at, however fast it goes on writing. Only threads that may block can use it, which the main thread of a
 * server should not.
 */
export type Exclusion = {
  /** May be nested. */
  readonly write: <Value>(work: () => Value) => Value;
  readonly read: <Value>(work: () => Value, timeoutMs: number) => Value;
  /** Takes away what a reader that has died still holds. */
  readonly forgetReader: () => void;
};

const [holder, wants] = [0, 1];
const [nobody, writer, reader] = [0, 1, 2];
/** How long a waiting reader may take to wake up before it is passed by. */
const turnMs = 100;
const stuckMs = 60_000;

export function createExclusion({ lock }: Header): Exclusion {
  let depth = 0;
  return {
    write: work => {
      if (depth === 0) {
        if (Atomics.load(lock, wants) === 1) Atomics.wait(lock, wants, 1, turnMs);
        take(writer, performance.now() + stuckMs);
      }
      depth += 1;
      try {
        return work();
      } finally {
        depth -= 1;
        if (depth === 0) release();
      }
    },
    read: (work, timeoutMs) => {
      Atomics.store(lock, wants, 1);
      try {
        take(reader, performance.now() + timeoutMs);
      } finally {
        Atomics.store(lock, wants, 0);
        Atomics.notify(lock, wants);
      }
      try {
        return work();
      } finally {
        release();
      }
    },
    forgetReader: () => {
      Atomics.store(lock, wants, 0);
      Atomics.notify(lock, wants);
      if (Atomics.compareExchange(lock, holder, reader, nobody) === reader) Atomics.notify(lock, holder);
    },
  };

  function take(side: number, deadline: number): void {
    for (;;) {
      const held = Atomics.compareExchange(lock, holder, nobody, side);
      if (held === nobody) return;
      const left = deadline - performance.now();
      if (left <= 0)
        throw new ColumnsHeld(
          `the columns have been held by the ${held === writer ? "writer" : "reader"} for too long`,
        );
      Atomics.wait(lock, holder, held, left);
    }
  }

  function release(): void {
    Atomics.store(lock, holder, nobody);
    Atomics.notify(lock, holder);
  }
}
