import { Field, InputType, Int } from "type-graphql";
import { OneOfInput } from "../../oneOf.ts";

@InputType("TagDecimalFormInput", { description: "A decimal number." })
export class DecimalFormInput {
  @Field(() => Int, { description: "Digits after the point; further digits are rounded half to even." })
  decimals!: number;
}

@InputType("TagMoneyFormInput", { description: "Money of one currency; facts in another one do not count." })
export class MoneyFormInput {
  @Field(() => String, { description: "The ISO 4217 code." })
  currency!: string;
}

@InputType("TagDateFormInput", { description: "A date or an instant." })
export class DateFormInput {
  @Field(() => String, { description: "The IANA zone at whose midnight a date begins." })
  zone!: string;
}

@OneOfInput("TagFormInput", "How a field's values are read.")
export class FormInput {
  @Field(() => Boolean, { nullable: true, description: "As text; `true`." })
  text?: boolean;

  @Field(() => Boolean, { nullable: true, description: "As a boolean; `true`." })
  boolean?: boolean;

  @Field(() => DecimalFormInput, { nullable: true, description: "As a decimal number." })
  decimal?: DecimalFormInput;

  @Field(() => MoneyFormInput, { nullable: true, description: "As money." })
  money?: MoneyFormInput;

  @Field(() => DateFormInput, { nullable: true, description: "As a date." })
  date?: DateFormInput;
}
