import { Field, ID, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";
import { SegmentChangeCause, SegmentChangeKind } from "./feedEnums.ts";

@ObjectType("SegmentChange", {
  simpleResolvers: true,
  description: "One customer's entry into a segment, or exit from it.",
})
export class SegmentChangeType {
  @Field(() => Int, { description: "Its number among the changes of the segment: from 1, without gaps." })
  sequence!: number;

  @Field(() => SegmentChangeKind, { description: "Which way." })
  kind!: string;

  @Field(() => ID, { description: "The bare id of the customer." })
  customerId!: string;

  @Field(() => SegmentChangeCause, { description: "Why it came about." })
  cause!: string;

  @Field(() => Boolean, {
    description:
      "Whether a late, reversed or corrected fact is behind it: what was told before, of the time since `occurredAt`, was not so.",
  })
  corrected!: boolean;

  @Field(() => Int, { description: "The version of the segment that it is about." })
  version!: number;

  @Field(() => PositionText, { description: "The event of the log by which it came about." })
  position!: number;

  @Field(() => DateTime, { description: "The log's time from which it is so." })
  at!: Instant;

  @Field(() => DateTime, {
    description: "When the fact behind it was true; of a change that came with time, the instant itself.",
  })
  occurredAt!: Instant;
}
