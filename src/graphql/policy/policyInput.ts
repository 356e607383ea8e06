import { Field, InputType, Int } from "type-graphql";
import { SegmentRuleInput } from "../segment/input/ruleInput.ts";
import { choice } from "../tag/input/choices.ts";
import { ExactNumber } from "../tag/input/literal.ts";

const QuietHoursThen = choice("PolicyQuietHoursThen", "What becomes of a contact that is decided in quiet hours.", {
  hold: "It is decided anew when they are over.",
  drop: "It is skipped.",
});

@InputType("PolicyHoldoutInput", { description: "Customers who are kept out of all campaigns under a policy." })
export class HoldoutInput {
  @Field(() => String, { description: "Of the hash that says who. Not that of a campaign's assignment." })
  salt!: string;

  @Field(() => ExactNumber, { description: "How many of all customers, in percent: `5.00`." })
  percent!: string | number;
}

@InputType("PolicyCapInput", { description: "So many contacts at most in a rolling window." })
export class CapInput {
  @Field(() => [String], { nullable: true, description: "Channels it counts and holds for. Default: all together." })
  channels?: string[];

  @Field(() => [String], { nullable: true, description: "Purposes it counts and holds for. Default: all together." })
  purposes?: string[];

  @Field(() => Int, { description: "So many." })
  most!: number;

  @Field(() => String, { description: "The length of the window, as an ISO 8601 duration: `P7D`." })
  within!: string;
}

@InputType("PolicyQuietHoursInput", {
  description: "Hours of the day without contacts; at least one of `zoneAttribute` and `zone` says whose day.",
})
export class QuietHoursInput {
  @Field(() => String, { description: "From this time of day: `21:00`." })
  from!: string;

  @Field(() => String, { description: "Until before this time of day: `08:00`." })
  to!: string;

  @Field(() => String, { nullable: true, description: "The profile attribute that names the customer's IANA zone." })
  zoneAttribute?: string;

  @Field(() => String, { nullable: true, description: "The zone of those whose own is not known." })
  zone?: string;

  @Field(() => QuietHoursThen, { description: "What becomes of a contact in them." })
  // biome-ignore lint/suspicious/noThenProperty: the word of the definition, and never a function
  then!: keyof typeof QuietHoursThen;
}

@InputType("PolicyInput", {
  description:
    "A policy as it is to be. The same JSON as in definition files and in `PolicyVersion.definition`: what was read there can be sent back.",
})
export class PolicyInput {
  @Field(() => String, {
    description: "Its name for machines: lower-case words joined by hyphens, `retail-marketing`. It never changes.",
  })
  id!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => String, { description: "Who answers for it." })
  owner!: string;

  @Field(() => String, { description: "What it is for." })
  description!: string;

  @Field(() => SegmentRuleInput, { nullable: true, description: "Nobody of whom this is true is contacted." })
  suppression?: SegmentRuleInput;

  @Field(() => HoldoutInput, { nullable: true, description: "Who is kept out, to compare the others with." })
  holdout?: HoldoutInput;

  @Field(() => [CapInput], { nullable: true, description: "How often anybody is contacted at most; all of them hold." })
  caps?: CapInput[];

  @Field(() => QuietHoursInput, { nullable: true, description: "When nobody is contacted." })
  quietHours?: QuietHoursInput;

  @Field(() => [String], {
    nullable: true,
    description: "Purposes for which neither holdout, caps nor quiet hours hold. Consent and suppression always do.",
  })
  exempt?: string[];
}
