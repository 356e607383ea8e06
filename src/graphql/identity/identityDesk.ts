import { randomUUID } from "node:crypto";
import type { Actor } from "../../domain/event.ts";
import type { CustomerId } from "../../domain/ids.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { Fact, FactOutcome } from "../../intake/fact.ts";
import type { RequestContext } from "../context.ts";

/** Decisions on who is who that come through the API go through the door like any fact, as facts of this source. */
const source = "identity-desk";

type Decision = {
  readonly type: "identity-merged" | "identity-split" | "merge-proposal-rejected";
  readonly subject: CustomerId;
  readonly other: CustomerId;
  readonly actor: Actor;
  readonly data: JsonObject;
  readonly correctsEvent?: string;
};

export async function decide(
  { backend, now }: RequestContext,
  { type, subject, other, actor, data, correctsEvent }: Decision,
): Promise<FactOutcome> {
  const fact: Fact = {
    id: randomUUID(),
    source,
    type,
    subject: { customerId: subject },
    occurredAt: formatInstant(now),
    data: { ...data, customer: { system: "c360", id: other } },
    actor: { kind: actor.kind, id: actor.id },
    ...(correctsEvent === undefined ? {} : { correctsEvent }),
  };
  const [outcome] = await backend.intake.submit({ format: "facts", facts: [fact] }, { source });
  return outcome as FactOutcome;
}

/** What the door said, in the words of the mutation. */
export const answerOf = (outcome: FactOutcome, kind: string, more: object): object =>
  outcome.kind === "quarantined" ? outcome : { kind, position: outcome.position, eventId: outcome.eventId, ...more };
