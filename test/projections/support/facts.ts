import { createHash } from "node:crypto";
import type { CustomerEvent } from "../../../src/domain/customer/events.ts";
import type { NewEvent, RecordedEvent } from "../../../src/domain/event.ts";
import type { LogWriter } from "../../../src/domain/eventLog.ts";
import { CustomerId, customerStream, type EventId } from "../../../src/domain/ids.ts";
import type { JsonObject } from "../../../src/domain/json.ts";

export const customerId = (name: string): CustomerId =>
  CustomerId.parse(createHash("sha256").update(name).digest("hex").slice(0, 26)) as CustomerId;

/** A lower-case UUID that a name always gives again. */
export function eventId(name: string): EventId {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  ) as EventId;
}

export type TestFact = {
  readonly stream: string;
  readonly name: string;
  readonly type: string;
  readonly occurredAt: number;
  readonly data: JsonObject;
  readonly corrects?: string;
  readonly source?: string;
};

export const newEvent = ({ name, type, occurredAt, data, corrects, source = "core" }: TestFact): NewEvent => ({
  eventId: eventId(name),
  type,
  schemaVersion: 1,
  occurredAt,
  actor: { kind: "service", id: source },
  source,
  sourceEventId: name,
  correlationId: null,
  causationId: null,
  corrects: corrects === undefined ? null : eventId(corrects),
  flags: [],
  data,
  personal: null,
});

/** Appends facts one by one in this order; positions follow. */
export function appendAll(writer: LogWriter, facts: readonly TestFact[], now = 1_000_000): void {
  const requests = facts.map(fact => ({
    writes: [{ stream: fact.stream, expected: "any" as const, events: [newEvent(fact)] }],
  }));
  for (const outcome of writer.append(requests, now))
    if (outcome.kind !== "appended") throw new Error(`not appended: ${JSON.stringify(outcome)}`);
}

/** Events of one customer as the log would give them back, positions 1, 2, 3 … in the order given. */
export const given = (...facts: readonly FactOf[]): RecordedEvent[] =>
  facts.map((fact, index) => ({
    ...newEvent({ stream: ada, name: fact.name ?? `fact-${index}`, ...fact, data: fact.data as JsonObject }),
    position: index + 1,
    stream: ada,
    revision: index,
    recordedAt: 1_000_000,
    erased: false,
    hash: `hash-${index + 1}`,
  }));

export const adaId = customerId("ada");
export const ada = customerStream(adaId);

/** A fact the customer fold knows, at an instant (milliseconds), perhaps correcting the fact of that name. */
export type FactOf = {
  readonly occurredAt: number;
  readonly name?: string;
  readonly corrects?: string;
} & CustomerEvent;
