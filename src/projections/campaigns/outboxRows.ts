import type { CampaignId } from "../../domain/campaign/campaign.ts";
import type { DecisionCause } from "../../domain/decision/decision.ts";
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

/**
 * Who waits with whom. What a fact triggered is of this moment: it does not wait for a wave's sends, nor for contacts that were held and
 * are released together.
 */
export const outboxQueues = ["triggered", "others"] as const;
export type OutboxQueue = (typeof outboxQueues)[number];

/** Keys of a queue, and of no other, begin so. */
export const outboxPrefixes: Readonly<Record<OutboxQueue, string>> = { triggered: "0/", others: "1/" };
export const outboxQueueOf = ({ kind }: DecisionCause): OutboxQueue => (kind === "trigger" ? "triggered" : "others");

/** By the position of the decision within a queue, so that they are handed over in the order in which they were decided. */
export const outboxKey = (queue: OutboxQueue, position: Position): string =>
  outboxPrefixes[queue] + numberKey(position);
export const outboxText = (entry: OutboxEntry): string => JSON.stringify(entry);
export const outboxPositionOf = (key: string): Position => Number(key.slice(key.indexOf("/") + 1));
export const outboxEntryIn = ({ text }: CampaignRow): OutboxEntry => JSON.parse(text) as OutboxEntry;
