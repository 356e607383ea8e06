import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { FeedSource } from "./feedSource.ts";

/** News of one segment's feed, for whoever has read all there was. */
export type News = {
  /** How often there were any; ask before reading. */
  readonly count: () => number;
  /** Resolves once there were more than `seen`, after `ms`, or when nobody needs to wait any longer. */
  readonly after: (seen: number, ms: number) => Promise<void>;
  readonly stop: () => void;
};

/** @param signal ends every wait */
export function createNews({ segmentFeeds }: FeedSource, id: SegmentId, signal: AbortSignal): News {
  let count = 0;
  let wake = (): void => {};
  const stopWatching = segmentFeeds.watch(id, () => {
    count += 1;
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  return {
    count: () => count,
    after: async (seen, ms) => {
      if (count > seen || signal.aborted) return;
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    stop: () => {
      stopWatching();
      signal.removeEventListener("abort", onAbort);
    },
  };
}
