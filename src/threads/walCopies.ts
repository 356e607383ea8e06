import type { AskForCopy } from "../adapters/embedded/readModels/wal.ts";
import { startThread, type Thread } from "./callThread.ts";

/** Has the WAL of a file copied in a thread of its own, which is started when it is first needed. */
export type WalCopies = {
  /** Nothing while a copy is being made. */
  readonly ask: AskForCopy;
  readonly stop: () => Promise<void>;
};

const startTimeoutMs = 30_000;
const copyTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/** Where the thread fails the projector copies for itself, so it is told once and then left alone. */
export function createWalCopies(tell: (message: string) => void): WalCopies {
  let thread: Thread | null = null;
  let copying: Promise<void> | null = null;
  let failed = false;

  const copy = async (file: string): Promise<void> => {
    try {
      thread ??= (await startThread<null>("./walThread", null, startTimeoutMs)).thread;
      await thread.call<null>("copy", file, copyTimeoutMs);
    } catch (error) {
      failed = true;
      tell(`the projector copies its write-ahead log itself from now on: ${(error as Error).message}`);
    }
  };
  return {
    ask: file => {
      if (failed || copying !== null) return;
      copying = copy(file).finally(() => {
        copying = null;
      });
    },
    stop: async () => {
      failed = true;
      await copying;
      await thread?.stop(stopTimeoutMs);
    },
  };
}
