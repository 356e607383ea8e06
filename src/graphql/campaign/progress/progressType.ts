import { Field, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { connectionOf } from "../../connection/connectionOf.ts";
import { MoneyType } from "../../money/moneyType.ts";
import { DateTime } from "../../scalars/dateTime.ts";

@ObjectType("CampaignPreparing", {
  simpleResolvers: true,
  description: "What is not in force yet of all that decisions look at: until it is, nothing is decided.",
})
export class CampaignPreparingType {
  @Field(() => [String], { description: "What is waited for, in words: `the members of segment dormant-gold`." })
  waitsFor!: readonly string[];

  @Field(() => Int, { description: "Values that are worked out: customers, once for each value." })
  done!: number;

  @Field(() => Int, { description: "Values to work out in all; 0 before the first figure is known." })
  total!: number;
}

@ObjectType("CampaignSpent", {
  simpleResolvers: true,
  description: "Sends so far but for those withheld, and what they cost.",
})
export class CampaignSpentType {
  @Field(() => Int, { description: "How many sends were decided and not withheld." })
  contacts!: number;

  @Field(() => MoneyType, {
    nullable: true,
    description: "What they cost, at the unit costs in force when each was decided; null where no channel has one.",
  })
  money!: object | null;
}

@ObjectType("CampaignWaiting", { simpleResolvers: true, description: "Sends that no channel has taken yet." })
export class CampaignWaitingType {
  @Field(() => Int, { description: "How many there are." })
  sends!: number;

  @Field(() => Boolean, { description: "False: there may be more, since very many wait in all." })
  exact!: boolean;
}

@ObjectType("CampaignWave", { simpleResolvers: true, description: "One wave over the whole audience." })
export class CampaignWaveType {
  @Field(() => DateTime, { description: "When it was due." })
  at!: Instant;

  @Field(() => Int, { description: "The version of the campaign when it began." })
  version!: number;

  @Field(() => DateTime, { description: "When it began." })
  startedAt!: Instant;

  @Field(() => Int, { description: "Members of the audience then." })
  size!: number;

  @Field(() => DateTime, { nullable: true, description: "When it had come to all of them; null while it goes on." })
  finishedAt!: Instant | null;

  @Field(() => Int, { nullable: true, description: "Decisions that were made; null while it goes on." })
  decided!: number | null;
}

export const CampaignWaveConnection = connectionOf(() => CampaignWaveType, "CampaignWave", { counted: true });
