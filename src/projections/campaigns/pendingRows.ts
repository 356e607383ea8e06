import type { NewEvent } from "../../domain/event.ts";
import { type CampaignRow, numberKey } from "./campaignTables.ts";

/** An event on its way into the log. */
export type PendingEvent = { readonly stream: string; readonly event: NewEvent };

/*
 * A row of kind `pending` holds events that are appended together, as JSON. Its key is a number, so that rows made later come later;
 * within one generation of read models no key is used again.
 */
export const pendingKey = (sequence: number): string => numberKey(sequence);
export const pendingText = (events: readonly PendingEvent[]): string => JSON.stringify(events);
export const pendingEventsIn = ({ text }: CampaignRow): readonly PendingEvent[] =>
  JSON.parse(text) as readonly PendingEvent[];
