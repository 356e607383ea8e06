import type { Merge } from "../domain/customer/mergeGraph.ts";
import type { Position } from "../domain/event.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { CampaignRowChange, CampaignTables } from "./campaigns/campaignTables.ts";
import type { Customer } from "./customer/customer.ts";
import type { Activity } from "./customer/customerText.ts";
import type { MatchChanges, MatchPair, MatchValue } from "./identity/matching.ts";
import type { QualityCount } from "./quality/qualityCount.ts";
import type { Degraded, EntryKey, EntryRow, QuarantineRow, TimelineRow } from "./readModels.ts";
import type { SegmentChanges, SegmentTables } from "./segments/feed/segmentTables.ts";
import type { TagChanges } from "./tags/stage/tagChanges.ts";
import type { TagTables } from "./tags/stage/tagTables.ts";

/** Raised with every change to a fold or to what is stored: rows made by another version are rebuilt, never mixed. */
export const readModelVersion = 10;

/** These read models were made by another version of the program. */
export class ReadModelsOutdated extends Error {
  override readonly name = "ReadModelsOutdated";
  readonly code = "READ_MODELS_OUTDATED";
}

/** How far the rows reach, and the hash of that event: read models met by another log's hash are not this log's. */
export type Checkpoint = { readonly position: Position; readonly hash: string };
export const beforeEverything: Checkpoint = { position: 0, hash: "" };

/** `row`: dense from 0 in order of first appearance in the log. */
export type StoredCustomer = { readonly row: number; readonly customer: Customer };

/** An account's entries hang on its place in the customer's `accounts` (`ordinal`), which changes only with a `rewrite`. */
export type EntryInsert = { readonly ordinal: number; readonly entry: EntryRow };
/** Marks an entry reversed; the first reversal counts. */
export type ReversalMark = { readonly ordinal: number; readonly of: EntryKey; readonly by: Position };

/** Everything that one transaction changes of one customer; index rows follow from `before` and `after`. */
export type CustomerChange = {
  readonly row: number;
  readonly before: Customer | null;
  readonly after: Customer;
  /** In log order. */
  readonly timeline: readonly TimelineRow[];
  readonly entries: readonly EntryInsert[];
  readonly reversals: readonly ReversalMark[];
  /** The timeline and entries given are all there are: what was stored of them goes first. */
  readonly rewrite: boolean;
  /** What the customer can be matched by from now on, and no longer. */
  readonly matches?: MatchChanges | null;
};

export type Poison = Degraded & { readonly stream: string };

export type ReadModelChanges = {
  readonly checkpoint: Checkpoint;
  /** By ascending row. */
  readonly customers: readonly CustomerChange[];
  /** New and changed rows, by `quarantineId`. */
  readonly quarantine: readonly QuarantineRow[];
  readonly poisoned: readonly Poison[];
  /** Streams that fold again. */
  readonly mended: readonly string[];
  /** New merges, and those split since, by `position`. */
  readonly merges: readonly Merge[];
  /** By which the `matches` were found; without it they say nothing yet of who matches whom. */
  readonly matching?: { readonly text: string; readonly sharedByAtMost: number };
  readonly tags?: TagChanges;
  readonly segments?: SegmentChanges;
  /** Of two changes of one row the later holds. */
  readonly campaigns?: readonly CampaignRowChange[];
  /** To be added to the numbers stored. */
  readonly quality?: readonly QualityCount[];
};

/** Everything stored of one customer. Rows in key order. */
export type CustomerContents = {
  readonly row: number;
  readonly id: string;
  readonly text: string;
  readonly activity: Activity;
  readonly timeline: Iterable<TimelineRow>;
  readonly entries: Iterable<EntryInsert>;
};

/** Everything stored in one generation of read models, whatever stores it; customers by row, the rest in any order. */
export type ReadModelContents = {
  readonly checkpoint: Position;
  readonly customers: () => Iterable<CustomerContents>;
  readonly identities: () => Iterable<readonly [system: string, id: string, row: number]>;
  readonly accounts: () => Iterable<readonly [ref: string, row: number, ordinal: number]>;
  readonly relations: () => Iterable<readonly [target: string, row: number, relationshipId: string, text: string]>;
  readonly quarantine: () => Iterable<QuarantineRow>;
  readonly poisoned: () => Iterable<Poison>;
  readonly merges: () => Iterable<Merge>;
  readonly tags: TagTables;
  readonly segments: SegmentTables;
  readonly campaigns: CampaignTables;
  readonly matchValues: () => Iterable<MatchValue & { readonly row: number }>;
  readonly matchPairs: () => Iterable<MatchPair>;
  readonly quality: () => Iterable<QualityCount>;
};

/**
 * The write side of one generation of read models; the projection engine is its only caller. Throws StorageFailure; a
 * commit that threw changed nothing and may be tried again.
 */
export type ReadModelStore = {
  readonly checkpoint: () => Checkpoint;
  readonly customerCount: () => number;
  readonly load: (ids: readonly CustomerId[]) => (StoredCustomer | null)[];
  readonly loadQuarantined: (quarantineId: string) => QuarantineRow | null;
  readonly poisoned: () => Poison[];
  /** Every merge that took effect, taken back or not, by position. */
  readonly merges: () => Merge[];
  /** `matchingText` of the policy by which the stored matches were found; empty where nothing is matched. */
  readonly matching: () => string;
  /** All rows and the checkpoint, or nothing. */
  readonly commit: (changes: ReadModelChanges) => void;
  /** Housekeeping between commits; bounded work, safe to call after each. */
  readonly maintain: () => void;
  /** What the store has of the tags; the stage reads it between its commits. */
  readonly tags: TagTables;
  /** What the store has of the segments; the stage reads it when it starts. */
  readonly segments: SegmentTables;
  /** What the store has of the campaigns; their stage reads it between its commits. */
  readonly campaigns: CampaignTables;
  /** What `segments.rowsChangedAfter` tells goes back no further than this count of `segments.rowsChanged` any more. */
  readonly forgetRowsChanged: (upTo: number) => void;
  /**
   * In place of what there is of the segments' feed: everything of another generation of the same log, with its epoch, bases and days.
   * Segments that stand only here keep their own. Throws where the two number customers differently. See `carryOver`.
   */
  readonly copySegments: (from: ReadModelStore) => void;
  /**
   * In place of what there is of them: the rows of another generation that do not follow from the log (see isDerived). Both must stand at
   * the same position: what that generation has still on its way must not have arrived in this one.
   */
  readonly copyCampaignRows: (from: ReadModelStore) => void;
  /** The file it lies in; null in memory. */
  readonly file: string | null;
  /** Everything stored, for digests. To be read through before the next commit. */
  readonly contents: () => ReadModelContents;
  readonly close: () => void;
};
