import type { Position } from "../domain/event.ts";

/**
 * Shared by all threads of the process: the log's head, how far the read models reflect it, the instant at which the next timer of the
 * projector is due (0: none), and a count that goes up after each commit, once everything about it is told.
 */
export type SignalName = "head" | "checkpoint" | "due" | "committed";
const cells: readonly (SignalName | "commits")[] = ["head", "checkpoint", "commits", "due", "committed"];

export type Signals = {
  /** Hand this to another thread, and `attachSignals` there. */
  readonly memory: SharedArrayBuffer;
  readonly get: (name: SignalName) => Position;
  readonly set: (name: SignalName, position: Position) => void;
  /** How often the read models were committed, also where no position moved. */
  readonly commits: () => number;
  readonly countCommit: () => void;
  /** Resolves once the value is another than `seen`, or after `timeoutMs`. Never polls. */
  readonly changed: (name: SignalName, seen: Position, timeoutMs: number) => Promise<void>;
};

export const createSignals = (): Signals => attachSignals(new SharedArrayBuffer(cells.length * 8));

export function attachSignals(memory: SharedArrayBuffer): Signals {
  const positions = new BigInt64Array(memory);
  return {
    memory,
    get: name => Number(Atomics.load(positions, cells.indexOf(name))),
    set: (name, position) => {
      Atomics.store(positions, cells.indexOf(name), BigInt(position));
      Atomics.notify(positions, cells.indexOf(name));
    },
    commits: () => Number(Atomics.load(positions, cells.indexOf("commits"))),
    countCommit: () => {
      Atomics.add(positions, cells.indexOf("commits"), 1n);
    },
    changed: async (name, seen, timeoutMs) => {
      const waiting = Atomics.waitAsync(positions, cells.indexOf(name), BigInt(seen), timeoutMs);
      if (waiting.async) await waiting.value;
    },
  };
}
