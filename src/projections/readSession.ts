import type { ReadSession } from "./readModels.ts";

/** Which rows a session sees: see ReadSession. */
export type Seen = Pick<ReadSession, "position" | "snapshot" | "generation" | "touchedAfter">;
export type SessionReads = Omit<ReadSession, keyof Seen | "release">;

/**
 * A session over some reads. After `release` it answers nothing more: what it would read then is another snapshot, and
 * no answer is better than one that looks right.
 */
export function readSession(reads: SessionReads, seen: Seen, onRelease: () => void): ReadSession {
  let open = true;
  const session = {
    ...reads,
    position: seen.position,
    snapshot: seen.snapshot,
    generation: seen.generation,
    touchedAfter: seen.touchedAfter,
    release: () => {
      if (!open) return;
      open = false;
      for (const name of Object.keys(reads) as (keyof SessionReads)[]) session[name] = readAfterRelease;
      onRelease();
    },
  };
  return session;
}

const readAfterRelease = (): never => {
  throw new Error("this read session was released");
};
