import { Field, InputType } from "type-graphql";
import type { LogQuery } from "../../domain/eventLog.ts";
import type { Instant } from "../../domain/instant.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { ActorInput } from "./actorType.ts";

@InputType({ description: "Which events; all that is given must hold. Times are half-open: from is in, to is out." })
export class EventFilter {
  @Field(() => String, { nullable: true, description: "Only this stream, such as `customer-<id>`." })
  stream?: string | null;

  @Field(() => [String], { nullable: true, description: "Only these fact types. An empty list lets nothing through." })
  types?: string[] | null;

  @Field(() => ActorInput, { nullable: true, description: "Only what this actor caused." })
  actor?: ActorInput | null;

  @Field(() => String, { nullable: true, description: "Only what this upstream system told us." })
  source?: string | null;

  @Field(() => String, { nullable: true, description: "Only the events with this correlation id." })
  correlationId?: string | null;

  @Field(() => DateTime, { nullable: true, description: "Only what was recorded at this instant or later." })
  recordedFrom?: Instant | null;

  @Field(() => DateTime, { nullable: true, description: "Only what was recorded before this instant." })
  recordedTo?: Instant | null;

  @Field(() => DateTime, { nullable: true, description: "Only what was true at this instant or later." })
  occurredFrom?: Instant | null;

  @Field(() => DateTime, { nullable: true, description: "Only what was true before this instant." })
  occurredTo?: Instant | null;
}

type LogFilter = Omit<LogQuery, "after" | "before" | "direction" | "limit">;

/** The filter in the log's words. */
export function logFilter(filter: EventFilter | null | undefined): LogFilter {
  if (filter == null) return {};
  const { stream, types, actor, source, correlationId } = filter;
  const recorded = period(filter.recordedFrom, filter.recordedTo);
  const occurred = period(filter.occurredFrom, filter.occurredTo);
  return {
    ...(stream != null && { stream }),
    ...(types != null && { types }),
    ...(actor != null && { actor: { kind: actor.kind, id: actor.id } }),
    ...(source != null && { source }),
    ...(correlationId != null && { correlationId }),
    ...(recorded !== null && { recorded }),
    ...(occurred !== null && { occurred }),
  };
}

const period = (from: Instant | null | undefined, to: Instant | null | undefined) =>
  from == null && to == null ? null : { ...(from != null && { from }), ...(to != null && { to }) };
