import { Field, ObjectType } from "type-graphql";
import { connectionOf } from "../connection/connectionOf.ts";
import { NodeType } from "../node/nodeType.ts";
import { OfferType } from "../offer/offerType.ts";
import { PolicyType } from "../policy/policyType.ts";
import { Json } from "../scalars/json.ts";
import { CampaignStatus } from "./campaignEnums.ts";
import { CampaignVersionType } from "./campaignVersionType.ts";
import { CampaignCourseStepType, CampaignStepType } from "./stepType.ts";

@ObjectType("CampaignKpi", { simpleResolvers: true, description: "By what a campaign is judged." })
export class CampaignKpiType {
  @Field(() => String, { description: "Its name for machines." })
  code!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => String, { description: "What it counts, in words." })
  sentence!: string;

  @Field(() => Json, { description: "The same in the JSON that `addCampaignKpi` takes." })
  definition!: object;

  @Field(() => Boolean, { description: "Whether it was added to the campaign later, beside its definition." })
  added!: boolean;
}

@ObjectType("Campaign", {
  implements: NodeType,
  simpleResolvers: true,
  description:
    "Who is contacted, when, by which channels, in which arms, within which limits, and by what it is judged. Name, definition and the like are those of the version in force, or of the newest where none is.",
})
export class CampaignType {
  @Field(() => String, { description: "Its name for machines. It never changes." })
  campaignId!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => String, { description: "Who answers for it." })
  owner!: string;

  @Field(() => String, { description: "What it is for." })
  description!: string;

  @Field(() => String, { description: "What consent is asked for." })
  purpose!: string;

  @Field(() => String, { description: "The IANA zone of its days." })
  zone!: string;

  @Field(() => CampaignStatus, { description: "How far it has come." })
  status!: CampaignStatus;

  @Field(() => Json, { description: "What it says, in the JSON that `draftCampaign` takes." })
  definition!: object;

  @Field(() => String, { description: "The same as sentences." })
  sentence!: string;

  @Field(() => PolicyType, { nullable: true, description: "The policy that it is under; null where it is under none." })
  policy!: object | null;

  @Field(() => [OfferType], { description: "The offers that each send takes the best of." })
  offers!: readonly object[];

  @Field(() => [CampaignKpiType], { description: "By what it is judged; those added later come last." })
  kpis!: readonly object[];

  @Field(() => CampaignVersionType, {
    nullable: true,
    description: "The version in force: approved, not replaced, and the campaign not finished. Null where none is.",
  })
  current!: object | null;

  @Field(() => CampaignVersionType, { nullable: true, description: "The draft that waits to be approved." })
  draft!: object | null;

  @Field(() => [CampaignVersionType], { description: "Every version there ever was, by number." })
  versions!: readonly object[];

  @Field(() => CampaignStepType, { nullable: true, description: "Who started it, and when; null before." })
  started!: object | null;

  @Field(() => CampaignStepType, { nullable: true, description: "Who finished it, and when; null before." })
  finished!: object | null;

  @Field(() => [CampaignCourseStepType], { description: "Its starts, pauses, resumptions and the end, in order." })
  course!: readonly object[];
}

export const CampaignConnection = connectionOf(() => CampaignType, "Campaign");
