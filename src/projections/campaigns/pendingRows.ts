import type { NewEvent, WrittenEvent } from "../../domain/event.ts";
import type { AppendRequest } from "../../domain/eventLog.ts";
import type { JsonObject } from "../../domain/json.ts";
import { type CampaignRow, numberKey } from "./campaignTables.ts";

/** An event on its way into the log; it has no personal values. */
export type PendingEvent = { readonly stream: string; readonly event: NewEvent & { readonly personal: null } };

/*
 * A row of kind `pending` holds events that are appended together, two lines each: what the event is, as JSON, and its data, as the JSON
 * text that the log will hold. So rows put together are one text for the log's writer, and nobody on the way reads the data. JSON text has
 * no line feed of its own. The key is a number, so that rows made later come later; within one generation of read models no key is used
 * again.
 */
export const pendingKey = (sequence: number): string => numberKey(sequence);

export function pendingText({ stream, event: { data, ...event } }: PendingEvent): string {
  const header: Header = { stream, event };
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

function eachIn<Made>(text: string, make: (header: Header, dataText: string) => Made): readonly Made[] {
  const lines = text.split("\n");
  const made: Made[] = [];
  // The last one is empty: a line feed ends each.
  for (let at = 0; at + 2 < lines.length; at += 2)
    made.push(make(JSON.parse(lines[at] as string) as Header, lines[at + 1] as string));
  return made;
}
