import { Field, InputType, Int } from "type-graphql";
import { OneOfInput } from "../../oneOf.ts";
import { DateFormInput, MoneyFormInput } from "./formInput.ts";

@InputType("TagEnumerationInput", { description: "One of a closed list of values." })
export class EnumerationInput {
  @Field(() => [String], { description: "The values, in order." })
  values!: string[];
}

@InputType("TagNumberInput", { description: "An exact decimal number." })
export class NumberInput {
  @Field(() => Int, { nullable: true, description: "Digits after the point. Default: 0." })
  decimals?: number;

  @Field(() => String, { nullable: true, description: "What it counts, such as `days`." })
  unit?: string;
}

@OneOfInput("TagValueTypeInput", "The type of a tag's values.")
export class ValueTypeInput {
  @Field(() => Boolean, { nullable: true, description: "True or false; `true`." })
  boolean?: boolean;

  @Field(() => EnumerationInput, { nullable: true, description: "One of a closed list." })
  enumeration?: EnumerationInput;

  @Field(() => NumberInput, { nullable: true, description: "A number." })
  number?: NumberInput;

  @Field(() => MoneyFormInput, { nullable: true, description: "Money of one currency." })
  money?: MoneyFormInput;

  @Field(() => DateFormInput, { nullable: true, description: "A date." })
  date?: DateFormInput;

  @Field(() => Boolean, { nullable: true, description: "Any text; `true`." })
  text?: boolean;

  @Field(() => Boolean, { nullable: true, description: "A set of texts; `true`." })
  set?: boolean;
}
