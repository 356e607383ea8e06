import { randomUUID } from "node:crypto";
import type { NewEvent } from "../../src/domain/event.ts";
import type { EventId } from "../../src/domain/ids.ts";

/** An event with everything a sentence leaves out filled in. */
export const newEvent = (given: Partial<NewEvent> = {}): NewEvent => ({
  eventId: randomUUID() as EventId,
  type: "preference-set",
  schemaVersion: 1,
  occurredAt: Date.UTC(2026, 0, 1),
  actor: { kind: "service", id: "core-bank" },
  source: "core-bank",
  sourceEventId: null,
  correlationId: null,
  causationId: null,
  corrects: null,
  flags: [],
  data: { name: "colour", value: "blue" },
  personal: null,
  ...given,
});
