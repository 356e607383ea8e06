import type { CampaignDefinition, CampaignId } from "../../campaign/campaign.ts";
import type { PolicyDefinition, PolicyId } from "../../campaign/policy.ts";
import type { CustomerId, EventId } from "../../ids.ts";
import type { Decision } from "../decision.ts";
import type { ConsentStatement, OfferAnswer } from "../gateInputs.ts";
import type { ZoneOffsets } from "../quietHours.ts";
import type { Truth } from "../truth.ts";

/** A recorded decision. Its gates, which are most of it and hardly ever asked for, may be left to be parsed when they are. */
export type ReplayedDecision = Omit<Decision, "gates"> & {
  readonly gates: Decision["gates"] | (() => Decision["gates"]);
};

/** What a policy replay looks up. */
export type ReplaySources = {
  /** The version that is tried in the place of all that the decisions of its id were made under. */
  readonly policy: PolicyDefinition;
  readonly policyOf: (id: PolicyId, version: number) => PolicyDefinition | null;
  readonly campaignOf: (id: CampaignId, version: number) => CampaignDefinition | null;
  readonly offsets: ZoneOffsets;
  /** Which decisions are tried; without it all that were made under the policy. A held contact's release goes with the decision that held it. */
  readonly scope?: (decision: ReplayedDecision) => boolean;
  /** Who is one person with a customer now, itself included, so that contacts of all of them count; without it only itself. */
  readonly membersOf?: (id: CustomerId) => readonly CustomerId[];
  /**
   * What a decision does not record because it was stopped before anybody asked, or asked something else: answered as of the
   * decision's instant. Each that is missing leaves its question unknown, which sends nothing and is counted; only for a zone
   * the one that was recorded stands in, and the policy's where none was.
   */
  readonly asOf: {
    /** Of the tried policy's rule. */
    readonly suppression?: (decision: ReplayedDecision) => Truth;
    readonly audience?: (decision: ReplayedDecision) => Truth;
    readonly offer?: (decision: ReplayedDecision) => OfferAnswer;
    readonly consent?: (decision: ReplayedDecision, channel: string) => ConsentStatement | null;
    readonly customersZone?: (decision: ReplayedDecision, attribute: string) => string | null;
  };
  /** Whether a decision's send is going to be withheld; without it none is. */
  readonly isWithheld?: (decisionId: EventId) => boolean;
  /** How many of the decisions that differ are kept, the first ones. */
  readonly keep: number;
};
