import { Field, InputType } from "type-graphql";
import type { OutsideScalar } from "../../../domain/tag/outside.ts";
import { FormInput } from "./formInput.ts";
import { TagLiteral } from "./literal.ts";
import { WindowInput } from "./windowInput.ts";

@InputType("TagFilterInput", {
  description:
    "A condition on one fact: `all`, `any` or `not` of other conditions, or a `field` with exactly one comparison.",
})
export class FilterInput {
  @Field(() => [FilterInput], { nullable: true, description: "All of these hold." })
  all?: object[];

  @Field(() => [FilterInput], { nullable: true, description: "At least one of these holds." })
  any?: object[];

  @Field(() => FilterInput, { nullable: true, description: "This does not hold." })
  not?: object;

  @Field(() => String, { nullable: true, description: "A dotted path into the fact's data: `purpose`, `details.cds`." })
  field?: string;

  @Field(() => TagLiteral, { nullable: true, description: "The field is this value." })
  equals?: OutsideScalar;

  @Field(() => [TagLiteral], { nullable: true, description: "The field is one of these values." })
  in?: OutsideScalar[];

  @Field(() => TagLiteral, { nullable: true, description: "Less than this." })
  lessThan?: OutsideScalar;

  @Field(() => TagLiteral, { nullable: true, description: "This or less." })
  atMost?: OutsideScalar;

  @Field(() => TagLiteral, { nullable: true, description: "More than this." })
  moreThan?: OutsideScalar;

  @Field(() => TagLiteral, { nullable: true, description: "This or more." })
  atLeast?: OutsideScalar;

  @Field(() => String, { nullable: true, description: "The field's text holds this." })
  contains?: string;

  @Field(() => String, { nullable: true, description: "The field's text starts with this." })
  startsWith?: string;

  @Field(() => String, { nullable: true, description: "The field's text ends with this." })
  endsWith?: string;

  @Field(() => Boolean, { nullable: true, description: "The fact has the field; `true`." })
  exists?: boolean;

  @Field(() => FormInput, {
    nullable: true,
    description: "How field and value are read. Default: after the fact's schema, and the tag's currency or zone.",
  })
  as?: FormInput;
}

@InputType("TagFactsInput", { description: "The facts that a statistic looks at." })
export class FactsInput {
  @Field(() => [String], { description: "Fact types; see `factTypes`." })
  types!: string[];

  @Field(() => FilterInput, { nullable: true, description: "Only facts for which this holds." })
  where?: FilterInput;

  @Field(() => WindowInput, { nullable: true, description: "Only facts of this time. Default: all." })
  window?: WindowInput;
}
