import type { ReadModels } from "../../../projections/readModels.ts";

/** Tells whoever follows what the read models tell when there was a commit; one for the life of the process. */
export type CommitWatch = {
  /** Calls `wake` after each commit. Returns how to stop. */
  readonly watch: (wake: () => void) => () => void;
};

/** One wait for all followers. */
export function createCommitWatch(models: Pick<ReadModels, "commits" | "waitForCommit">): CommitWatch {
  const wakes = new Set<() => void>();
  let running: AbortController | null = null;

  async function run({ signal }: AbortController): Promise<void> {
    while (!signal.aborted) {
      // Counted before they look: a commit in between wakes at once.
      const seen = models.commits();
      for (const wake of wakes) wake();
      await models.waitForCommit(seen, signal);
    }
  }

  return {
    watch: wake => {
      // A function of its own for each who watches, whatever function that is.
      const tell = () => wake();
      wakes.add(tell);
      if (running === null) {
        running = new AbortController();
        void run(running);
      }
      return () => {
        if (!wakes.delete(tell) || wakes.size > 0) return;
        running?.abort();
        running = null;
      };
    },
  };
}
