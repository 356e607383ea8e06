import type { ReadSession } from "./readModels.ts";

export type SessionReads = Omit<ReadSession, "position" | "release">;

/**
 * A session over some reads. After `release` it answers nothing more: what it would read then is another snapshot, and
 * no answer is better than one that looks right.
 */
export function readSession(reads: SessionReads, position: number, onRelease: () => void): ReadSession {
  let open = true;
  const session = {
    ...reads,
    position,
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
