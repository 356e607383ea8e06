import { Field, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { ActorType } from "../event/actorType.ts";
import { EventType } from "../event/eventType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { PositionText } from "../scalars/position.ts";
import { CampaignStepKind } from "./campaignEnums.ts";

@ObjectType("CampaignStep", {
  simpleResolvers: true,
  description: "A step in the life of a campaign, a policy or an offer: who took it, and when.",
})
export class CampaignStepType {
  @Field(() => DateTime, { description: "When." })
  at!: Instant;

  @Field(() => ActorType, { description: "Who." })
  actor!: ActorType;

  @Field(() => PositionText, { description: "Where its event stands in the log." })
  position!: number;

  @Field(() => EventType, { description: "Its event." })
  event!: object;
}

@ObjectType("CampaignCourseStep", { simpleResolvers: true, description: "A start, a pause, a resumption or the end." })
export class CampaignCourseStepType {
  @Field(() => CampaignStepKind, { description: "What happened." })
  what!: string;

  @Field(() => String, { description: "Why, as it was given; empty where none was." })
  reason!: string;

  @Field(() => CampaignStepType, { description: "Who did it, and when." })
  step!: object;
}
