import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { CustomerType } from "../../customer/customerType.ts";
import { EventType } from "../../event/eventType.ts";
import { MoneyType } from "../../money/moneyType.ts";
import { OfferType } from "../../offer/offerType.ts";
import { PolicyType } from "../../policy/policyType.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";
import { CampaignType } from "../campaignType.ts";
import { ContactReceiptType, ContactResponseType } from "../contact/followUpType.ts";
import { DecisionCauseKind, DecisionGate, DecisionOutcome, DecisionVerdict } from "./decisionEnums.ts";

@ObjectType("CampaignDecisionCause", { simpleResolvers: true, description: "What brought a decision about." })
export class DecisionCauseType {
  @Field(() => DecisionCauseKind, { description: "What kind of thing." })
  kind!: string;

  @Field(() => EventType, { nullable: true, description: "Of TRIGGER: the fact." })
  fact!: object | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "Of WAVE: when the wave was due; in customers' own zones, first anywhere.",
  })
  wave!: Instant | null;

  @Field(() => CampaignDecisionType, { nullable: true, description: "Of RELEASE: the decision that held it." })
  held!: object | null;
}

@ObjectType("CampaignGatePassed", {
  simpleResolvers: true,
  description: "One gate that a contact came to, and what it said.",
})
export class GateVerdictType {
  @Field(() => DecisionGate, { description: "Which gate." })
  gate!: string;

  @Field(() => String, { nullable: true, description: "For which channel; null where it is not about channels." })
  channel!: string | null;

  @Field(() => DecisionVerdict, { description: "What it said." })
  verdict!: string;

  @Field(() => String, { description: "Why, in words, with the figures." })
  detail!: string;
}

@ObjectType("CampaignConsentEvidence", { simpleResolvers: true, description: "The statement that consent rests on." })
export class ConsentEvidenceType {
  @Field(() => Boolean, { description: "Whether it was granted." })
  granted!: boolean;

  @Field(() => EventType, { description: "The event that says so." })
  event!: object;
}

@ObjectType("CampaignDecisionSchedule", {
  simpleResolvers: true,
  description: "When a wave comes by the customer's own clock.",
})
export class DecisionScheduleType {
  @Field(() => String, {
    description: "The date and time that the clock shows then, without a zone: `2024-06-03T09:00:00.000`.",
  })
  localTime!: string;

  @Field(() => String, { nullable: true, description: "The zone of the clock; null where it is unknown." })
  zone!: string | null;
}

@ObjectType("CampaignOfferScore", { simpleResolvers: true, description: "How an offer stood when it was chosen from." })
export class DecisionScoreType {
  @Field(() => String, { description: "The offer's id." })
  offerId!: string;

  @Field(() => String, { nullable: true, description: "The customer's tier." })
  tier!: string | null;

  @Field(() => Int, { description: "Successes seen until then." })
  successes!: number;

  @Field(() => Int, { description: "Failures seen until then." })
  failures!: number;

  @Field(() => Float, { description: "What was drawn from Beta(1 + successes, 1 + failures)." })
  draw!: number;

  @Field(() => MoneyType, { description: "What an acceptance is worth; times the draw, what it was ranked by." })
  value!: object;
}

@ObjectType("CampaignDecision", {
  simpleResolvers: true,
  description: "What a campaign decided about one customer at one instant, and why. It stands in the log for ever.",
})
export class CampaignDecisionType {
  @Field(() => ID, { description: "Its id, which is that of its event, and the `contactId` of its message." })
  decisionId!: string;

  @Field(() => String, { description: "The campaign's id." })
  campaignId!: string;

  @Field(() => CampaignType, { nullable: true, description: "The campaign as it is now." })
  campaign!: object | null;

  @Field(() => Int, { description: "The campaign's version that was in force." })
  campaignVersion!: number;

  @Field(() => Int, { description: "The version of the assignment by which the arm was dealt." })
  assignmentVersion!: number;

  @Field(() => ID, { description: "The bare id of the customer it was made about." })
  customerId!: string;

  @Field(() => CustomerType, { nullable: true, description: "The customer, or whoever it was merged into since." })
  customer!: object | null;

  @Field(() => DecisionCauseType, { description: "What brought it about." })
  cause!: object;

  @Field(() => DateTime, { description: "When it was made." })
  at!: Instant;

  @Field(() => PositionText, { description: "Where its event stands in the log." })
  position!: number;

  @Field(() => EventType, { description: "Its event." })
  event!: object;

  @Field(() => DecisionOutcome, { description: "What was decided." })
  outcome!: string;

  @Field(() => DecisionGate, { nullable: true, description: "The gate that stopped or held it; null for a send." })
  reason!: string | null;

  @Field(() => String, { description: "Why the customer was contacted, was not, or not yet: a sentence." })
  why!: string;

  @Field(() => String, { nullable: true, description: "The arm; null where it was stopped before the assignment." })
  arm!: string | null;

  @Field(() => Boolean, { description: "Whether that arm is the control." })
  control!: boolean;

  @Field(() => String, { nullable: true, description: "The variant of the arm." })
  variant!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The channel; of what was not sent, the one that would have come first.",
  })
  channel!: string | null;

  @Field(() => String, { description: "The purpose that consent was asked for." })
  purpose!: string;

  @Field(() => String, { nullable: true, description: "The id of the offer that was chosen." })
  offerId!: string | null;

  @Field(() => OfferType, { nullable: true, description: "The offer as it is now." })
  offer!: object | null;

  @Field(() => String, { nullable: true, description: "The customer's tier, by which the offer is learned." })
  tier!: string | null;

  @Field(() => String, { nullable: true, description: "The id of the policy it was made under." })
  policyId!: string | null;

  @Field(() => Int, { nullable: true, description: "The policy's version that was in force." })
  policyVersion!: number | null;

  @Field(() => PolicyType, { nullable: true, description: "The policy as it is now." })
  policy!: object | null;

  @Field(() => [GateVerdictType], { description: "Every gate it came to, in order." })
  gates!: readonly object[];

  @Field(() => ConsentEvidenceType, {
    nullable: true,
    description: "The newest statement about the channel and purpose; null where there was none.",
  })
  consent!: object | null;

  @Field(() => String, { nullable: true, description: "The customer's time zone as the quiet hours took it." })
  zone!: string | null;

  @Field(() => DecisionScheduleType, {
    nullable: true,
    description: "Of a wave in customers' own zones, and of what it held: when it comes to this one.",
  })
  schedule!: object | null;

  @Field(() => DateTime, { nullable: true, description: "Of DEFER: when it is decided anew." })
  until!: Instant | null;

  @Field(() => MoneyType, { nullable: true, description: "What a send costs, or would have cost." })
  unitCost!: object | null;

  @Field(() => [String], { description: "Segments of the campaign's breakdown that the customer was a member of." })
  segments!: readonly string[];

  @Field(() => [DecisionScoreType], { description: "How the offers stood that it was chosen from." })
  scores!: readonly object[];

  @Field(() => [ContactReceiptType], { description: "What the channel reported of it since, in order of its time." })
  receipts!: readonly object[];

  @Field(() => [ContactResponseType], { description: "What the customer answered, in order of time." })
  responses!: readonly object[];
}
