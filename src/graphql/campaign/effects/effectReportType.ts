import { createUnionType, Field, Float, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";
import { EffectState, EffectsNotCountedReason } from "./effectEnums.ts";
import { EffectFunnelType } from "./effectFunnelType.ts";
import { EffectLiftRefusedType, EffectLiftType } from "./effectLiftType.ts";
import { EffectKpiType, EffectOutcomeType } from "./effectOutcomeType.ts";

const funnelOption = { description: "What became of them." };
const outcomesOption = { description: "One for each KPI, in their order." };

@ObjectType("EffectVariant", { simpleResolvers: true, description: "Customers of an arm who were given one variant." })
export class EffectVariantType {
  @Field(() => String, { description: "Its name." })
  variant!: string;

  @Field(() => EffectFunnelType, funnelOption)
  funnel!: object;

  @Field(() => [EffectOutcomeType], outcomesOption)
  outcomes!: readonly object[];
}

@ObjectType("EffectArm", { simpleResolvers: true, description: "Everyone assigned to one arm." })
export class EffectArmType {
  @Field(() => String, { description: "Its name." })
  arm!: string;

  @Field(() => Boolean, { description: "Whether it is the one that the others are compared with." })
  isControl!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: "Of 10,000 buckets; null of an arm that facts name and the definition does not.",
  })
  share!: number | null;

  @Field(() => EffectFunnelType, funnelOption)
  funnel!: object;

  @Field(() => [EffectOutcomeType], outcomesOption)
  outcomes!: readonly object[];

  @Field(() => [EffectVariantType], { description: "Its variants, by name." })
  variants!: readonly object[];
}

@ObjectType("EffectChannel", { simpleResolvers: true, description: "Contacts that went by one channel." })
export class EffectChannelType {
  @Field(() => String, { nullable: true, description: "The channel; null of what had none." })
  channel!: string | null;

  @Field(() => EffectFunnelType, funnelOption)
  funnel!: object;
}

@ObjectType("EffectPartArm", {
  simpleResolvers: true,
  description: "Customers of a part who were assigned to one arm.",
})
export class EffectPartArmType {
  @Field(() => String, { description: "The arm." })
  arm!: string;

  @Field(() => EffectFunnelType, funnelOption)
  funnel!: object;

  @Field(() => [EffectOutcomeType], outcomesOption)
  outcomes!: readonly object[];
}

@ObjectType("EffectPart", { simpleResolvers: true, description: "The same for some of the customers." })
export class EffectPartType {
  @Field(() => String, { description: "The bare id of the segment, or the channel." })
  name!: string;

  @Field(() => [EffectPartArmType], { description: "By arm." })
  arms!: readonly object[];

  @Field(() => [EffectLiftType], { description: "Of each treated arm, by KPI." })
  lifts!: readonly object[];
}

@ObjectType("EffectSampleRatio", {
  simpleResolvers: true,
  description: "Whether as many were assigned to each arm as its share lets expect (chi-square).",
})
export class EffectSampleRatioType {
  @Field(() => Float, { description: "The figure." })
  chiSquare!: number;

  @Field(() => Int, { description: "Arms less one." })
  degreesOfFreedom!: number;

  @Field(() => Float, { description: "How often chance makes arms at least as unequal." })
  p!: number;

  @Field(() => Boolean, { description: "Whether `p` is below 0.01." })
  mismatch!: boolean;

  @Field(() => String, { nullable: true, description: "What a mismatch means and what to look for; null without one." })
  warning!: string | null;
}

@ObjectType("CampaignEffects", {
  simpleResolvers: true,
  description:
    "What a campaign changed, exact as of `position`. It is kept up to date fact by fact, late, corrected and reversed ones included; it can be recomputed from the log.",
})
export class CampaignEffectsType {
  @Field(() => PositionText, { description: "The log position that all this reflects." })
  position!: number;

  @Field(() => DateTime, { description: "The log's time up to which outcomes are counted." })
  at!: Instant;

  @Field(() => Int, { description: "The version of the definition that is counted by." })
  version!: number;

  @Field(() => [EffectKpiType], { description: "What is counted, the first being what the campaign is judged by." })
  kpis!: readonly object[];

  @Field(() => [String], {
    description:
      "Codes of KPIs that were added and are still being counted over what is past; they follow by themselves.",
  })
  awaitedKpis!: readonly string[];

  @Field(() => Boolean, { description: "Whether some customers are missing, see `failed`." })
  degraded!: boolean;

  @Field(() => Int, {
    description: "Customers of whom it cannot be told what the campaign did; they are in none of the figures.",
  })
  failed!: number;

  @Field(() => Int, { description: "Customers left out by `excluding` who would be among the figures." })
  excluded!: number;

  @Field(() => Boolean, {
    description:
      "Whether the outcome window of anybody assigned has ended, by the end of the first day's; before that no verdict is told.",
  })
  windowEnded!: boolean;

  @Field(() => EffectState, {
    nullable: true,
    description:
      "By the first KPI over all treated arms: better or worse as soon as one of them is. Null without a control.",
  })
  state!: string | null;

  @Field(() => EffectLiftRefusedType, { nullable: true, description: "Why there is no lift at all." })
  refusal!: object | null;

  @Field(() => EffectFunnelType, { description: "Everybody that the campaign met, assigned or not." })
  funnel!: object;

  @Field(() => Int, { description: "Met, but never assigned to an arm: suppressed, held out and the like." })
  unassigned!: number;

  @Field(() => [EffectArmType], { description: "In the definition's order." })
  arms!: readonly object[];

  @Field(() => [EffectChannelType], { description: "By the channel that contacts went." })
  channels!: readonly object[];

  @Field(() => [EffectPartType], {
    description:
      "By segment of the campaign's breakdown, of which a customer was a member when first assigned; whoever was in several counts in each.",
  })
  breakdown!: readonly object[];

  @Field(() => [EffectPartType], { description: "By channel of the first assignment, of which a customer has one." })
  byFirstChannel!: readonly object[];

  @Field(() => [EffectLiftType], {
    description: "By KPI: each treated arm, and each of its variants where there are several, beside the control.",
  })
  lifts!: readonly object[];

  @Field(() => EffectSampleRatioType, {
    nullable: true,
    description: "Null for fewer than two arms, and while nobody is assigned.",
  })
  sampleRatio!: object | null;
}

@ObjectType("EffectsNotCounted", {
  simpleResolvers: true,
  description: "There are no figures, not even zeros.",
})
export class EffectsNotCountedType {
  @Field(() => EffectsNotCountedReason, { description: "Why." })
  reason!: string;

  @Field(() => String, { description: "Why, in words." })
  message!: string;

  @Field(() => PositionText, { description: "The log position that this reflects." })
  position!: number;
}

export const CampaignEffectsResult = createUnionType({
  name: "CampaignEffectsResult",
  description: "What a campaign changed, or why that is not known.",
  types: () => [CampaignEffectsType, EffectsNotCountedType] as const,
  resolveType: value => ("message" in value ? "EffectsNotCounted" : "CampaignEffects"),
});
