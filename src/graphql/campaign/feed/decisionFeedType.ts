import { createUnionType, Field, ObjectType, registerEnumType } from "type-graphql";
import { CursorText } from "../../scalars/cursor.ts";
import { CampaignDecisionType } from "../decision/decisionType.ts";
import type { DecisionReading } from "./readDecisionFeed.ts";

const DecisionFeedReason = { UNKNOWN_CAMPAIGN: "unknownCampaign", AHEAD: "ahead" } as const;

registerEnumType(DecisionFeedReason, {
  name: "CampaignFeedReason",
  description: "Why a campaign's decisions cannot be followed.",
  valuesConfig: {
    UNKNOWN_CAMPAIGN: { description: "There is no campaign of this id." },
    AHEAD: {
      description: "The cursor tells of decisions that are not there, as after an older backup was restored.",
    },
  },
});

@ObjectType("CampaignDecisions", {
  simpleResolvers: true,
  description: "The decisions that follow, in order, none left out; none at all only to tell where following begins.",
})
export class CampaignDecisionsType {
  @Field(() => [CampaignDecisionType], { description: "The decisions, in the order of the log." })
  decisions!: readonly object[];

  @Field(() => CursorText, {
    description: "Where to resume: keep it in the same transaction as what it stands for, and give it back as `after`.",
  })
  cursor!: string;

  @Field(() => Boolean, { description: "Whether more may be there already, and follows at once." })
  more!: boolean;
}

@ObjectType("CampaignFeedRefused", {
  simpleResolvers: true,
  description: "There is nothing to follow, and why. The subscription ends with this.",
})
export class CampaignFeedRefusedType {
  @Field(() => DecisionFeedReason, { description: "Why." })
  reason!: string;

  @Field(() => String, { description: "Why, in words." })
  message!: string;
}

export const CampaignDecisionsMessage = createUnionType({
  name: "CampaignDecisionsMessage",
  description: "What a subscriber of a campaign's decisions is told.",
  types: () => [CampaignDecisionsType, CampaignFeedRefusedType] as const,
  resolveType: value =>
    (value as unknown as DecisionReading).kind === "decisions" ? "CampaignDecisions" : "CampaignFeedRefused",
});
