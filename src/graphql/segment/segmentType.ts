import { Field, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { NodeType } from "../node/nodeType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { Json } from "../scalars/json.ts";
import { PositionText } from "../scalars/position.ts";
import { SegmentStatus } from "./segmentEnums.ts";
import { SegmentVersionType } from "./segmentVersionType.ts";

@ObjectType("SegmentStanding", {
  simpleResolvers: true,
  description: "Members as they are kept, up to this answer's position.",
})
export class SegmentStandingType {
  @Field(() => Int, { description: "The version of the definition that members are kept by." })
  version!: number;

  @Field(() => Int, { description: "How many members there are: counted, not estimated." })
  size!: number;

  @Field(() => Int, { description: "Entries and exits so far; the number of the newest one." })
  sequence!: number;

  @Field(() => PositionText, { description: "The log position that all this reflects." })
  position!: number;

  @Field(() => DateTime, { description: "Since when members are kept. Of what was before, ask with `asOf`." })
  since!: Instant;

  @Field(() => PositionText, { description: "The position at which that began." })
  sincePosition!: number;
}

@ObjectType("Segment", {
  implements: NodeType,
  simpleResolvers: true,
  description:
    "An audience: the customers of whom a rule is true, kept as facts arrive and time goes by. Name, rule and the like are those of the version in force, or of the newest where none is.",
})
export class SegmentType {
  @Field(() => String, { description: "Its name for machines. It never changes." })
  segmentId!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => String, { description: "Who answers for it." })
  owner!: string;

  @Field(() => String, { description: "What it means." })
  description!: string;

  @Field(() => SegmentStatus, { description: "How far it has come." })
  status!: SegmentStatus;

  @Field(() => Json, { description: "Who belongs to it, in the JSON that `draftSegment` and `previewSegment` take." })
  rule!: object;

  @Field(() => String, { description: "The same as a sentence." })
  sentence!: string;

  @Field(() => SegmentVersionType, {
    nullable: true,
    description: "The version that members are kept by; null while they are not.",
  })
  current!: object | null;

  @Field(() => SegmentVersionType, { nullable: true, description: "The draft that waits to be published." })
  draft!: object | null;

  @Field(() => [SegmentVersionType], { description: "Every version there ever was, by number." })
  versions!: readonly object[];

  @Field(() => SegmentStandingType, {
    nullable: true,
    description:
      "Its members in figures; null while they are not kept: of drafts, and while a first version is filled.",
  })
  standing!: object | null;

  @Field(() => Int, { nullable: true, description: "`standing.size`: null is not 0, but not known yet." })
  size!: number | null;
}

export const SegmentConnection = connectionOf(() => SegmentType, "Segment", { counted: true });
