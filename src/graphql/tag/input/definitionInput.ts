import { Field, InputType } from "type-graphql";
import { SensitivityChoice } from "./choices.ts";
import { RuleInput } from "./ruleInput.ts";
import { ValueTypeInput } from "./valueTypeInput.ts";

@InputType("TagDefinitionInput", {
  description:
    "A tag as it is to be. The same JSON as in definition files and in `TagVersion.definition`: what was read there can be sent back.",
})
export class TagDefinitionInput {
  @Field(() => String, {
    description: "Its name for machines: lower-case words joined by hyphens, `spend-30d`. It never changes.",
  })
  code!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => String, { description: "A path in the category tree: `behaviour/payments`." })
  category!: string;

  @Field(() => String, { description: "Who answers for it." })
  owner!: string;

  @Field(() => String, { description: "What it means." })
  description!: string;

  @Field(() => ValueTypeInput, { description: "The type of its values." })
  type!: ValueTypeInput;

  @Field(() => SensitivityChoice, { nullable: true, description: "Who may see its values. Default: internal." })
  sensitivity?: keyof typeof SensitivityChoice;

  @Field(() => RuleInput, { description: "Where its values come from." })
  rule!: RuleInput;
}

/** What the client said, unjudged, in the form the definition's parser reads. Null says the same as leaving a field out. */
export function outsideOf(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(outsideOf);
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) => (value === null ? [] : [[name, outsideOf(value)]])),
  );
}
