import { Field, Int, ObjectType } from "type-graphql";
import { Json } from "../scalars/json.ts";
import { CampaignVersionStatus } from "./campaignEnums.ts";
import { CampaignStepType } from "./stepType.ts";

@ObjectType("CampaignVersion", {
  simpleResolvers: true,
  description: "One version of a campaign's definition. It never changes.",
})
export class CampaignVersionType {
  @Field(() => Int, { description: "1, 2, 3 …" })
  version!: number;

  @Field(() => CampaignVersionStatus, { description: "How far it has come." })
  status!: CampaignVersionStatus;

  @Field(() => Json, {
    description: "The definition, in the JSON that `draftCampaign` takes and definition files hold.",
  })
  definition!: object;

  @Field(() => String, { description: "What it says, as sentences." })
  sentence!: string;

  @Field(() => CampaignStepType, { description: "Who wrote it, and when." })
  drafted!: object;

  @Field(() => CampaignStepType, {
    nullable: true,
    description: "Who approved it, and when; null while nobody did.",
  })
  approved!: object | null;

  @Field(() => CampaignStepType, {
    nullable: true,
    description: "When a newer version took its place or the campaign was finished, and by whose doing.",
  })
  ended!: object | null;
}
