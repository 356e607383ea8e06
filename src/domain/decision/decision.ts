import type { CampaignId } from "../campaign/campaign.ts";
import type { OfferId } from "../campaign/offer.ts";
import type { PolicyId } from "../campaign/policy.ts";
import type { Position } from "../event.ts";
import type { CustomerId, EventId } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { Money } from "../money.ts";

/** The gates in the order in which they are passed. Assignment comes before those that only a contact has to pass. */
export type Gate =
  | "suppression"
  | "holdout"
  | "assignment"
  | "control"
  /** Whether the local time of a wave in customers' own zones has come where the customer is, and its contact was not made yet. */
  | "schedule"
  | "eligibility"
  | "offer"
  | "cap"
  | "quietHours"
  | "consent"
  | "budget"
  /** It came too late to be decided: the trigger's age, or a held contact's release, lies beyond what its campaign allows. */
  | "stale"
  /** The campaign was not running any more when a held contact was due. */
  | "ended"
  /** A fact about the customer could not be folded, and nothing since is known of it. */
  | "degraded";

/** What brought it about. Together with the campaign and the customer it says which decision it is: see `decisionId`. */
export type DecisionCause =
  | { readonly kind: "trigger"; readonly eventId: EventId; readonly position: Position }
  /** `at`: when the wave was due; of one in customers' own zones, when its local time came anywhere first. */
  | { readonly kind: "wave"; readonly at: Instant }
  /** A decision that was held until now. */
  | { readonly kind: "release"; readonly of: EventId };

/** One gate that was come to, for one channel where it is about channels. `unknown` stops like `stop`. */
export type GateVerdict = {
  readonly gate: Gate;
  readonly channel: string | null;
  readonly verdict: "pass" | "stop" | "hold" | "unknown";
  /** In words, with the figures: "3 of at most 3 contacts by email since 2024-05-01T08:00:00.000Z". */
  readonly detail: string;
};

/** What was decided about one customer at one instant: the content of the event `campaign-decided` in the customer's stream. */
export type Decision = {
  /** Also the id of the event, and of the contact in what is handed over and reported back. */
  readonly decisionId: EventId;
  readonly customerId: CustomerId;
  readonly campaignId: CampaignId;
  readonly campaignVersion: number;
  readonly assignmentVersion: number;
  readonly cause: DecisionCause;
  readonly at: Instant;
  /** The position of the log up to which everything was known to it, and nothing beyond. */
  readonly known: Position;
  readonly outcome: "send" | "skip" | "defer";
  /** The gate that stopped or held it; null for a send. */
  readonly reason: Gate | null;
  /** Null where it was stopped before the assignment. */
  readonly arm: string | null;
  readonly control: boolean;
  readonly variant: string | null;
  /** Of a control and of a skip the one that would have come first. */
  readonly channel: string | null;
  readonly purpose: string;
  readonly offerId: OfferId | null;
  /** The value of the offer's tier tag, by which it is learned. */
  readonly tier: string | null;
  readonly policyId: PolicyId | null;
  readonly policyVersion: number | null;
  readonly gates: readonly GateVerdict[];
  /** The statement about the channel recorded, whether or not its gate was come to; null where nothing was ever said. */
  readonly consent: { readonly granted: boolean; readonly position: Position } | null;
  /** The zone whose quiet hours were kept, the customer's or the policy's; null without quiet hours, or where it is unknown. */
  readonly zone: string | null;
  /**
   * Of a wave in customers' own zones, and of releases of what it held: the local time at which it comes, and the zone whose clock is
   * looked at, null where it is unknown. Left out for all others.
   */
  readonly schedule?: { readonly localTime: string; readonly zone: string | null };
  /** Of a defer: when it is to be decided anew. */
  readonly until: Instant | null;
  /** Of the channel: what a send costs, or would have cost. */
  readonly unitCost: Money | null;
  /** Segments of the campaign's breakdown that the customer was a member of. */
  readonly segments: readonly string[];
  /** How the offers stood: expected value is the draw times the value. */
  readonly scores: readonly OfferScore[];
};

export type OfferScore = {
  readonly offerId: OfferId;
  readonly tier: string | null;
  /** Successes and failures seen so far. */
  readonly successes: number;
  readonly failures: number;
  /** Drawn from Beta(1 + successes, 1 + failures), seeded by the decision and the offer. */
  readonly draw: number;
  readonly value: Money;
};
