import { Field, InputType } from "type-graphql";
import { SegmentRuleInput } from "./ruleInput.ts";

@InputType("SegmentInput", {
  description:
    "A segment as it is to be. The same JSON as in definition files and in `SegmentVersion.definition`: what was read there can be sent back.",
})
export class SegmentInput {
  @Field(() => String, {
    description: "Its name for machines: lower-case words joined by hyphens, `dormant-gold`. It never changes.",
  })
  id!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => String, { description: "Who answers for it." })
  owner!: string;

  @Field(() => String, { description: "What it means." })
  description!: string;

  @Field(() => SegmentRuleInput, { description: "Who belongs to it." })
  rule!: SegmentRuleInput;
}
