import { Field, InputType } from "type-graphql";
import { SegmentRuleInput } from "../segment/input/ruleInput.ts";
import { MoneyLiteralInput } from "../tag/input/expressionInput.ts";

@InputType("OfferInput", {
  description:
    "An offer as it is to be. The same JSON as in definition files and in `OfferVersion.definition`: what was read there can be sent back.",
})
export class OfferInput {
  @Field(() => String, {
    description: "Its name for machines: lower-case words joined by hyphens, `gold-card`. It never changes.",
  })
  id!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => String, { description: "Who answers for it." })
  owner!: string;

  @Field(() => String, { description: "What is offered." })
  description!: string;

  @Field(() => SegmentRuleInput, { description: "Who may be offered it." })
  eligible!: SegmentRuleInput;

  @Field(() => MoneyLiteralInput, { description: "What an acceptance is worth." })
  value!: MoneyLiteralInput;

  @Field(() => String, {
    nullable: true,
    description: "The code of a tag by whose values its success is learned apart. Default: for everybody together.",
  })
  tier?: string;

  @Field(() => String, { nullable: true, description: "From this RFC 3339 timestamp on." })
  from?: string;

  @Field(() => String, { nullable: true, description: "Until before this RFC 3339 timestamp." })
  until?: string;
}
