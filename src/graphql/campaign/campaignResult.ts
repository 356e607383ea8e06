import type { CampaignOutcome } from "../../definitions/campaignDefinitions.ts";
import { campaignNode } from "./campaignNode.ts";
import { campaignRefusal } from "./refusalType.ts";

/** The outcome of a command in the API's words: one of the types of `CampaignResult`. */
export function campaignResult(outcome: CampaignOutcome): object {
  if (!outcome.ok) return campaignRefusal(outcome.refusal);
  const { kind, campaign, version, position } = outcome.value;
  return { outcome: kind, campaign: campaignNode(campaign), version, position };
}
