import type { Merge } from "../domain/customer/mergeGraph.ts";
import type { Position } from "../domain/event.ts";
import type { Fault } from "../domain/fault.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { CampaignTables } from "./campaigns/campaignTables.ts";
import type { Account, Customer, Relationship } from "./customer/customer.ts";
import type { CustomerGroup } from "./identity/customerGroup.ts";
import type { ProposalReads } from "./identity/proposals.ts";
import type { QualityCount, QualityQuery, QualitySource } from "./quality/qualityCount.ts";
import type { SegmentReads } from "./segments/feed/segmentTables.ts";
import type { TagReads } from "./tags/storedTags.ts";

/** Embedded read models answer at once, remote ones later; callers await only what is a promise. */
export type MaybePromise<T> = T | Promise<T>;

/** A stretch of a keyset-ordered list, strictly between two keys. `backward` walks from the end; items come in walking order. */
export type Range<Key> = {
  readonly after?: Key;
  readonly before?: Key;
  readonly direction: "forward" | "backward";
  readonly limit: number;
};

/** Set once an event of this customer could not be folded: the customer stands still at `position` until retried. */
export type Degraded = { readonly position: Position; readonly error: string };

export type CustomerView = { readonly row: number; readonly customer: Customer; readonly degraded: Degraded | null };

/** One event of a customer, in order of (occurredAt, position). */
export type TimelineKey = { readonly occurredAt: Instant; readonly position: Position };
export type TimelineRow = TimelineKey & { readonly type: string };

/** One movement or balance report of an account, in order of (occurredAt, sequence, position). */
export type EntryKey = { readonly occurredAt: Instant; readonly sequence: number; readonly position: Position };
export type EntryRow = EntryKey & {
  readonly kind: "transaction" | "balance";
  readonly transactionId: string | null;
  /** Signed minor units: credits above zero. Null for a balance report. */
  readonly amount: number | null;
  /** The balance that the source says holds after this entry, in minor units; null where it says nothing. */
  readonly reportedBalance: number | null;
  readonly currency: string;
  /** Position of the reversal, or null. A reversed transaction counts for nothing. */
  readonly reversedBy: Position | null;
};

/** A balance and where it comes from. Reported: as the source said at `asOf`. Computed: the last report plus what followed. */
export type Balance = {
  readonly minorUnits: number;
  readonly currency: string;
  readonly asOf: Instant;
  readonly position: Position;
  readonly computed: boolean;
};

export type QuarantineStatus = "open" | "accepted" | "discarded";
/** The refused fact itself stays in the log (event at `position`); this row only points at it. */
export type QuarantineRow = {
  readonly quarantineId: string;
  readonly position: Position;
  readonly source: string;
  readonly factType: string | null;
  readonly recordedAt: Instant;
  readonly faults: readonly Fault[];
  readonly status: QuarantineStatus;
  /** Position of the event that settled it. */
  readonly settledBy: Position | null;
};

export type IncomingRelationship = { readonly from: CustomerId; readonly relationship: Relationship };

/** What is kept up to date beside the customers' facts. */
type KeptReads = TagReads & SegmentReads & CampaignTables;

/** A consistent view: everything in one session reflects the log up to `position`, and nothing after it. Release it. */
export type ReadSession = KeptReads & {
  readonly position: Position;
  /** Numbered as they are taken: sessions with the same number see the very same rows. */
  readonly snapshot: number;
  /** Rows of the same number grew out of one another; rebuilt read models have another one. */
  readonly generation: number;
  /**
   * Whether anything under these keys (see touchedKeys) may be another than in an earlier snapshot of this generation.
   * To be asked of the newest session only, at once after it was opened.
   */
  readonly touchedAfter: (keys: readonly string[], snapshot: number) => boolean;
  readonly customers: (ids: readonly CustomerId[]) => MaybePromise<(CustomerView | null)[]>;
  readonly customerOfIdentity: (system: string, id: string) => MaybePromise<CustomerId | null>;
  readonly customerOfAccount: (ref: string) => MaybePromise<CustomerId | null>;
  /** In order of first appearance in the log (`row`). */
  readonly customerList: (range: Range<number>) => MaybePromise<CustomerView[]>;
  readonly customerCount: () => MaybePromise<number>;
  readonly incomingRelationships: (ids: readonly CustomerId[]) => MaybePromise<IncomingRelationship[][]>;
  /** Customers with a relationship (owner, disponent …) to the account, whoever holds it. */
  readonly accountParties: (refs: readonly string[]) => MaybePromise<IncomingRelationship[][]>;
  readonly account: (ref: string) => MaybePromise<{ readonly holder: CustomerId; readonly account: Account } | null>;
  readonly timeline: (
    id: CustomerId,
    range: Range<TimelineKey>,
    types?: readonly string[],
  ) => MaybePromise<TimelineRow[]>;
  /** `known`: as known at that position, without later entries and reversals. Default: all there is in the session. */
  readonly entries: (
    ref: string,
    range: Range<EntryKey>,
    kind?: EntryRow["kind"],
    known?: Position,
  ) => MaybePromise<EntryRow[]>;
  /** The balance at the end of instant `at` (entries with occurredAt <= at), `known` as above; null before the first entry. */
  readonly balanceAt: (ref: string, at: Instant, known?: Position) => MaybePromise<Balance | null>;
  /** When the first entry after an instant occurs: until then the balance stays what it is then. Null when there is none. */
  readonly nextEntryAt: (ref: string, after: Instant) => MaybePromise<Instant | null>;
  readonly quarantine: (
    range: Range<Position>,
    filter?: { readonly status?: QuarantineStatus; readonly source?: string },
  ) => MaybePromise<QuarantineRow[]>;
  readonly quarantined: (quarantineId: string) => MaybePromise<QuarantineRow | null>;
  /** Who is one person with a customer, as known at a position (up to that of the session). */
  readonly groupOf: (id: CustomerId, known: Position) => MaybePromise<CustomerGroup>;
  /** The merges into this customer itself that are in force, by position. */
  readonly mergesInto: (id: CustomerId, range: Range<Position>) => MaybePromise<Merge[]>;
  readonly openProposals: ProposalReads["openProposals"];
  readonly proposalOf: ProposalReads["proposalOf"];
  readonly rejectedProposals: ProposalReads["rejectedProposals"];
  readonly approvedProposals: ProposalReads["approvedProposals"];
  /** The merge of an event, in force or taken back. */
  readonly mergeByEvent: (eventId: string) => MaybePromise<Merge | null>;
  /** What was counted of a source's facts, by day; in any order. */
  readonly qualityCounts: (query: QualityQuery) => MaybePromise<readonly QualityCount[]>;
  /** Every source that was ever heard of, by name, with the days of its first and last sign. */
  readonly qualitySources: () => MaybePromise<readonly QualitySource[]>;
  readonly release: () => void;
};

export type ReadModels = {
  readonly open: () => ReadSession;
  /** Resolves once `position` is reflected; false when `timeoutMs` went by first. */
  readonly waitFor: (position: Position, timeoutMs: number) => Promise<boolean>;
  /** Commits told of so far, those included that moved no position; read it before `open` to wait for what that session does not show. */
  readonly commits: () => number;
  /** Resolves once a commit beyond `seen` was told of, or read models made anew are in use, or the signal is aborted. */
  readonly waitForCommit: (seen: number, signal: AbortSignal) => Promise<void>;
  readonly close: () => void;
};
