import { createMemoryReadModels } from "../../../src/adapters/memory/createMemoryReadModels.ts";
import type { CustomerId } from "../../../src/domain/ids.ts";
import { SegmentId } from "../../../src/domain/segment/segment.ts";
import { createEffectWatch } from "../../../src/graphql/campaign/effects/effectWatch.ts";
import type { Backend } from "../../../src/graphql/context.ts";
import { createFeedWatch } from "../../../src/graphql/segment/feed/feedWatch.ts";
import type { SegmentChange, StandingSegment } from "../../../src/projections/segments/feed/segmentChange.ts";

export const followed = "followed" as SegmentId;

/** Read models with one segment, and a way to let one customer enter or leave it. */
export function fedBackend(): { readonly backend: Backend; readonly change: () => void } {
  const id = SegmentId.parse(followed) ?? followed;
  const { store, readModels } = createMemoryReadModels();
  const nothing = { customers: [], quarantine: [], poisoned: [], mended: [], merges: [] };
  const since = { position: 1, at: 1 };
  let standing: StandingSegment = { id, version: 1, size: 0, sequence: 0, since, archived: false };
  const commit = (feed: readonly SegmentChange[], first: boolean): void =>
    store.commit({
      ...nothing,
      checkpoint: { position: 1 + standing.sequence, hash: "h" },
      segments: {
        states: [],
        standing: [standing],
        feed,
        bases: first ? [{ id, bits: new Uint8Array() }] : [],
        epoch: first ? "epoch" : null,
      },
    });
  commit([], true);
  // Of everything the API stands on, following asks for no more than this.
  const backend: Partial<Backend> = {
    logId: "bench",
    readModels,
    segmentFeeds: createFeedWatch(readModels),
    effectUpdates: createEffectWatch(readModels),
    now: Date.now,
  };
  return {
    backend: backend as Backend,
    change: () => {
      const sequence = standing.sequence + 1;
      const entered = sequence % 2 === 1;
      standing = { ...standing, sequence, size: entered ? 1 : 0 };
      const position = 1 + sequence;
      commit(
        [
          {
            ...{ segment: id, sequence, version: 1, kind: entered ? "entered" : "exited" },
            ...{ customerId: "customer-0001" as CustomerId, row: 0, cause: "fact", corrected: false },
            ...{ position, at: position, occurredAt: position },
          },
        ],
        false,
      );
    },
  };
}
