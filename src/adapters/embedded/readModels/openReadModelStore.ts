import type Database from "better-sqlite3";
import { CustomerId } from "../../../domain/ids.ts";
import { customerOf } from "../../../projections/customer/customerText.ts";
import {
  type Checkpoint,
  type ReadModelStore,
  ReadModelsOutdated,
  readModelVersion,
  type StoredCustomer,
} from "../../../projections/readModelStore.ts";
import { openForWriting } from "../openDatabase.ts";
import { copyCampaignRows, embeddedCampaignTables } from "./campaignTables.ts";
import { changedRowsForgetter } from "./commitChangedRows.ts";
import { changeWriter } from "./commitChanges.ts";
import { copySegments } from "./copySegments.ts";
import { aText, queryOver } from "./query.ts";
import { contentsOf } from "./readModelContents.ts";
import { readModelFailure } from "./readModelFailure.ts";
import { type QuarantineColumns, quarantineColumns, quarantineOf } from "./readModelRows.ts";
import { readModelSchema } from "./readModelSchema.ts";
import { embeddedSegmentTables } from "./segmentTables.ts";
import { embeddedTagTables } from "./tagTables.ts";
import { type AskForCopy, boundWal } from "./wal.ts";

/** What a file is opened for: to be kept up to date, with somebody else to copy its WAL where there is one, or only to be built. */
export type StoreUse = { readonly kind: "live"; readonly askForCopy?: AskForCopy } | { readonly kind: "building" };

/**
 * Opens (or makes) one generation's file for its one writer. A power cut may take the newest commits, never tear one: the
 * checkpoint just moves back. A file that is only being built needs no such care: after a crash nobody looks at it, and
 * `flipTo` syncs it before it is used. Throws ReadModelsOutdated for a file of another version, StorageFailure for a broken one.
 */
export function openReadModelStore(file: string, use: StoreUse = { kind: "live" }): ReadModelStore {
  const database = guarded(file, () => openForWriting(file, "NORMAL", readModelSchema));
  try {
    assertVersion(database, file);
    if (use.kind === "building") {
      database.pragma("journal_mode = MEMORY");
      database.pragma("synchronous = OFF");
    }
    return storeOver(database, file, use);
  } catch (error) {
    database.close();
    throw error instanceof ReadModelsOutdated ? error : readModelFailure(error, file);
  }
}

/** Throws ReadModelsOutdated when the rows were made by another version of the folds. */
export function assertVersion(database: Database.Database, file: string): void {
  const version = database.pragma("user_version", { simple: true });
  if (version !== readModelVersion)
    throw new ReadModelsOutdated(
      `${file} has version ${String(version)}, this program ${readModelVersion}: rebuild it`,
    );
}

function storeOver(database: Database.Database, file: string, use: StoreUse): ReadModelStore {
  const askForCopy = use.kind === "live" ? use.askForCopy : undefined;
  const checkpoint = database.prepare("SELECT position, hash FROM checkpoint");
  const lastRow = database.prepare("SELECT max(row) FROM customers").pluck();
  const load = database
    .prepare(
      `SELECT row, doc, last_position, last_occurred_at, event_count, regrouped_at
       FROM customers JOIN activity USING (row) WHERE id = ${aText}`,
    )
    .raw();
  const quarantined = database.prepare(`SELECT ${quarantineColumns} FROM quarantine WHERE quarantine_id = ?`).raw();
  const matching = database.prepare("SELECT policy FROM matching").pluck();
  const write = changeWriter(database);
  const commit = database.transaction(write);
  const forget = database.transaction(changedRowsForgetter(database));

  const loadOne = (id: CustomerId): StoredCustomer | null => {
    const found = load.get(id) as [number, string, number, number, number, number] | undefined;
    if (found === undefined) return null;
    const [row, doc, lastPosition, lastOccurredAt, eventCount, regroupedAt] = found;
    return { row, customer: customerOf(id, doc, { lastPosition, lastOccurredAt, eventCount, regroupedAt }) };
  };

  return {
    checkpoint: () => guarded(file, () => checkpoint.get() as Checkpoint),
    customerCount: () => guarded(file, () => ((lastRow.get() as number | null) ?? -1) + 1),
    load: ids => guarded(file, () => ids.map(loadOne)),
    loadQuarantined: quarantineId =>
      guarded(file, () => {
        const found = quarantined.get(quarantineId) as QuarantineColumns | undefined;
        return found === undefined ? null : quarantineOf(found);
      }),
    poisoned: () => guarded(file, () => [...contentsOf(database).poisoned()]),
    matching: () => guarded(file, () => matching.get() as string),
    merges: () => guarded(file, () => [...contentsOf(database).merges()]),
    commit: changes => guarded(file, () => commit.immediate(changes)),
    maintain: () => guarded(file, () => boundWal(database, askForCopy)),
    contents: () => contentsOf(database),
    tags: embeddedTagTables(queryOver(database)),
    segments: embeddedSegmentTables(queryOver(database)),
    campaigns: embeddedCampaignTables(queryOver(database)),
    forgetRowsChanged: upTo => guarded(file, () => forget.immediate(upTo)),
    copySegments: from => {
      const other = from.file;
      if (other === null) throw new Error("segments are copied from one file to another only");
      guarded(file, () => copySegments(database, other));
    },
    copyCampaignRows: from => {
      const other = from.file;
      if (other === null) throw new Error("rows of campaigns are copied from one file to another only");
      guarded(file, () => copyCampaignRows(database, other));
    },
    file,
    close: () => database.close(),
  };
}

function guarded<Value>(file: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw readModelFailure(error, file);
  }
}
