import type { CampaignDefinition, CampaignId } from "../../campaign/campaign.ts";
import type { PolicyDefinition, PolicyId } from "../../campaign/policy.ts";
import type { Decision } from "../decision.ts";
import type { ConsentStatement, OfferAnswer } from "../gateInputs.ts";
import type { ZoneOffsets } from "../quietHours.ts";
import type { Truth } from "../truth.ts";

/** What a policy replay looks up. */
export type ReplaySources = {
  /** The version that is tried in the place of all that the decisions of its id were made under. */
  readonly policy: PolicyDefinition;
  readonly policyOf: (id: PolicyId, version: number) => PolicyDefinition | null;
  readonly campaignOf: (id: CampaignId, version: number) => CampaignDefinition | null;
  readonly offsets: ZoneOffsets;
  /**
   * What a decision does not record because it was stopped before anybody asked, or asked something else: answered as of the
   * decision's instant. Each that is missing leaves its question unknown, which sends nothing and is counted; only for a zone
   * the one that was recorded stands in, and the policy's where none was.
   */
  readonly asOf: {
    /** Of the tried policy's rule. */
    readonly suppression?: (decision: Decision) => Truth;
    readonly audience?: (decision: Decision) => Truth;
    readonly offer?: (decision: Decision) => OfferAnswer;
    readonly consent?: (decision: Decision, channel: string) => ConsentStatement | null;
    readonly customersZone?: (decision: Decision, attribute: string) => string | null;
  };
  /** How many of the decisions that differ are kept, the first ones. */
  readonly keep: number;
};
