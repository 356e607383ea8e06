import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { CustomerType } from "../../customer/customerType.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";
import { TagValueObject } from "../../tag/tagValueType.ts";
import { SegmentType } from "../segmentType.ts";

export const TopOrder = { HIGHEST: "highest", LOWEST: "lowest" } as const;
export type TopOrder = (typeof TopOrder)[keyof typeof TopOrder];

registerEnumType(TopOrder, {
  name: "SegmentTopOrder",
  description: "Which end of the values comes first.",
  valuesConfig: {
    HIGHEST: { description: "The highest value; of dates the latest." },
    LOWEST: { description: "The lowest value; of dates the earliest." },
  },
});

@ObjectType("SegmentPreview", {
  simpleResolvers: true,
  description:
    "Whom a rule means, exactly, at one position of the log. What is asked of it besides is counted at the newest position there is then; where that cannot be answered, the field is null and the error, SEGMENT_UNANSWERED, says why.",
})
export class SegmentPreviewType {
  @Field(() => Int, { description: "How many: counted, not estimated." })
  count!: number;

  @Field(() => Int, { description: "Of how many customers in all." })
  customers!: number;

  @Field(() => PositionText, { description: "Every fact up to this position counts, and none after it." })
  position!: number;

  @Field(() => DateTime, { description: "The instant that it is true of." })
  at!: Instant;

  @Field(() => String, { description: "The rule as a sentence." })
  sentence!: string;
}

@ObjectType("SegmentTopMember", { simpleResolvers: true, description: "A member with its value of a tag." })
export class TopMemberType {
  @Field(() => CustomerType, { description: "The customer." })
  customer!: object;

  @Field(() => TagValueObject, { description: "The value." })
  value!: object;
}

@ObjectType("SegmentShared", { simpleResolvers: true, description: "What an audience has in common with a segment." })
export class SharedType {
  @Field(() => SegmentType, { description: "The segment." })
  segment!: object;

  @Field(() => Int, { description: "How many are in the segment." })
  size!: number;

  @Field(() => Int, { description: "How many are in both." })
  both!: number;
}
