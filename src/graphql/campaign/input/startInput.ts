import { Field, InputType } from "type-graphql";
import { OneOfInput } from "../../oneOf.ts";
import { CalendarUnitChoice } from "../../tag/input/choices.ts";
import { FactKindsInput } from "./factKindsInput.ts";

@InputType("CampaignTriggerInput", { description: "Facts, about each of which is decided as it comes in." })
export class TriggerInput extends FactKindsInput {
  @Field(() => String, {
    nullable: true,
    description: "Facts that come in later than this after they occurred begin nothing: `PT15M`. Default: one hour.",
  })
  maxAge?: string;
}

@InputType("CampaignOnceInput", { description: "One wave over the whole audience." })
export class OnceInput {
  @Field(() => String, { description: "An RFC 3339 timestamp, or a day, which begins in the campaign's zone." })
  at!: string;
}

@InputType("CampaignRecurringInput", { description: "A wave over the whole audience, again and again." })
export class RecurringInput {
  @Field(() => CalendarUnitChoice, { description: "On every day, or the first day of every week or month." })
  unit!: keyof typeof CalendarUnitChoice;

  @Field(() => String, { description: "The time of day in the campaign's zone: `09:00`." })
  time!: string;

  @Field(() => String, { description: "From then on: a timestamp, or a day." })
  from!: string;

  @Field(() => String, { nullable: true, description: "Before then. Default: without end." })
  until?: string;
}

@OneOfInput("CampaignStartInput", "When decisions are made.")
export class StartInput {
  @Field(() => TriggerInput, { nullable: true, description: "About each such fact, as it comes in." })
  trigger?: TriggerInput;

  @Field(() => OnceInput, { nullable: true, description: "Once, about the whole audience." })
  once?: OnceInput;

  @Field(() => RecurringInput, { nullable: true, description: "Again and again, about the whole audience." })
  recurring?: RecurringInput;

  @Field(() => Boolean, {
    nullable: true,
    description: "Elsewhere; assignments, contacts and responses come as facts. `true`.",
  })
  outside?: boolean;
}
