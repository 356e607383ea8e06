import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { ReplayOutcome } from "../../../domain/decision/replay/replayReport.ts";
import type { Instant } from "../../../domain/instant.ts";
import { DecisionGate } from "../../campaign/decision/decisionEnums.ts";
import { MoneyType } from "../../money/moneyType.ts";
import { AlreadyRunningType, RebuildType } from "../../operations/runTypes.ts";
import { DateTime } from "../../scalars/dateTime.ts";

export const ReplayedOutcome = {
  SEND: "send",
  SKIP: "skip",
  DEFER: "defer",
  NONE: "none",
} as const satisfies Record<string, ReplayOutcome["outcome"]>;

registerEnumType(ReplayedOutcome, {
  name: "ReplayedOutcome",
  description: "What becomes of a contact under a policy that is tried.",
  valuesConfig: {
    SEND: { description: "It is made." },
    SKIP: { description: "It is not made." },
    DEFER: { description: "It is held." },
    NONE: { description: "A release that does not come, since nothing was held, or for another time." },
  },
});

@ObjectType("ReplayedDecision", { simpleResolvers: true, description: "How a contact was, or would be, decided." })
export class ReplayedDecisionType {
  @Field(() => ReplayedOutcome, { description: "What becomes of it." })
  outcome!: string;

  @Field(() => DecisionGate, { nullable: true, description: "The gate that stops or holds it; null for a send." })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: "The channel of a send or a defer." })
  channel!: string | null;

  @Field(() => DateTime, { nullable: true, description: "Of a defer: when it is decided anew." })
  until!: Instant | null;
}

@ObjectType("PolicyReplayDifference", { simpleResolvers: true, description: "A decision that would be another one." })
export class PolicyReplayDifferenceType {
  @Field(() => ID, { description: "The decision, by the id of its event." })
  decisionId!: string;

  @Field(() => ID, { description: "The bare id of the customer." })
  customerId!: string;

  @Field(() => ID, { description: "The bare id of the campaign." })
  campaignId!: string;

  @Field(() => DateTime, { description: "When it was decided." })
  at!: Instant;

  @Field(() => ReplayedDecisionType, { description: "How it was decided." })
  was!: object;

  @Field(() => ReplayedDecisionType, { description: "How the tried version decides it." })
  wouldBe!: object;
}

@ObjectType("PolicyReplayChange", {
  simpleResolvers: true,
  description: "How often one outcome becomes another, or stays.",
})
export class PolicyReplayChangeType {
  @Field(() => ReplayedOutcome, { description: "What was decided." })
  was!: string;

  @Field(() => DecisionGate, { nullable: true, description: "At which gate." })
  wasReason!: string | null;

  @Field(() => ReplayedOutcome, { description: "What would be decided." })
  wouldBe!: string;

  @Field(() => DecisionGate, { nullable: true, description: "At which gate." })
  wouldBeReason!: string | null;

  @Field(() => Int, { description: "How many decisions." })
  count!: number;
}

@ObjectType("PolicyReplayCost", { simpleResolvers: true, description: "What sends cost, in one currency." })
export class PolicyReplayCostType {
  @Field(() => MoneyType, { description: "As they were made." })
  made!: object;

  @Field(() => MoneyType, { description: "As they would be." })
  wouldBe!: object;
}

@ObjectType("PolicyReplayReport", {
  simpleResolvers: true,
  description: "What the tried version changes about past decisions. What is unknown sends nothing, and is counted.",
})
export class PolicyReplayReportType {
  @Field(() => Int, { description: "Decisions made under the policy, all decided anew." })
  decisions!: number;

  @Field(() => Int, { description: "Of them those with another outcome, reason, channel or time of release." })
  differing!: number;

  @Field(() => [PolicyReplayChangeType], { description: "Most frequent first." })
  changes!: readonly object[];

  @Field(() => Int, { description: "Sends as made." })
  contactsMade!: number;

  @Field(() => Int, { description: "Sends as they would be." })
  contactsWouldBe!: number;

  @Field(() => Int, { description: "Sends that were made and would not be." })
  contactsSaved!: number;

  @Field(() => Int, { description: "Sends that were not made and would be." })
  contactsAdded!: number;

  @Field(() => [PolicyReplayCostType], { description: "By currency." })
  costs!: readonly object[];

  @Field(() => Int, { description: "Contacts held for other times than they were, and sent then." })
  releasedSent!: number;

  @Field(() => Int, { description: "Contacts held for other times than they were, and not sent then." })
  releasedSkipped!: number;

  @Field(() => Int, { description: "Contacts that would be held still." })
  stillHeld!: number;

  @Field(() => Int, {
    description: "Decisions for which something was asked that nobody recorded, and no history tells.",
  })
  unanswered!: number;

  @Field(() => Int, { description: "Decisions of campaign versions that are not known; taken as they were." })
  unknownCampaign!: number;

  @Field(() => [PolicyReplayDifferenceType], { description: "The first decisions that differ, as many as asked for." })
  differences!: readonly object[];
}

@ObjectType("PolicyReplayRun", {
  simpleResolvers: true,
  description: "Trying a version of a policy on past decisions. It changes nothing.",
})
export class PolicyReplayRunType extends RebuildType {
  @Field(() => ID, { description: "The bare id of the policy." })
  policyId!: string;

  @Field(() => Int, { description: "The version that is tried." })
  version!: number;

  @Field(() => PolicyReplayReportType, { nullable: true, description: "What it found; null until it is done." })
  report!: object | null;
}

@ObjectType("PolicyReplayRefused", { simpleResolvers: true, description: "It was not started." })
export class PolicyReplayRefusedType {
  @Field(() => String, { description: "The argument that it is about." })
  field!: string;

  @Field(() => String, { description: "Why, in words." })
  message!: string;
}

export const StartPolicyReplayResult = createUnionType({
  name: "StartPolicyReplayResult",
  description: "The replay that was started, or why none was.",
  types: () => [PolicyReplayRunType, PolicyReplayRefusedType, AlreadyRunningType] as const,
  resolveType: value =>
    "state" in value ? "PolicyReplayRun" : "field" in value ? "PolicyReplayRefused" : "AlreadyRunning",
});
