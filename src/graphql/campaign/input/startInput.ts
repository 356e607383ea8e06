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

/** What both kinds of waves have in common; no type of its own in the schema. */
@InputType()
abstract class OwnZoneInput {
  @Field(() => String, {
    nullable: true,
    description:
      "The profile attribute that names the customer's IANA zone: the wave comes to each customer when its own clock shows the time. Default: when that of the campaign's zone does.",
  })
  zoneAttribute?: string;

  @Field(() => String, {
    nullable: true,
    description:
      "With `zoneAttribute`, the zone of those whose own is not known. Default: none, and nothing is sent to them.",
  })
  zone?: string;
}

@InputType("CampaignOnceInput", { description: "One wave over the whole audience." })
export class OnceInput extends OwnZoneInput {
  @Field(() => String, {
    description:
      "An RFC 3339 timestamp, or a day, which begins in the campaign's zone. With `zoneAttribute` it stands for the local time there.",
  })
  at!: string;
}

@InputType("CampaignRecurringInput", { description: "A wave over the whole audience, again and again." })
export class RecurringInput extends OwnZoneInput {
  @Field(() => CalendarUnitChoice, { description: "On every day, or the first day of every week or month." })
  unit!: keyof typeof CalendarUnitChoice;

  @Field(() => String, {
    description: "The time of day, in the campaign's zone unless `zoneAttribute` is given: `09:00`.",
  })
  time!: string;

  @Field(() => String, {
    description:
      "From then on: a timestamp, or a day. With `zoneAttribute` this and `until` stand for local times in the campaign's zone.",
  })
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
