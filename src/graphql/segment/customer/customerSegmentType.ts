import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { connectionOf } from "../../connection/connectionOf.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";
import { SegmentType } from "../segmentType.ts";
import { SegmentVersionType } from "../segmentVersionType.ts";

export const CustomerSegmentState = {
  MEMBER: "member",
  NOT_MEMBER: "notMember",
  FILLING: "filling",
  NOT_IN_FORCE: "notInForce",
  FAILED: "failed",
} as const;
export type CustomerSegmentState = (typeof CustomerSegmentState)[keyof typeof CustomerSegmentState];

registerEnumType(CustomerSegmentState, {
  name: "CustomerSegmentState",
  description: "What is to be said of a membership, so that null never has two meanings.",
  valuesConfig: {
    MEMBER: { description: "The customer belongs." },
    NOT_MEMBER: { description: "The customer does not belong." },
    FILLING: { description: "The segment is published, but its members are not worked out yet; ask again." },
    NOT_IN_FORCE: { description: "No version of the segment was in force at the moment asked about." },
    FAILED: { description: "Nobody can say; `problem` says why." },
  },
});

@ObjectType("CustomerSegment", {
  simpleResolvers: true,
  description: "Whether a customer belongs to a segment at one moment.",
})
export class CustomerSegmentType {
  @Field(() => String, { description: "The segment's id." })
  segmentId!: string;

  @Field(() => SegmentType, { description: "The segment." })
  segment!: object;

  @Field(() => CustomerSegmentState, { description: "Whether the customer belongs, or why nobody can say." })
  state!: CustomerSegmentState;

  @Field(() => Boolean, {
    nullable: true,
    description: "True where `state` is MEMBER, false where it is NOT_MEMBER, else null.",
  })
  member!: boolean | null;

  @Field(() => String, { nullable: true, description: "Where `state` is FAILED: what went wrong." })
  problem!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "Of a present member: when the customer entered, as it was told; null for those with whom the segment began, and for other moments.",
  })
  since!: Instant | null;

  @Field(() => Int, { nullable: true, description: "The version of the segment that says so." })
  version!: number | null;

  @Field(() => SegmentVersionType, { nullable: true, description: "That version, whole." })
  definition!: object | null;

  @Field(() => DateTime, { description: "The instant that it is of." })
  at!: Instant;

  @Field(() => PositionText, { description: "Facts beyond this position were not known." })
  knownPosition!: number;
}

export const CustomerSegmentConnection = connectionOf(() => CustomerSegmentType, "CustomerSegment", { counted: true });
