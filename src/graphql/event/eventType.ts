import { Field, ID, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import type { JsonObject } from "../../domain/json.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { NodeType } from "../node/nodeType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { Json } from "../scalars/json.ts";
import { PositionText } from "../scalars/position.ts";
import { ActorType } from "./actorType.ts";

@ObjectType("Event", {
  implements: NodeType,
  simpleResolvers: true,
  description: "One fact as it stands in the log, for ever. Everything else in this API is derived from these.",
})
export class EventType {
  @Field(() => ID, { description: "The event's own id, a UUID." })
  eventId!: string;

  @Field(() => PositionText, { description: "Its place in the log." })
  position!: number;

  @Field(() => String, { description: "The stream it belongs to: `customer-<id>`, `source-<name>` …" })
  stream!: string;

  @Field(() => Int, { description: "Its place in its stream: 0, 1, 2 …" })
  revision!: number;

  @Field(() => String, { description: "The fact type, such as `transaction-posted`; see `factTypes`." })
  type!: string;

  @Field(() => Int, { description: "The version of the fact type's schema it was written under." })
  schemaVersion!: number;

  @Field(() => DateTime, { description: "When it was true." })
  occurredAt!: Instant;

  @Field(() => DateTime, { description: "When we learned it. Never decreases along the log." })
  recordedAt!: Instant;

  @Field(() => ActorType, { description: "Who caused it." })
  actor!: ActorType;

  @Field(() => String, { description: "The upstream system that told us." })
  source!: string;

  @Field(() => String, { nullable: true, description: "The id under which that system knows the fact." })
  sourceEventId!: string | null;

  @Field(() => String, { nullable: true, description: "Ties together the events of one batch or business process." })
  correlationId!: string | null;

  @Field(() => String, { nullable: true, description: "The id of what led to this event." })
  causationId!: string | null;

  @Field(() => EventType, { nullable: true, description: "The event that this one reverses or corrects." })
  corrects!: object | null;

  @Field(() => [String], {
    description: "Oddities found at the door that were no reason to refuse the fact.",
  })
  flags!: readonly string[];

  @Field(() => Json, {
    description:
      "The fact's content as it is stored: money as an integer count of minor units, accounts as `system/id`. Personal values are missing once the person was erased; see `erased`.",
  })
  data!: JsonObject;

  @Field(() => Boolean, { description: "True once the key of its personal values was destroyed." })
  erased!: boolean;

  @Field(() => String, {
    description:
      "SHA-256 of the previous event's hash and this event's stored bytes, in hex: the chain that shows tampering.",
  })
  hash!: string;
}

export const EventConnection = connectionOf(() => EventType, "Event");
