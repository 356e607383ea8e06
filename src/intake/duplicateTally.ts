import { randomUUID } from "node:crypto";
import type { NewEvent } from "../domain/event.ts";
import type { AppendRequest } from "../domain/eventLog.ts";
import { type EventId, sourceStream } from "../domain/ids.ts";
import { formatInstant, type Instant } from "../domain/instant.ts";
import type { JsonObject } from "../domain/json.ts";
import type { SourceObserved } from "../domain/sourceObserved.ts";

/** Counts the facts that came again, which leave no event of their own, until somebody writes down how many. */
export type DuplicateTally = {
  /** The event that the fact, or its refusal, would have been. */
  readonly count: (event: NewEvent, now: Instant) => void;
  /** What is to be recorded of each source, one event each; empty when nothing came again. Forgotten with `recorded`. */
  readonly requests: (now: Instant) => AppendRequest[];
  readonly recorded: () => void;
};

export function createDuplicateTally(): DuplicateTally {
  let sources = new Map<string, Map<string | null, number>>();
  let since: Instant | null = null;
  return {
    count: (event, now) => {
      since ??= now;
      const { source } = event;
      const factType = event.type === "fact-quarantined" ? (event.data.factType as string | null) : event.type;
      const types = sources.get(source) ?? new Map<string | null, number>();
      types.set(factType, (types.get(factType) ?? 0) + 1);
      sources.set(source, types);
    },
    requests: now =>
      [...sources].map(([source, types]) => ({
        writes: [
          { stream: sourceStream(source), expected: "any", events: [observation(source, types, since ?? now, now)] },
        ],
      })),
    recorded: () => {
      sources = new Map();
      since = null;
    },
  };
}

function observation(source: string, types: ReadonlyMap<string | null, number>, from: Instant, to: Instant): NewEvent {
  const duplicates = [...types].map(([factType, facts]) => ({ factType, facts }));
  const data: SourceObserved["data"] = { from: formatInstant(from), to: formatInstant(to), duplicates };
  return {
    eventId: randomUUID() as EventId,
    type: "source-observed",
    schemaVersion: 1,
    occurredAt: to,
    actor: { kind: "system", id: "intake" },
    source,
    sourceEventId: null,
    correlationId: null,
    causationId: null,
    corrects: null,
    flags: [],
    data: data as unknown as JsonObject,
    personal: null,
  };
}
