import type { CampaignId } from "../../domain/campaign/campaign.ts";
import type { Position } from "../../domain/event.ts";
import type { CustomerId, EventId } from "../../domain/ids.ts";
import { type CampaignRow, numberKey } from "./campaignTables.ts";

/** A send that no channel has taken yet. The event at `position` says the rest. */
export type OutboxEntry = {
  readonly decisionId: EventId;
  /** In whose stream it was decided. */
  readonly customerId: CustomerId;
  readonly campaignId: CampaignId;
  readonly channel: string;
  /** What it took of the budget, in minor units; 0 without a unit cost. */
  readonly minorUnits: number;
};

/** By the position of the decision, so that they are handed over in the order in which they were decided. */
export const outboxKey = (position: Position): string => numberKey(position);
export const outboxText = (entry: OutboxEntry): string => JSON.stringify(entry);
export const outboxPositionOf = (key: string): Position => Number(key);
export const outboxEntryIn = ({ text }: CampaignRow): OutboxEntry => JSON.parse(text) as OutboxEntry;
