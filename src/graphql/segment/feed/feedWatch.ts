import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { ReadModels } from "../../../projections/readModels.ts";

/** Tells whoever follows a segment when its feed went on; one for the life of the process. */
export type FeedWatch = {
  /** Calls `wake` after each commit with news of the segment. Returns how to stop. */
  readonly watch: (id: SegmentId, wake: () => void) => () => void;
};

/** One wait for all followers: after each commit it looks once at each segment that anybody follows. */
export function createFeedWatch(models: Pick<ReadModels, "open" | "commits" | "waitForCommit">): FeedWatch {
  const followed = new Map<SegmentId, { readonly wakes: Set<() => void>; seen: string }>();
  let running: AbortController | null = null;

  const look = (): void => {
    let session: ReturnType<ReadModels["open"]> | null = null;
    try {
      session = models.open();
      const epoch = session.segmentEpoch();
      for (const [id, segment] of followed) {
        const standing = session.standingSegment(id);
        const state = `${epoch} ${standing?.sequence} ${standing?.archived}`;
        if (state === segment.seen) continue;
        segment.seen = state;
        for (const wake of segment.wakes) wake();
      }
    } catch {
      // Those who follow meet the same failure when they read, and can tell it.
      for (const { wakes } of followed.values()) for (const wake of wakes) wake();
    } finally {
      session?.release();
    }
  };

  async function run({ signal }: AbortController): Promise<void> {
    while (!signal.aborted) {
      // Counted before the look: a commit in between wakes at once.
      const seen = models.commits();
      look();
      await models.waitForCommit(seen, signal);
    }
  }

  return {
    watch: (id, wake) => {
      const segment = followed.get(id) ?? { wakes: new Set(), seen: "" };
      followed.set(id, segment);
      // A function of its own for each who watches, whatever function that is.
      const tell = () => wake();
      segment.wakes.add(tell);
      if (running === null) {
        running = new AbortController();
        void run(running);
      } else segment.seen = "";
      return () => {
        if (!segment.wakes.delete(tell) || segment.wakes.size > 0) return;
        followed.delete(id);
        if (followed.size > 0) return;
        running?.abort();
        running = null;
      };
    },
  };
}
