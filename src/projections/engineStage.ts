import type { Merge } from "../domain/customer/mergeGraph.ts";
import type { RecordedEvent } from "../domain/event.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { CampaignRowChange } from "./campaigns/campaignTables.ts";
import type { SegmentChanges } from "./segments/feed/segmentTables.ts";
import type { TagChanges } from "./tags/stage/tagChanges.ts";

/** The customer for whom an event counts: of merged customers the survivor. `row` is that of the read models. */
export type CountsFor = { readonly row: number; readonly id: CustomerId };

/** `original`: for an event that reverses or corrects another, that one, if it stands earlier in the log. Both upcast. */
export type StagedEvent = { readonly event: RecordedEvent; readonly original: RecordedEvent | null };

/**
 * One customer as a whole, told anew: after a merge or split, or when a degraded one is retried. What was known of it before
 * is void.
 */
export type Regrouped = {
  readonly customer: CountsFor;
  /**
   * Every event that counts for the customer, in log order. Where it is degraded, those up to the one at which it stands still,
   * and what its merged customers said of consents before they were merged: it must not seem to allow what one of them withdrew.
   * None: it was merged into another and has nothing of its own.
   */
  readonly events: readonly StagedEvent[];
  /** By which others are one with it, in the order in which they were decided. */
  readonly merges: readonly MergeInForce[];
};

export type MergeInForce = Pick<Merge, "position" | "survivor" | "absorbed"> & { readonly occurredAt: Instant };

/** What a stage adds to a commit. */
export type StageChanges = {
  readonly tags?: TagChanges;
  readonly segments?: SegmentChanges;
  readonly campaigns?: readonly CampaignRowChange[];
};

/**
 * What the engine tells a further stage of the projection, synchronously and in log order, whatever the pages and commits.
 * For each event first `reach`, then at most one of `take` and `regrouped` (a merge or split regroups several customers; its
 * own event is among `events` then).
 */
export type EngineStage = {
  /**
   * Once, before anything else. `survivorOf`: whose profile a customer's facts count in at the moment; its own id unless merged.
   * `standsStill`: a fact of the customer could not be folded, and nothing since is known of it.
   */
  readonly attach?: (engine: {
    readonly survivorOf: (id: CustomerId) => CustomerId;
    readonly standsStill: (id: CustomerId) => boolean;
  }) => void;
  /** Every event, those included that count for nobody: the log's time is now its `recordedAt`. Must not throw. */
  readonly reach: (event: RecordedEvent) => void;
  /**
   * An event that was folded. `customer` is null for the streams of sources, definitions and the clock. When it throws it
   * must have changed nothing: the event's customer (or stream) is degraded then, and the profile does not take it either.
   */
  readonly take: (staged: StagedEvent, customer: CountsFor | null) => void;
  /** When it throws, the customer is degraded at its last event, and told again without any. */
  readonly regrouped: (group: Regrouped) => void;
  /**
   * A bounded piece of what does not hang on any event (a back-fill), between two pages; true when there was something to do and
   * there may be more. `caughtUp`: the page just read was the last for now.
   */
  readonly work?: (caughtUp: boolean) => boolean;
  /** Everything to be written with the next commit, in the same transaction. Asked for again when that commit fails. */
  readonly changes: () => StageChanges;
  /** That commit is done. */
  readonly committed: () => void;
};
