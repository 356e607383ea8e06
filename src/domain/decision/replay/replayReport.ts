import type { CampaignId } from "../../campaign/campaign.ts";
import type { CustomerId, EventId } from "../../ids.ts";
import type { Instant } from "../../instant.ts";
import type { Decision, Gate } from "../decision.ts";

/** "none": a held contact's release that would not have come, since under the tried policy nothing was held, or for another time. */
export type ReplayOutcome = {
  readonly outcome: Decision["outcome"] | "none";
  readonly reason: Gate | null;
  /** Of a send or a defer. */
  readonly channel: string | null;
  readonly until: Instant | null;
};

export type ReplayDifference = {
  readonly decisionId: EventId;
  readonly customerId: CustomerId;
  readonly campaignId: CampaignId;
  readonly at: Instant;
  readonly was: ReplayOutcome;
  readonly wouldBe: ReplayOutcome;
};

/** How often decisions of one outcome and reason would have had another, or the same. */
export type ReplayChange = {
  readonly was: Pick<ReplayOutcome, "outcome" | "reason">;
  readonly wouldBe: Pick<ReplayOutcome, "outcome" | "reason">;
  readonly count: number;
};

/** What another version of a policy would have changed. */
export type ReplayReport = {
  /** Decisions made under the policy, all of them decided anew. */
  readonly decisions: number;
  /** Of them those with another outcome, reason, channel or time of release. */
  readonly differing: number;
  /** Most frequent first. */
  readonly changes: readonly ReplayChange[];
  /** Sends under the policy, as made and as they would have been; `saved` were made and would not have been, `added` the other way round. */
  readonly contacts: {
    readonly made: number;
    readonly wouldBe: number;
    readonly saved: number;
    readonly added: number;
  };
  /** Minor units by currency, of all those sends. */
  readonly costs: readonly { readonly currency: string; readonly made: number; readonly wouldBe: number }[];
  /** Contacts held for other times than they were, decided at those times upon what was recorded when they were held. */
  readonly released: { readonly sent: number; readonly skipped: number; readonly stillHeld: number };
  /** Decisions for which something was asked that nobody recorded and nobody could answer: see ReplaySources.asOf. */
  readonly unanswered: number;
  /** Decisions whose campaign version is not known; taken as they were. */
  readonly unknownCampaign: number;
  /** The first ones. */
  readonly differences: readonly ReplayDifference[];
};
