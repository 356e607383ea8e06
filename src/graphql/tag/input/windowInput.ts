import { Field, InputType, Int } from "type-graphql";
import { OneOfInput } from "../../oneOf.ts";
import { CalendarUnitChoice } from "./choices.ts";

@InputType("TagAgoWindowInput", { description: "Between two lengths of time ago: (T − from, T − to]." })
export class AgoWindowInput {
  @Field(() => String, { description: "The longer one, as an ISO 8601 duration: `P60D`." })
  from!: string;

  @Field(() => String, { description: "The shorter one: `P30D`." })
  to!: string;
}

@InputType("TagAbsoluteWindowInput", { description: "Between two fixed instants: [from, to)." })
export class AbsoluteWindowInput {
  @Field(() => String, { description: "An RFC 3339 instant, or a day." })
  from!: string;

  @Field(() => String, { description: "An RFC 3339 instant, or a day; it is no longer in." })
  to!: string;

  @Field(() => String, {
    nullable: true,
    description: "The IANA zone in which days begin. Default: that of the tag's type.",
  })
  zone?: string;
}

@InputType("TagCalendarWindowInput", { description: "Whole units of the calendar." })
export class CalendarWindowInput {
  @Field(() => CalendarUnitChoice, { description: "Which unit." })
  unit!: keyof typeof CalendarUnitChoice;

  @Field(() => Int, {
    nullable: true,
    description: "0 (the default): the unit that has begun. n: the n whole units before it.",
  })
  previous?: number;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: besides the previous units also what has begun of the next one: `previous: 13` days are 14 with today.",
  })
  current?: boolean;

  @Field(() => String, { description: "The IANA zone whose calendar counts." })
  zone!: string;
}

@OneOfInput("TagWindowInput", "Which facts count at an instant T, by when they were true.")
export class WindowInput {
  @Field(() => Boolean, { nullable: true, description: "All up to T; `true`." })
  lifetime?: boolean;

  @Field(() => String, {
    nullable: true,
    description: "(T − length, T], as an ISO 8601 duration in weeks, days, hours, minutes, seconds: `P30D`, `PT36H`.",
  })
  rolling?: string;

  @Field(() => AgoWindowInput, { nullable: true, description: "Between two lengths of time ago." })
  ago?: AgoWindowInput;

  @Field(() => AbsoluteWindowInput, { nullable: true, description: "Between two instants." })
  absolute?: AbsoluteWindowInput;

  @Field(() => CalendarWindowInput, { nullable: true, description: "Units of the calendar." })
  calendar?: CalendarWindowInput;
}
