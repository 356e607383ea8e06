import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { PositionText } from "../scalars/position.ts";
import { CampaignType } from "./campaignType.ts";
import { CampaignOutcome } from "./outcomeEnums.ts";
import { CampaignRefused } from "./refusalType.ts";

@ObjectType("CampaignChanged", { simpleResolvers: true, description: "It is done, and durable." })
export class CampaignChanged {
  @Field(() => CampaignOutcome, { description: "What was done." })
  outcome!: string;

  @Field(() => CampaignType, { description: "The campaign as it is now." })
  campaign!: object;

  @Field(() => Int, { description: "The version it was done to." })
  version!: number;

  @Field(() => PositionText, {
    description: "Where in the log it stands: hand it back as `minPosition` to read your own write.",
  })
  position!: number;
}

export const CampaignResult = createUnionType({
  name: "CampaignResult",
  description: "What became of a command about a campaign.",
  types: () => [CampaignChanged, CampaignRefused] as const,
  resolveType: value => ("outcome" in value ? "CampaignChanged" : "CampaignRefused"),
});
