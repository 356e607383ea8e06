import { Field, InputType } from "type-graphql";
import { FilterInput } from "../../tag/input/factsInput.ts";

@InputType("CampaignFactsInput", { description: "Facts of some kinds." })
export class FactKindsInput {
  @Field(() => [String], { description: "Fact types; see `factTypes`." })
  types!: string[];

  @Field(() => FilterInput, { nullable: true, description: "Only facts for which this holds." })
  where?: FilterInput;
}
