import { Field, InputType, Int } from "type-graphql";
import { Json } from "../../scalars/json.ts";
import { ExactNumber } from "../../tag/input/literal.ts";

@InputType("CampaignVariantInput", { description: "A part of an arm." })
export class VariantInput {
  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => ExactNumber, { description: "Percent of the arm: `50.00`." })
  share!: string | number;

  @Field(() => Json, {
    nullable: true,
    description: 'What its message is made of, texts by name: `{"template": "a"}`.',
  })
  content?: unknown;
}

@InputType("CampaignArmInput", { description: "A part of the audience that gets the same." })
export class ArmInput {
  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => ExactNumber, { description: "Percent of the audience: `12.50`." })
  share!: string | number;

  @Field(() => Boolean, { nullable: true, description: "Whether it gets nothing, to compare the others with." })
  control?: boolean;

  @Field(() => [VariantInput], { nullable: true, description: "Its parts. Default: one named like the arm." })
  variants?: VariantInput[];
}

@InputType("CampaignAssignmentInput", { description: "Who gets what, by salted hash." })
export class AssignmentInput {
  @Field(() => Int, { nullable: true, description: "A higher one assigns everybody anew. Default: 1." })
  version?: number;

  @Field(() => String, { nullable: true, description: "Of the hash. Default: the campaign's id." })
  salt?: string;

  @Field(() => [ArmInput], { description: "The arms, in the order in which they take their customers." })
  arms!: ArmInput[];
}
