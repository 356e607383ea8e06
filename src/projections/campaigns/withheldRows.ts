import type { CampaignId } from "../../domain/campaign/campaign.ts";
import type { Position } from "../../domain/event.ts";
import type { EventId } from "../../domain/ids.ts";
import type { CampaignRow } from "./campaignTables.ts";

/** What a send that was withheld gave back. */
export type GivenBack = {
  /** Where the report stands that it was withheld. */
  readonly position: Position;
  readonly campaignId: CampaignId;
  readonly minorUnits: number;
  /** That it was to make, with its tier; null without one, and where somebody had accepted it already. */
  readonly offer: string | null;
};

/** Sends that were withheld, by which decision, and where that was reported. */
export type WithheldSend = { readonly decisionId: EventId; readonly position: Position };

export const withheldText = (given: GivenBack): string => JSON.stringify(given);
export const givenBackIn = ({ text }: CampaignRow): GivenBack => JSON.parse(text) as GivenBack;
export const withheldSendIn = (row: CampaignRow): WithheldSend => ({
  decisionId: row.key as EventId,
  position: givenBackIn(row).position,
});
