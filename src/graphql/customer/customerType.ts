import { Field, ID, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { EventType } from "../event/eventType.ts";
import { NodeType } from "../node/nodeType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { PositionText } from "../scalars/position.ts";

@ObjectType("Degradation", {
  simpleResolvers: true,
  description: "Why a customer stands still: one of their events could not be worked in, and nothing after it is.",
})
export class DegradationType {
  @Field(() => PositionText, { description: "The position of the event that could not be worked in." })
  position!: number;

  @Field(() => String, { description: "What went wrong, for the operator." })
  error!: string;

  @Field(() => EventType, { description: "The event that could not be worked in." })
  event!: object;
}

@ObjectType("Customer", {
  implements: NodeType,
  simpleResolvers: true,
  description: "Everything the bank knows of one customer, each value with the event it comes from.",
})
export class CustomerType {
  @Field(() => ID, { description: "The bare customer id, as it stands in stream names and facts (`customer-<id>`)." })
  customerId!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: "When they became a customer; null while only facts about them have arrived.",
  })
  registeredAt!: Instant | null;

  @Field(() => Boolean, {
    description: "True when this profile stands still at an earlier state because an event could not be worked in.",
  })
  degraded!: boolean;

  @Field(() => DegradationType, { nullable: true, description: "Why it is degraded; null when all is well." })
  degradation!: object | null;

  @Field(() => Int, { description: "How many events this profile is made of." })
  eventCount!: number;

  @Field(() => DateTime, { description: "The latest instant any of their events was true." })
  lastOccurredAt!: Instant;

  @Field(() => PositionText, { description: "The position of the last event in this profile." })
  lastPosition!: number;
}

export const CustomerConnection = connectionOf(() => CustomerType, "Customer", { counted: true });
