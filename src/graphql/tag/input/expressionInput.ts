import { Field, InputType } from "type-graphql";
import { OneOfInput } from "../../oneOf.ts";
import { ExactNumber } from "./literal.ts";

@InputType("TagMoneyLiteralInput", { description: "An amount of money." })
export class MoneyLiteralInput {
  @Field(() => ExactNumber, { description: "How much." })
  amount!: string | number;

  @Field(() => String, { description: "The ISO 4217 code." })
  currency!: string;
}

@InputType("TagDateLiteralInput", { description: "A date or an instant." })
export class DateLiteralInput {
  @Field(() => String, { description: "A day, or an RFC 3339 timestamp." })
  at!: string;

  @Field(() => String, { description: "The IANA zone at whose midnight the day begins." })
  zone!: string;
}

@InputType("TagInInput", { description: "Whether a text is one of several, or a set holds one of them." })
export class InInput {
  @Field(() => ExpressionInput, { description: "The text, enumeration or set." })
  of!: object;

  @Field(() => [String], { description: "The values looked for." })
  values!: string[];
}

@InputType("TagIfInput", { description: "One of two values." })
export class IfInput {
  @Field(() => ExpressionInput, { description: "The condition." })
  when!: object;

  @Field(() => ExpressionInput, { description: "The value where it does not." })
  else!: object;
}

@InputType("TagSinceInput", { description: "Time from a date to the instant asked about." })
export class SinceInput {
  @Field(() => ExpressionInput, { description: "The date." })
  of!: object;

  @Field(() => String, { description: "The IANA zone whose calendar counts." })
  zone!: string;
}

@OneOfInput("TagExpressionInput", "Arithmetic, comparison and logic over other tags of the same customer.")
export class ExpressionInput {
  @Field(() => String, { nullable: true, description: "The value of the tag of this code." })
  tag?: string;

  @Field(() => ExactNumber, { nullable: true, description: "A number." })
  number?: string | number;

  @Field(() => MoneyLiteralInput, { nullable: true, description: "An amount." })
  money?: MoneyLiteralInput;

  @Field(() => Boolean, { nullable: true, description: "True or false." })
  boolean?: boolean;

  @Field(() => String, { nullable: true, description: "A text." })
  text?: string;

  @Field(() => DateLiteralInput, { nullable: true, description: "A date." })
  date?: DateLiteralInput;

  @Field(() => [String], { nullable: true, description: "A set." })
  set?: string[];

  @Field(() => ExpressionInput, { nullable: true, description: "Not." })
  not?: object;

  @Field(() => ExpressionInput, { nullable: true, description: "Whether there is a value." })
  exists?: object;

  @Field(() => InInput, { nullable: true, description: "Whether it is, or holds, one of several." })
  in?: InInput;

  @Field(() => IfInput, { nullable: true, description: "One of two values." })
  if?: IfInput;

  @Field(() => SinceInput, { nullable: true, description: "Whole calendar days since a date." })
  daysSince?: SinceInput;

  @Field(() => SinceInput, { nullable: true, description: "Completed years since a date." })
  yearsSince?: SinceInput;
}

const operations: Readonly<Record<string, string>> = {
  add: "The sum of the operands.",
  subtract: "The first operand less the others.",
  multiply: "The product of the operands.",
  divide: "The first operand divided by the second.",
  minimum: "The smallest operand.",
  maximum: "The largest operand.",
  equal: "Whether left is right; two operands.",
  notEqual: "Whether left is not right; two operands.",
  lessThan: "Whether left is less than right; two operands.",
  atMost: "Whether left is right or less; two operands.",
  moreThan: "Whether left is more than right; two operands.",
  atLeast: "Whether left is right or more; two operands.",
  all: "Whether all operands are true.",
  any: "Whether an operand is true.",
  coalesce: "The first operand that has a value.",
};
for (const [name, description] of Object.entries(operations))
  Field(() => [ExpressionInput], { nullable: true, description })(ExpressionInput.prototype, name);
// Outside the class, because a class with a member `then` looks like a promise.
Field(() => ExpressionInput, { description: "The value where it holds." })(IfInput.prototype, "then");
