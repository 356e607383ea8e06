import type { Position, RecordedEvent } from "../../../domain/event.ts";
import { type CustomerId, customerOfStream } from "../../../domain/ids.ts";
import type { MergeInForce } from "../../engineStage.ts";
import type { History } from "./history.ts";

const mergeTable = "group:merge";
const speakerTable = "group:speaker";

export const consentTypes: readonly string[] = ["consent-granted", "consent-withdrawn"];
const spokenTypes: ReadonlySet<string> = new Set([...consentTypes, "relationship-established", "relationship-ended"]);

/** The merges that made the customer one with others: consents hang on them. */
export function tellMerges(history: History, merges: readonly MergeInForce[]): void {
  for (const { position, occurredAt, survivor, absorbed } of merges)
    history.addFound(mergeTable, occurredAt, position, { survivor, absorbed });
}

/** Of a fact whose meaning hangs on it: which of the customers merged into this one it is that speaks. */
export function tellSpeaker(history: History, survivor: CustomerId, event: RecordedEvent): void {
  const { type, stream, occurredAt, position } = event;
  if (!spokenTypes.has(type)) return;
  const customer = customerOfStream(stream);
  if (customer !== survivor) history.addFound(speakerTable, occurredAt, position, { customer });
}

/** Whether no customer was ever merged into this one. */
export const standsAlone = (history: History): boolean =>
  history.table(mergeTable) === null && history.table(speakerTable) === null;

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

/** Who spoke, by position of the fact, where it was not the customer itself. */
export function speakersIn(history: History): ReadonlyMap<Position, CustomerId> {
  const table = history.table(speakerTable);
  const speakers = new Map<Position, CustomerId>();
  for (let row = 0; row < (table?.length ?? 0); row += 1)
    speakers.set(table?.position(row) as Position, table?.value(row, "customer") as CustomerId);
  return speakers;
}
