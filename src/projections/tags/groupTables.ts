import type { Position, RecordedEvent } from "../../domain/event.ts";
import { type CustomerId, customerOfStream } from "../../domain/ids.ts";
import type { MergeInForce } from "../engineStage.ts";
import type { History } from "./history.ts";

const mergeTable = "group:merge";
const speakerTable = "group:speaker";

export const consentTypes: readonly string[] = ["consent-granted", "consent-withdrawn"];

/**
 * What the events of merged customers, taken together, do not say any more and consents hang on: which merges made them one, and who
 * of them spoke of a consent before the last of these.
 */
export function tellGroup(history: History, merges: readonly MergeInForce[], events: readonly RecordedEvent[]): void {
  const last = merges.at(-1);
  if (last === undefined) return;
  for (const { position, occurredAt, survivor, absorbed } of merges)
    history.addFound(mergeTable, occurredAt, position, { survivor, absorbed });
  for (const { type, stream, occurredAt, position } of events)
    if (consentTypes.includes(type) && position < last.position)
      history.addFound(speakerTable, occurredAt, position, { customer: customerOfStream(stream) });
}

/** Those known by a position, in the order in which they were decided. */
export function mergesIn(history: History, known: Position): MergeInForce[] {
  const table = history.table(mergeTable);
  const merges: MergeInForce[] = [];
  for (let row = 0; row < (table?.length ?? 0); row += 1) {
    const position = table?.position(row) as Position;
    if (position > known) continue;
    const [survivor, absorbed] = ["survivor", "absorbed"].map(field => table?.value(row, field) as CustomerId);
    merges.push({ position, occurredAt: table?.occurredAt(row), survivor, absorbed } as MergeInForce);
  }
  return merges.sort((a, b) => a.position - b.position);
}

/** Who spoke, by position of the fact; nobody stands for whoever they have all become. */
export function speakersIn(history: History): ReadonlyMap<Position, CustomerId> {
  const table = history.table(speakerTable);
  const speakers = new Map<Position, CustomerId>();
  for (let row = 0; row < (table?.length ?? 0); row += 1)
    speakers.set(table?.position(row) as Position, table?.value(row, "customer") as CustomerId);
  return speakers;
}
