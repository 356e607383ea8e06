import type { Position } from "../domain/event.ts";
import type { Poison } from "./readModelStore.ts";

/** The streams that stand still; of merged customers the survivor's. */
export type PoisonList = {
  readonly has: (stream: string) => boolean;
  readonly get: (stream: string) => Poison | null;
  readonly all: () => readonly Poison[];
  readonly add: (stream: string, position: Position, error: unknown) => void;
  /** The stream is folded again, from wherever. */
  readonly drop: (stream: string) => void;
  /** What changed since the last commit. */
  readonly changes: () => { readonly poisoned: readonly Poison[]; readonly mended: readonly string[] };
  readonly committed: () => void;
};

export function createPoisonList(stored: readonly Poison[]): PoisonList {
  const poisoned = new Map(stored.map(poison => [poison.stream, poison]));
  let added = new Map<string, Poison>();
  let mended = new Set<string>();
  return {
    has: stream => poisoned.has(stream),
    get: stream => poisoned.get(stream) ?? null,
    all: () => [...poisoned.values()],
    add: (stream, position, error) => {
      const found: Poison = { stream, position, error: error instanceof Error ? error.message : String(error) };
      poisoned.set(stream, found);
      added.set(stream, found);
      mended.delete(stream);
    },
    drop: stream => {
      if (!poisoned.delete(stream)) return;
      added.delete(stream);
      mended.add(stream);
    },
    changes: () => ({ poisoned: [...added.values()], mended: [...mended] }),
    committed: () => {
      added = new Map();
      mended = new Set();
    },
  };
}
