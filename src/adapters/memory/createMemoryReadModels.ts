import { ascending } from "../../domain/ascending.ts";
import { createCheckpointSignal } from "../../projections/checkpointSignal.ts";
import { customerText } from "../../projections/customer/customerText.ts";
import type { ReadModelContents, ReadModelStore } from "../../projections/readModelStore.ts";
import type { ReadModels } from "../../projections/readModels.ts";
import { readSession } from "../../projections/readSession.ts";
import { createTouches, touchedKeys } from "../../projections/touchedKeys.ts";
import { copyCampaignRows, memoryCampaignTables } from "./memoryCampaignTables.ts";
import { memoryReads } from "./memoryReadModelsSession.ts";
import { applyChanges, emptyTables, snapshotOf, type Tables } from "./memoryReadModelsTables.ts";
import { copySegments, forgetRowsChanged, memorySegmentTables } from "./memorySegmentTables.ts";
import { memoryTagTables } from "./memoryTagTables.ts";

/** What the stores of this process hold. */
const stored = new WeakMap<ReadModelStore, () => Tables>();

/** Read models in maps: the same rows, answers and digests as the embedded ones, gone with the process. */
export function createMemoryReadModels(): { readonly store: ReadModelStore; readonly readModels: ReadModels } {
  let tables = emptyTables();
  const signal = createCheckpointSignal();
  const sessions = new Map<Tables, number>();
  const touches = createTouches();
  let commits = 1;

  /** Sessions keep what they opened; only then is a change worth a copy. */
  const changing = (): void => {
    if (sessions.has(tables)) tables = snapshotOf(tables);
  };

  const store: ReadModelStore = {
    checkpoint: () => tables.checkpoint,
    customerCount: () => tables.customers.size,
    load: ids =>
      ids.map(id => {
        const row = tables.rows.get(id);
        const customer = row === undefined ? undefined : tables.customers.get(row);
        return row === undefined || customer === undefined ? null : { row, customer };
      }),
    loadQuarantined: quarantineId => tables.quarantine.get(quarantineId) ?? null,
    poisoned: () => [...tables.poison.values()],
    matching: () => tables.matches.policy,
    merges: () => [...tables.merges.values()].sort((a, b) => a.position - b.position),
    commit: changes => {
      changing();
      applyChanges(tables, changes);
      commits += 1;
      touches.shown(commits, touchedKeys(changes));
      signal.publish(tables.checkpoint.position);
    },
    maintain: () => {},
    contents: () => contentsOf(tables),
    tags: memoryTagTables(() => tables),
    segments: memorySegmentTables(() => tables),
    campaigns: memoryCampaignTables(() => tables.campaigns),
    forgetRowsChanged: upTo => {
      changing();
      forgetRowsChanged(tables.segments, upTo);
    },
    copySegments: from => {
      const other = stored.get(from)?.();
      if (other === undefined) throw new Error("segments are copied within memory only");
      for (const [id, row] of other.rows)
        if (tables.rows.get(id) !== row)
          throw new Error(`customer ${id} is numbered differently: this is not of one log`);
      changing();
      copySegments(tables.segments, other.segments);
    },
    copyCampaignRows: from => {
      const other = stored.get(from)?.();
      if (other === undefined) throw new Error("rows of campaigns are copied within memory only");
      changing();
      copyCampaignRows(tables.campaigns, other.campaigns);
    },
    file: null,
    close: () => {},
  };

  stored.set(store, () => tables);

  const open = () => {
    const seen = tables;
    sessions.set(seen, (sessions.get(seen) ?? 0) + 1);
    const { position } = seen.checkpoint;
    return readSession(
      memoryReads(seen),
      { position, snapshot: commits, generation: 1, touchedAfter: touches.after },
      () => {
        const left = (sessions.get(seen) ?? 1) - 1;
        if (left === 0) sessions.delete(seen);
        else sessions.set(seen, left);
      },
    );
  };

  return {
    store,
    readModels: {
      open,
      waitFor: signal.waitFor,
      commits: signal.commits,
      waitForCommit: signal.waitForCommit,
      close: () => {},
    },
  };
}

function contentsOf(tables: Tables): ReadModelContents {
  return {
    checkpoint: tables.checkpoint.position,
    *customers() {
      for (const row of ascending(tables.customers.keys())) {
        const customer = tables.customers.get(row);
        if (customer === undefined) continue;
        const timeline = tables.timeline.get(row) ?? [];
        const entries = tables.entries.get(row) ?? [];
        yield { row, id: customer.id, text: customerText(customer), activity: customer, timeline, entries };
      }
    },
    *identities() {
      for (const [key, rows] of tables.identities) {
        const [system, id] = JSON.parse(key) as [string, string];
        for (const row of rows) yield [system, id, row] as const;
      }
    },
    *accounts() {
      for (const [ref, held] of tables.accounts)
        for (const { row, ordinal } of held) yield [ref, row, ordinal] as const;
    },
    *relations() {
      for (const known of tables.relations.values())
        for (const { target, row, relationshipId, relationship } of known)
          yield [target, row, relationshipId, JSON.stringify(relationship)] as const;
    },
    quarantine: () => tables.quarantine.values(),
    poisoned: () => tables.poison.values(),
    merges: () => tables.merges.values(),
    tags: memoryTagTables(() => tables),
    segments: memorySegmentTables(() => tables),
    campaigns: memoryCampaignTables(() => tables.campaigns),
    matchValues: () => [...tables.matches.values.values()].flat(),
    matchPairs: () => [...tables.matches.pairs.values()].flat(),
    quality: () => tables.quality.values(),
  };
}
