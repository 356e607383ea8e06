import { Field, InputType, Int } from "type-graphql";
import { SegmentRuleInput } from "../../segment/input/ruleInput.ts";
import { MoneyLiteralInput } from "../../tag/input/expressionInput.ts";
import { ExactNumber } from "../../tag/input/literal.ts";
import { AssignmentInput } from "./assignmentInput.ts";
import { KpiInput } from "./kpiInput.ts";
import { StartInput } from "./startInput.ts";

@InputType("CampaignChannelInput", { description: "A way to reach customers." })
export class ChannelInput {
  @Field(() => String, { description: "Its name: `email`." })
  channel!: string;

  @Field(() => MoneyLiteralInput, { nullable: true, description: "What one contact costs." })
  unitCost?: MoneyLiteralInput;
}

@InputType("CampaignBudgetInput", { description: "What may be spent from the start on: at least one of these." })
export class BudgetInput {
  @Field(() => MoneyLiteralInput, { nullable: true, description: "At most this much money." })
  money?: MoneyLiteralInput;

  @Field(() => Int, { nullable: true, description: "At most this many contacts." })
  contacts?: number;
}

@InputType("CampaignInput", {
  description:
    "A campaign as it is to be. The same JSON as in definition files and in `CampaignVersion.definition`: what was read there can be sent back.",
})
export class CampaignInput {
  @Field(() => String, {
    description: "Its name for machines: lower-case words joined by hyphens, `spring-loans`. It never changes.",
  })
  id!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => String, { description: "Who answers for it." })
  owner!: string;

  @Field(() => String, { description: "What it is for." })
  description!: string;

  @Field(() => String, { description: "What consent is asked for: `marketing`." })
  purpose!: string;

  @Field(() => SegmentRuleInput, {
    nullable: true,
    description: "Who may be contacted. Can be left out where the campaign is run outside: everybody.",
  })
  audience?: SegmentRuleInput;

  @Field(() => StartInput, { description: "When decisions are made." })
  start!: StartInput;

  @Field(() => String, { nullable: true, description: "The id of a published policy. Default: none." })
  policy?: string;

  @Field(() => [ChannelInput], { nullable: true, description: "By which channels, in order of preference." })
  channels?: ChannelInput[];

  @Field(() => AssignmentInput, { nullable: true, description: "Arms and variants. Default: one arm of everybody." })
  assignment?: AssignmentInput;

  @Field(() => [String], { nullable: true, description: "Ids of published offers, of which each send takes the best." })
  offers?: string[];

  @Field(() => ExactNumber, {
    nullable: true,
    description: "Percent of sends that take any eligible offer, however it does. Default: 0.",
  })
  exploration?: string | number;

  @Field(() => BudgetInput, { nullable: true, description: "What may be spent. Default: without limit." })
  budget?: BudgetInput;

  @Field(() => [KpiInput], { description: "By what it is judged; the first counts most." })
  kpis!: KpiInput[];

  @Field(() => String, {
    nullable: true,
    description: "How long after the assignment outcomes count. Default: `P14D`.",
  })
  outcomeWindow?: string;

  @Field(() => [String], { nullable: true, description: "Ids of segments by which effects are told apart." })
  breakdown?: string[];

  @Field(() => String, { description: "The IANA zone of its days and of its schedule." })
  zone!: string;
}
