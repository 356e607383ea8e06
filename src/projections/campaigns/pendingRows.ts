import { type CampaignId, campaignStream } from "../../domain/campaign/campaign.ts";
import type { Decision } from "../../domain/decision/decision.ts";
import type { NewEvent, WrittenEvent } from "../../domain/event.ts";
import type { AppendRequest } from "../../domain/eventLog.ts";
import { type CustomerId, customerStream, type EventId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { JsonObject } from "../../domain/json.ts";
import { type CampaignRow, numberKey } from "./campaignTables.ts";

/** An event on its way into the log; it has no personal values. */
export type PendingEvent = { readonly stream: string; readonly event: NewEvent & { readonly personal: null } };

/*
 * A row of kind `pending` holds events that are appended together, two lines each: what the event is, as JSON, and its data, as the JSON
 * text that the log will hold. So rows put together are one text for the log's writer, and nobody on the way reads the data. JSON text has
 * no line feed of its own. Of a decision the first line is a list of what distinguishes it from others. The key is a number, so that rows
 * made later come later; within one generation of read models no key is used again.
 */
export const pendingKey = (sequence: number): string => numberKey(sequence);

export function pendingText({ stream, event: { data, ...event } }: PendingEvent): string {
  const header: Header = { stream, event };
  return `${JSON.stringify(header)}\n${JSON.stringify(data)}\n`;
}

export function pendingDecisionText({ customerId, ...data }: Decision): string {
  const { decisionId, at, campaignId, cause } = data;
  const causedBy = cause.kind === "trigger" ? cause.eventId : cause.kind === "release" ? cause.of : null;
  const header: DecisionHeader = [customerId, decisionId, at, campaignId, causedBy];
  return `${JSON.stringify(header)}\n${JSON.stringify(data)}\n`;
}

export const pendingEventsIn = ({ text }: CampaignRow): readonly PendingEvent[] =>
  eachIn(text, ({ stream, event }, dataText) => ({
    stream,
    event: { ...event, data: JSON.parse(dataText) as JsonObject },
  }));

/** Each stands alone: one that is in the log already must not hold up the others. */
export const pendingRequests = (text: string): readonly AppendRequest<WrittenEvent>[] =>
  eachIn(text, ({ stream, event }, dataText) => ({
    writes: [{ stream, expected: "any", events: [{ ...event, dataText }] }],
  }));

/** The row without those of its events that are not kept; they are asked for by their place. */
export function pendingSome(text: string, isKept: (event: number) => boolean): string {
  let kept = "";
  let event = 0;
  for (let from = 0; from < text.length; event += 1) {
    const end = text.indexOf("\n", text.indexOf("\n", from) + 1) + 1;
    if (isKept(event)) kept += text.slice(from, end);
    from = end;
  }
  return kept;
}

export function pendingCount(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines / 2;
}

type Header = { readonly stream: string; readonly event: Omit<WrittenEvent, "dataText"> };
type DecisionHeader = readonly [
  customer: CustomerId,
  id: EventId,
  at: Instant,
  campaign: CampaignId,
  causedBy: EventId | null,
];

const decisionHeader = ([customer, eventId, occurredAt, campaign, causationId]: DecisionHeader): Header => ({
  stream: customerStream(customer),
  event: {
    eventId,
    type: "campaign-decided",
    schemaVersion: 1,
    occurredAt,
    actor: { kind: "system", id: "campaigns" },
    source: "c360",
    sourceEventId: null,
    correlationId: campaignStream(campaign),
    causationId,
    corrects: null,
    flags: [],
    personal: null,
  },
});

function headerIn(line: string): Header {
  const header = JSON.parse(line) as Header | DecisionHeader;
  return "stream" in header ? header : decisionHeader(header);
}

function eachIn<Made>(text: string, make: (header: Header, dataText: string) => Made): readonly Made[] {
  const lines = text.split("\n");
  const made: Made[] = [];
  // The last one is empty: a line feed ends each.
  for (let at = 0; at + 2 < lines.length; at += 2)
    made.push(make(headerIn(lines[at] as string), lines[at + 1] as string));
  return made;
}
