import { Field, InputType, Int } from "type-graphql";
import { CalendarUnitChoice } from "../../tag/input/choices.ts";
import { FactsInput, FilterInput } from "../../tag/input/factsInput.ts";
import { WindowInput } from "../../tag/input/windowInput.ts";

@InputType("SegmentDidInput", { description: "Facts, and how often they must occur." })
export class DidInput extends FactsInput {
  @Field(() => Int, { nullable: true, description: "At least this many. Default: 1." })
  times?: number;
}

@InputType()
class KindsFields {
  @Field(() => [String], { description: "Fact types; see `factTypes`." })
  types!: string[];

  @Field(() => FilterInput, { nullable: true, description: "Only facts for which this holds." })
  where?: FilterInput;
}

@InputType("SegmentRegularlyInput", { description: "Something done in many of the last calendar periods." })
export class RegularlyInput extends KindsFields {
  @Field(() => CalendarUnitChoice, { description: "The period." })
  unit!: keyof typeof CalendarUnitChoice;

  @Field(() => String, { description: "The IANA zone whose calendar counts." })
  zone!: string;

  @Field(() => Int, { description: "How many whole periods are looked at; the one that has begun is not." })
  periods!: number;

  @Field(() => Int, { description: "In at least this many of them." })
  atLeast!: number;
}

@InputType("SegmentStoppedInput", { description: "Something done for a while, and then not any more." })
export class StoppedInput extends KindsFields {
  @Field(() => String, { description: "How long it was done before, as an ISO 8601 duration: `P90D`." })
  active!: string;

  @Field(() => Int, { nullable: true, description: "At least this many times. Default: 1." })
  times?: number;

  @Field(() => String, { description: "How long it has not been done since." })
  quiet!: string;
}

@InputType("SegmentRestartedInput", { description: "Something done again after a pause." })
export class RestartedInput extends KindsFields {
  @Field(() => String, { description: "How recently it was done again: `P7D`." })
  recent!: string;

  @Field(() => String, { description: "How long the pause before was, at least." })
  quiet!: string;
}

@InputType("SegmentStepInput", { description: "A step of a sequence." })
export class StepInput extends KindsFields {
  @Field(() => Boolean, { nullable: true, description: "True: no such fact at this point. Default: false." })
  absent?: boolean;
}

@InputType("SegmentSequenceInput", { description: "Facts that follow one another." })
export class SequenceInput {
  @Field(() => [StepInput], { description: "The steps, in order." })
  steps!: StepInput[];

  @Field(() => WindowInput, { nullable: true, description: "Only facts of this time. Default: all." })
  window?: WindowInput;

  @Field(() => String, { nullable: true, description: "The shortest time from one step to the next: `PT1H`." })
  minGap?: string;

  @Field(() => String, { nullable: true, description: "The longest time from one step to the next: `P30D`." })
  maxGap?: string;

  @Field(() => String, { nullable: true, description: "The longest time from the first step to the last." })
  within?: string;

  @Field(() => [String], { nullable: true, description: "Fields that have the same value in all steps." })
  same?: string[];
}
