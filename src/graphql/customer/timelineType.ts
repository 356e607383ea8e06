import { Field, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { EventType } from "../event/eventType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { PositionText } from "../scalars/position.ts";

@ObjectType("TimelineEntry", { simpleResolvers: true, description: "One event in a customer's life." })
export class TimelineEntryType {
  @Field(() => DateTime, { description: "When it happened." })
  occurredAt!: Instant;

  @Field(() => String, { description: "The fact type, such as `complaint-recorded`; see `factTypes`." })
  type!: string;

  @Field(() => PositionText, { description: "Where the event stands in the log." })
  position!: number;

  @Field(() => EventType, { description: "The event itself." })
  event!: object;
}
export const TimelineConnection = connectionOf(() => TimelineEntryType, "TimelineEntry");
