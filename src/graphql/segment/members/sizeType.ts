import { Field, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { UtcDay } from "../../scalars/utcDay.ts";

@ObjectType("SegmentSize", { simpleResolvers: true, description: "How many members there were at an instant." })
export class SegmentSizeType {
  @Field(() => DateTime, { description: "The instant." })
  at!: Instant;

  @Field(() => Int, { description: "How many: counted, not estimated." })
  size!: number;
}

@ObjectType("SegmentDay", {
  simpleResolvers: true,
  description: "What happened to a segment on one day in UTC, as it was told in its changes.",
})
export class SegmentDayType {
  @Field(() => UtcDay, { description: "The day." })
  day!: number;

  @Field(() => Int, { description: "Entries." })
  entered!: number;

  @Field(() => Int, { description: "Exits." })
  exited!: number;

  @Field(() => Int, { description: "Members at the end of the day; of a day that is not over, so far." })
  size!: number;
}
