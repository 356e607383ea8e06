import { Field, InputType, Int } from "type-graphql";
import { OneOfInput } from "../../oneOf.ts";
import { RelationDirectionChoice } from "../../tag/input/choices.ts";
import { FactsInput } from "../../tag/input/factsInput.ts";
import { DidInput, RegularlyInput, RestartedInput, SequenceInput, StoppedInput } from "./eventInput.ts";
import { SampleInput, SnapshotInput, TopInput } from "./populationInput.ts";
import { AttributeTestInput, MeasureTestInput, TagTestInput } from "./valueInput.ts";

@InputType("SegmentAtLeastRelatedInput", { description: "A number of related customers." })
export class AtLeastRelatedInput {
  @Field(() => Int, { description: "At least this many." })
  count!: number;

  @Field(() => SegmentRuleInput, { description: "For whom this holds." })
  where!: object;
}

@InputType("SegmentRelationInput", {
  description: "What holds of related customers: exactly one of `any`, `all`, `none` and `atLeast`.",
})
export class RelationRuleInput {
  @Field(() => [String], { description: "Kinds of relationship: `spouse`, `household` …" })
  kinds!: string[];

  @Field(() => RelationDirectionChoice, { nullable: true, description: "Which side told of it. Default: either." })
  direction?: keyof typeof RelationDirectionChoice;

  @Field(() => SegmentRuleInput, { nullable: true, description: "It holds of one of them." })
  any?: object;

  @Field(() => SegmentRuleInput, { nullable: true, description: "It holds of all of them, or there is none." })
  all?: object;

  @Field(() => SegmentRuleInput, { nullable: true, description: "It holds of none of them." })
  none?: object;

  @Field(() => AtLeastRelatedInput, { nullable: true, description: "It holds of a number of them." })
  atLeast?: AtLeastRelatedInput;
}

@OneOfInput("SegmentRuleInput", "Who belongs: true or false of every customer at every instant.")
export class SegmentRuleInput {
  @Field(() => [SegmentRuleInput], { nullable: true, description: "All of these hold." })
  all?: object[];

  @Field(() => [SegmentRuleInput], { nullable: true, description: "At least one of these holds." })
  any?: object[];

  @Field(() => SegmentRuleInput, { nullable: true, description: "This does not hold." })
  not?: object;

  @Field(() => TagTestInput, { nullable: true, description: "A test of a tag." })
  tag?: TagTestInput;

  @Field(() => AttributeTestInput, { nullable: true, description: "A test of what stands in the profile." })
  attribute?: AttributeTestInput;

  @Field(() => MeasureTestInput, { nullable: true, description: "A test of what is measured on facts." })
  measure?: MeasureTestInput;

  @Field(() => DidInput, { nullable: true, description: "There are such facts." })
  did?: DidInput;

  @Field(() => DidInput, { nullable: true, description: "There are fewer such facts." })
  didNot?: DidInput;

  @Field(() => FactsInput, { nullable: true, description: "The first such fact ever lies in the window." })
  first?: FactsInput;

  @Field(() => RegularlyInput, { nullable: true, description: "Done in many of the last periods." })
  regularly?: RegularlyInput;

  @Field(() => StoppedInput, { nullable: true, description: "Done before, and then not any more." })
  stopped?: StoppedInput;

  @Field(() => RestartedInput, { nullable: true, description: "Done again after a pause." })
  restarted?: RestartedInput;

  @Field(() => SequenceInput, { nullable: true, description: "Facts that follow one another." })
  sequence?: SequenceInput;

  @Field(() => RelationRuleInput, { nullable: true, description: "What holds of related customers." })
  relation?: RelationRuleInput;

  @Field(() => String, { nullable: true, description: "Members of the segment of this id." })
  segment?: string;

  @Field(() => String, { nullable: true, description: "Customers on the list: the code of a manual boolean tag." })
  list?: string;

  @Field(() => SnapshotInput, { nullable: true, description: "Who was a member of a segment at an instant." })
  snapshot?: SnapshotInput;

  @Field(() => SampleInput, { nullable: true, description: "A part of all customers, always the same." })
  sample?: SampleInput;

  @Field(() => TopInput, { nullable: true, description: "Those with the highest or lowest values of a tag." })
  top?: TopInput;
}
