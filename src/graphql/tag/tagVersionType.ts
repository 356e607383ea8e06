import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { ActorType } from "../event/actorType.ts";
import { EventType } from "../event/eventType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { Json } from "../scalars/json.ts";
import { PositionText } from "../scalars/position.ts";
import { TagValueTypeType } from "./tagValueType.ts";

export const TagVersionStatus = {
  DRAFT: "draft",
  SUPERSEDED: "superseded",
  FILLING: "filling",
  IN_FORCE: "inForce",
  ENDED: "ended",
} as const;
export type TagVersionStatus = (typeof TagVersionStatus)[keyof typeof TagVersionStatus];

registerEnumType(TagVersionStatus, {
  name: "TagVersionStatus",
  description: "How far one version of a tag has come.",
  valuesConfig: {
    DRAFT: { description: "Written down, not published." },
    SUPERSEDED: { description: "A draft that a newer draft replaced." },
    FILLING: { description: "Published; its values are being worked out, and queries still use the version before." },
    IN_FORCE: { description: "Published and wholly filled." },
    ENDED: { description: "A newer version took its place, or the tag was retired." },
  },
});

@ObjectType("TagStep", { simpleResolvers: true, description: "A step in the life of a tag: who took it, and when." })
export class TagStepType {
  @Field(() => DateTime, { description: "When." })
  at!: Instant;

  @Field(() => ActorType, { description: "Who." })
  actor!: ActorType;

  @Field(() => PositionText, { description: "Where its event stands in the log." })
  position!: number;

  @Field(() => EventType, { description: "Its event." })
  event!: object;
}

@ObjectType("TagFill", { simpleResolvers: true, description: "How far a published version's values are worked out." })
export class TagFillType {
  @Field(() => Int, { description: "The version." })
  version!: number;

  @Field(() => Boolean, { description: "Whether every customer is done; only then does anything show its values." })
  filled!: boolean;

  @Field(() => Int, { description: "Customers done." })
  done!: number;

  @Field(() => Int, { description: "Customers to do in all." })
  total!: number;
}

@ObjectType("TagVersion", {
  simpleResolvers: true,
  description: "One version of a tag's definition. It never changes.",
})
export class TagVersionType {
  @Field(() => Int, { description: "1, 2, 3 …" })
  version!: number;

  @Field(() => TagVersionStatus, { description: "How far it has come." })
  status!: TagVersionStatus;

  @Field(() => Json, { description: "The definition, in the JSON that `draftTag` takes and definition files hold." })
  definition!: object;

  @Field(() => String, { description: "What the rule says, as a sentence." })
  sentence!: string;

  @Field(() => TagValueTypeType, { description: "The type of its values." })
  valueType!: object;

  @Field(() => TagStepType, { description: "Who wrote it, and when." })
  drafted!: object;

  @Field(() => TagStepType, { nullable: true, description: "Who published it, and when; null while nobody did." })
  published!: object | null;

  @Field(() => TagStepType, {
    nullable: true,
    description: "When a newer version took its place or the tag was retired, and by whom.",
  })
  ended!: object | null;

  @Field(() => TagFillType, {
    nullable: true,
    description: "How far its values are worked out; null for what is not published.",
  })
  fill!: object | null;
}
