import { CampaignId } from "../../domain/campaign/campaign.ts";
import type { CampaignState, CampaignVersionRecord } from "../../domain/campaign/campaignCatalogue.ts";
import { shownCampaignVersion } from "../../domain/campaign/campaignGraph.ts";
import { stateOf } from "../../projections/campaigns/campaignReads.ts";
import type { RequestContext } from "../context.ts";
import { keyOfId } from "../node/globalId.ts";
import type { CampaignStatus } from "./campaignEnums.ts";

/** A campaign as the API reads it: what is shown of it follows the version in force, or the newest where there is none. */
export type CampaignNode = {
  readonly campaignState: CampaignState;
  readonly shown: CampaignVersionRecord;
  readonly campaignId: CampaignId;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  readonly purpose: string;
  readonly zone: string;
  readonly status: CampaignStatus;
};

export function campaignNode(campaignState: CampaignState): CampaignNode {
  const shown = shownCampaignVersion(campaignState)!;
  const { name, owner, description, purpose, zone } = shown.definition;
  const { id: campaignId, status } = campaignState;
  return { campaignState, shown, campaignId, name, owner, description, purpose, zone, status };
}

/** A version that still knows its campaign. */
export type CampaignVersionNode = CampaignVersionRecord & { readonly campaignState: CampaignState };

export const campaignVersionNode = (
  campaignState: CampaignState,
  version: CampaignVersionRecord,
): CampaignVersionNode => ({ ...version, campaignState });

/** Throws BAD_USER_INPUT. */
export const campaignKey = (id: string, argument = "id"): CampaignId =>
  keyOfId("Campaign", id, CampaignId.parse, argument);

export function campaignById(context: RequestContext, id: CampaignId): CampaignNode | null {
  const state = stateOf(context.session(), "campaign", id);
  return state === null ? null : campaignNode(state);
}

/** Looked up once for all that mention it in this answer. */
export async function campaignNamed(context: RequestContext, id: string): Promise<CampaignNode | null> {
  const state = await context.loaders().campaign.load(id);
  return state === null ? null : campaignNode(state);
}
