import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { PublicationOutcome } from "../campaign/outcomeEnums.ts";
import { CampaignRefused, UsedByCampaigns } from "../campaign/refusalType.ts";
import { PositionText } from "../scalars/position.ts";
import { PolicyType } from "./policyType.ts";

@ObjectType("PolicyChanged", { simpleResolvers: true, description: "It is done, and durable." })
export class PolicyChanged {
  @Field(() => PublicationOutcome, { description: "What was done." })
  outcome!: string;

  @Field(() => PolicyType, { description: "The policy as it is now." })
  policy!: object;

  @Field(() => Int, { description: "The version it was done to." })
  version!: number;

  @Field(() => PositionText, {
    description: "Where in the log it stands: hand it back as `minPosition` to read your own write.",
  })
  position!: number;
}

export const PolicyResult = createUnionType({
  name: "PolicyResult",
  description: "What became of a command about a policy.",
  types: () => [PolicyChanged, CampaignRefused, UsedByCampaigns] as const,
  resolveType: value =>
    "outcome" in value ? "PolicyChanged" : "dependents" in value ? "UsedByCampaigns" : "CampaignRefused",
});
