import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { PublicationOutcome } from "../campaign/outcomeEnums.ts";
import { CampaignRefused, UsedByCampaigns } from "../campaign/refusalType.ts";
import { PositionText } from "../scalars/position.ts";
import { OfferType } from "./offerType.ts";

@ObjectType("OfferChanged", { simpleResolvers: true, description: "It is done, and durable." })
export class OfferChanged {
  @Field(() => PublicationOutcome, { description: "What was done." })
  outcome!: string;

  @Field(() => OfferType, { description: "The offer as it is now." })
  offer!: object;

  @Field(() => Int, { description: "The version it was done to." })
  version!: number;

  @Field(() => PositionText, {
    description: "Where in the log it stands: hand it back as `minPosition` to read your own write.",
  })
  position!: number;
}

export const OfferResult = createUnionType({
  name: "OfferResult",
  description: "What became of a command about an offer.",
  types: () => [OfferChanged, CampaignRefused, UsedByCampaigns] as const,
  resolveType: value =>
    "outcome" in value ? "OfferChanged" : "dependents" in value ? "UsedByCampaigns" : "CampaignRefused",
});
