import type { Header } from "./header.ts";

/** The other side has held the columns for longer than it ever should: it has died, or is stuck. */
export class ColumnsHeld extends Error {
  override readonly name = "ColumnsHeld";
  readonly code = "TIMEOUT";
}

/**
 * One thread that writes and one that reads, never both at once. Whoever waits has its turn as soon as the other is done with what
 * it is at, however fast that one goes on. Only threads that may block can use it, which the main thread of a server should not.
 */
export type Exclusion = {
  /** May be nested. */
  readonly write: <Value>(work: () => Value) => Value;
  readonly read: <Value>(work: () => Value, timeoutMs: number) => Value;
  /** Takes away what a reader that has died still holds. */
  readonly forgetReader: () => void;
};

/** Places in the lock; the flags of who waits are at `waits` + side. */
const [holder, lastTurn, waits] = [0, 1, 2];
const [nobody, writer, reader] = [0, 1, 2];
/** How long one that waits may take to wake up before it is passed by. */
const courtesyMs = 100;
const stuckMs = 60_000;

export function createExclusion({ lock }: Header): Exclusion {
  let depth = 0;
  return {
    write: work => {
      if (depth === 0) take(writer, stuckMs);
      depth += 1;
      try {
        return work();
      } finally {
        depth -= 1;
        if (depth === 0) release();
      }
    },
    read: (work, timeoutMs) => {
      take(reader, timeoutMs);
      try {
        return work();
      } finally {
        release();
      }
    },
    forgetReader: () => {
      Atomics.store(lock, waits + reader, 0);
      if (Atomics.compareExchange(lock, holder, reader, nobody) === reader) Atomics.notify(lock, holder);
    },
  };

  function take(side: number, timeoutMs: number): void {
    const other = side === writer ? reader : writer;
    const begun = performance.now();
    Atomics.store(lock, waits + side, 1);
    for (;;) {
      const waited = performance.now() - begun;
      if (Atomics.load(lock, waits + other) === 1 && Atomics.load(lock, lastTurn) === side) {
        // The other one's turn: without it, one that asks again at once would be faster than one that has to wake up.
        if (waited < courtesyMs) Atomics.wait(lock, lastTurn, side, courtesyMs - waited);
        else Atomics.store(lock, waits + other, 0);
        continue;
      }
      const held = Atomics.compareExchange(lock, holder, nobody, side);
      if (held === nobody) break;
      if (waited >= timeoutMs) {
        Atomics.store(lock, waits + side, 0);
        throw new ColumnsHeld(
          `the columns have been held by the ${held === writer ? "writer" : "reader"} for more than ${timeoutMs} ms`,
        );
      }
      Atomics.wait(lock, holder, held, timeoutMs - waited);
    }
    Atomics.store(lock, waits + side, 0);
    if (Atomics.exchange(lock, lastTurn, side) !== side) Atomics.notify(lock, lastTurn);
  }

  function release(): void {
    Atomics.store(lock, holder, nobody);
    Atomics.notify(lock, holder);
  }
}
