import type { SegmentPreview } from "../projections/segments/preview/segmentPreview.ts";
import type { Thread } from "./callThread.ts";
import type { PreviewCall } from "./segmentThread.ts";

/** Questions about everybody, from outside the segments' thread. Rejects with ThreadTimeout or ThreadGone. */
export function createThreadedPreview(thread: Thread, timeoutMs: number): SegmentPreview {
  const asking =
    (name: keyof SegmentPreview) =>
    (...args: readonly unknown[]) =>
      thread.call("ask", { name, args } satisfies PreviewCall, timeoutMs);
  const names = {
    ...{ count: true, members: true, reach: true, portrait: true, overlap: true, top: true, rehearse: true },
    ...{ asOf: true, membersAsOf: true },
  } as const satisfies Record<keyof SegmentPreview, true>;
  return Object.fromEntries(
    Object.keys(names).map(name => [name, asking(name as keyof SegmentPreview)]),
  ) as unknown as SegmentPreview;
}
