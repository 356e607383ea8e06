import { Field, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../connection/connectionOf.ts";

@ObjectType("OfferTierScore", {
  simpleResolvers: true,
  description: "How an offer does with customers of one tier, in all campaigns together.",
})
export class OfferTierScoreType {
  @Field(() => String, {
    nullable: true,
    description: "The value of the tier tag; null for customers without one, and for offers without a tier tag.",
  })
  tier!: string | null;

  @Field(() => Int, { description: "How often it was sent." })
  shown!: number;

  @Field(() => Int, { description: "How many of these were clicked, converted or accepted." })
  successes!: number;

  @Field(() => Int, { description: "How many were not, so far." })
  failures!: number;
}

export const OfferTierScoreConnection = connectionOf(() => OfferTierScoreType, "OfferTierScore");
