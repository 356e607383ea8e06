import { Field, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";
import { SegmentType } from "../segmentType.ts";

export const mostOverlapping = 50;

@ObjectType("SegmentOverlap", {
  simpleResolvers: true,
  description: "How many customers segments have in common, two by two.",
})
export class OverlapType {
  @Field(() => PositionText, { description: "Every fact up to this position counts, and none after it." })
  position!: number;

  @Field(() => DateTime, { description: "The instant that it is true of." })
  at!: Instant;

  @Field(() => [SegmentType], { description: "The segments, as they were named." })
  segments!: readonly object[];

  @Field(() => [[Int]], {
    description: "`both[i][j]`: customers in the i-th and the j-th segment; `both[i][i]` is the size of the i-th.",
  })
  both!: readonly (readonly number[])[];
}
