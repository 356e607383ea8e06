import type { Position } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import { createCampaignStage } from "./campaigns/stage/campaignStage.ts";
import { customerDigests, digestOf, tableDigests } from "./digest.ts";
import { createEngine, type EngineOptions } from "./engine.ts";
import type { ReadModelContents, ReadModelStore } from "./readModelStore.ts";
import { type RebuildProgress, wholePace } from "./rebuild.ts";
import { createColumns } from "./segments/columns/createColumns.ts";

export type ReadModelVerdict =
  | { readonly kind: "equal"; readonly position: Position; readonly digest: string }
  | {
      readonly kind: "different";
      readonly position: Position;
      readonly liveDigest: string;
      readonly recomputedDigest: string;
      /** The first customers (by row) whose rows differ, are missing or too many. */
      readonly customers: readonly string[];
      /** Tables beside the customers that differ. */
      readonly tables: readonly string[];
    };

/**
 * Recomputes the read models from position 0 up to where the live ones stand, in a throw-away store, and compares them.
 * `live` must be one snapshot.
 */
export async function verifyReadModels({
  log,
  live,
  makeStore,
  onProgress = () => {},
  ...engineOptions
}: Omit<EngineOptions, "store" | "onCommit" | "log" | "until"> & {
  readonly log: Pick<LogReader, "read" | "readAt" | "readStream" | "findById">;
  readonly live: ReadModelContents;
  readonly makeStore: () => ReadModelStore;
  readonly onProgress?: (progress: RebuildProgress) => void;
}): Promise<ReadModelVerdict> {
  const position = live.checkpoint;
  const store = makeStore();
  try {
    // The versions in force here: how far a back-fill has got is no matter of the log.
    const inForce = live.tags.slots().slots.filter(({ state }) => state === "serving");
    const standing = live.segments.standing().filter(({ archived }) => !archived);
    const stage = createCampaignStage({
      ...{ tables: store.tags, segments: store.segments, columns: createColumns(), inForce, standing },
      ...{ campaigns: store.campaigns, decideAfter: Number.POSITIVE_INFINITY },
      newEpoch: () => live.segments.epoch() ?? "",
    });
    const engine = createEngine({ ...wholePace, ...engineOptions, log, store, stage, until: position });
    do {
      onProgress({ position: engine.stats().position, head: position });
    } while ((await engine.step()) > 0);
    const recomputed = store.contents();
    const [liveDigest, recomputedDigest] = [digestOf(live), digestOf(recomputed)];
    if (liveDigest === recomputedDigest) return { kind: "equal", position, digest: liveDigest };
    return {
      kind: "different",
      position,
      liveDigest,
      recomputedDigest,
      customers: firstDifferences(live, recomputed, 10),
      tables: differingTables(live, recomputed),
    };
  } finally {
    store.close();
  }
}

function firstDifferences(live: ReadModelContents, recomputed: ReadModelContents, limit: number): string[] {
  const found: string[] = [];
  const left = digests(live);
  const right = digests(recomputed);
  let [a, b] = [left.next(), right.next()];
  while (found.length < limit && !(a.done && b.done)) {
    const order = a.done ? 1 : b.done ? -1 : a.value.row - b.value.row;
    const same = !a.done && !b.done && order === 0 && a.value.digest === b.value.digest;
    if (!same) found.push((order <= 0 ? a : b).value.id);
    if (order <= 0) a = left.next();
    if (order >= 0) b = right.next();
  }
  return found;
}

function* digests({ tags, customers }: ReadModelContents) {
  const digestOfOne = customerDigests(tags);
  for (const customer of customers()) yield { row: customer.row, id: customer.id, digest: digestOfOne(customer) };
  return { row: Number.POSITIVE_INFINITY, id: "", digest: "" };
}

function differingTables(live: ReadModelContents, recomputed: ReadModelContents): string[] {
  const theirs = new Map(tableDigests(recomputed));
  return tableDigests(live).flatMap(([table, digest]) => (theirs.get(table) === digest ? [] : [table]));
}
