import { randomUUID } from "node:crypto";
import type { Actor, NewEvent, Position } from "../domain/event.ts";
import type { AppendOutcome, AppendRequest } from "../domain/eventLog.ts";
import type { Fault } from "../domain/fault.ts";
import type { EventId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { JsonObject } from "../domain/json.ts";
import { accept, type Result, refuse } from "../domain/result.ts";

/** One step in the life of something that is defined. */
export type LifeEvent = { readonly type: string; readonly data: unknown };

/** What a decision comes to; without an event all is already as asked. */
export type Decided<Event extends LifeEvent> = {
  readonly stream: string;
  readonly version: number;
  readonly event: Event | null;
};
/** `position` is where the event stands; null where there was nothing to record. */
export type CarriedOut<Event extends LifeEvent, Catalogue> = Decided<Event> & {
  readonly position: Position | null;
  readonly catalogue: Catalogue;
};

export type CarryOutParts<Catalogue, Refusal> = {
  /** As the log has it now. */
  readonly catalogue: () => Promise<Catalogue>;
  /** Of the last event of a stream; undefined where there is none. */
  readonly revisionOf: (catalogue: Catalogue, stream: string) => number | undefined;
  /** The log's writer, wherever it runs. Rejects with IntakeTimeout when it gives no answer. */
  readonly append: (requests: readonly AppendRequest[]) => Promise<readonly AppendOutcome[]>;
  readonly now: () => Instant;
  readonly invalid: (faults: readonly Fault[]) => Refusal;
  readonly conflict: (stream: string) => Refusal;
};

/** Others may change the same thing between our look and our write, but not for ever. */
const mostAttempts = 5;
const longestActor = 200;

/**
 * Decides on what the log holds, records what was decided, and answers after fsync with the catalogue that has it. A decision
 * overtaken by another writer is made again on what there is then.
 */
export async function carryOut<Catalogue, Event extends LifeEvent, Refusal>(
  decide: (catalogue: Catalogue) => Promise<Result<Decided<Event>, Refusal>>,
  actor: Actor,
  parts: CarryOutParts<Catalogue, Refusal>,
): Promise<Result<CarriedOut<Event, Catalogue>, Refusal>> {
  const faults = actorFaults(actor);
  if (faults.length > 0) return refuse(parts.invalid(faults));
  for (let attempt = 1; ; attempt += 1) {
    const catalogue = await parts.catalogue();
    const decision = await decide(catalogue);
    if (!decision.ok) return decision;
    const { stream, event } = decision.value;
    if (event === null) return accept({ ...decision.value, position: null, catalogue });
    const revision = parts.revisionOf(catalogue, stream);
    const expected = revision === undefined ? "noStream" : { revision };
    const events = [newEvent(event, actor, parts.now())];
    const [outcome] = await parts.append([{ writes: [{ stream, expected, events }] }]);
    if (outcome?.kind === "appended") {
      const after = await parts.catalogue();
      if (parts.revisionOf(after, stream) === undefined)
        throw new Error(`the log has taken an event of ${stream} but does not give it back`);
      return accept({ ...decision.value, position: outcome.last, catalogue: after });
    }
    if (outcome?.kind !== "conflict") throw new Error(`the log does not take an event of ${stream}: ${outcome?.kind}`);
    if (attempt === mostAttempts) return refuse(parts.conflict(stream));
  }
}

/**
 * Ids are random: that a command sent twice does nothing the second time follows from the state it finds, and two at once
 * from the revision they expect.
 */
const newEvent = (event: LifeEvent, actor: Actor, at: Instant): NewEvent => ({
  eventId: randomUUID() as EventId,
  type: event.type,
  schemaVersion: 1,
  occurredAt: at,
  actor,
  source: "c360",
  sourceEventId: null,
  correlationId: null,
  causationId: null,
  corrects: null,
  flags: [],
  data: event.data as JsonObject,
  personal: null,
});

const actorFaults = ({ id }: Actor): readonly Fault[] =>
  id.trim() !== "" && id.length <= longestActor
    ? []
    : [{ field: "actor.id", code: "malformed", message: `says who does this, in 1 to ${longestActor} characters` }];
