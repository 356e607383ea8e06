import { Field, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { ActorType } from "../event/actorType.ts";
import { EventType } from "../event/eventType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { Json } from "../scalars/json.ts";
import { PositionText } from "../scalars/position.ts";
import { SegmentVersionStatus } from "./segmentEnums.ts";

@ObjectType("SegmentStep", {
  simpleResolvers: true,
  description: "A step in the life of a segment: who took it, and when.",
})
export class SegmentStepType {
  @Field(() => DateTime, { description: "When." })
  at!: Instant;

  @Field(() => ActorType, { description: "Who." })
  actor!: ActorType;

  @Field(() => PositionText, { description: "Where its event stands in the log." })
  position!: number;

  @Field(() => EventType, { description: "Its event." })
  event!: object;
}

@ObjectType("SegmentFill", {
  simpleResolvers: true,
  description: "How far what a published version asks of the facts is worked out for all customers.",
})
export class SegmentFillType {
  @Field(() => Int, { description: "Values done: customers, once for each question." })
  done!: number;

  @Field(() => Int, { description: "Values to do in all." })
  total!: number;
}

@ObjectType("SegmentVersion", {
  simpleResolvers: true,
  description: "One version of a segment's definition. It never changes.",
})
export class SegmentVersionType {
  @Field(() => Int, { description: "1, 2, 3 …" })
  version!: number;

  @Field(() => SegmentVersionStatus, { description: "How far it has come." })
  status!: SegmentVersionStatus;

  @Field(() => Json, {
    description: "The definition, in the JSON that `draftSegment` takes and definition files hold.",
  })
  definition!: object;

  @Field(() => String, { description: "What the rule says, as a sentence." })
  sentence!: string;

  @Field(() => SegmentStepType, { description: "Who wrote it, and when." })
  drafted!: object;

  @Field(() => SegmentStepType, {
    nullable: true,
    description: "Who published it, and when; null while nobody did.",
  })
  published!: object | null;

  @Field(() => SegmentStepType, {
    nullable: true,
    description: "When a newer version took its place or the segment was archived, and by whom.",
  })
  ended!: object | null;

  @Field(() => SegmentFillType, {
    nullable: true,
    description: "Where `status` is FILLING: how far it is. Null else, and before the first figure is known.",
  })
  fill!: object | null;
}
