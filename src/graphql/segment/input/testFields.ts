import { Field, InputType, Int, registerEnumType } from "type-graphql";
import type { OutsideScalar } from "../../../domain/tag/outside.ts";
import { TagLiteral } from "../../tag/input/literal.ts";

const CompareOperator = {
  equal: "equal",
  notEqual: "notEqual",
  lessThan: "lessThan",
  atMost: "atMost",
  moreThan: "moreThan",
  atLeast: "atLeast",
} as const;

// Written small like all words of the rule language: what was read as JSON can be sent back as it is.
registerEnumType(CompareOperator, {
  name: "SegmentCompareOperator",
  description: "How two values are compared.",
  valuesConfig: {
    equal: { description: "They are the same." },
    notEqual: { description: "Both are there, and not the same." },
    lessThan: { description: "The first is less." },
    atMost: { description: "The first is the same or less." },
    moreThan: { description: "The first is more." },
    atLeast: { description: "The first is the same or more." },
  },
});

@InputType("SegmentRangeInput", { description: "From one value to another; both belong to it." })
export class RangeInput {
  @Field(() => TagLiteral, { description: "The lowest value." })
  from!: OutsideScalar;

  @Field(() => TagLiteral, { description: "The highest value." })
  to!: OutsideScalar;
}

@InputType("SegmentAnniversaryInput", { description: "The yearly return of a date." })
export class AnniversaryInput {
  @Field(() => Int, { description: "Today, or within this many days after it: 0 is today alone." })
  days!: number;
}

@InputType("SegmentCompareInput", { description: "A comparison with another tag of the same customer." })
export class CompareInput {
  @Field(() => CompareOperator, { description: "How." })
  operator!: keyof typeof CompareOperator;

  @Field(() => String, { description: "The code of a tag of the same type." })
  tag!: string;
}

/** What a value is tested for; exactly one of these, which the rule's parser sees to. */
@InputType()
export class TestFields {
  @Field(() => TagLiteral, { nullable: true, description: "It is this value." })
  equals?: OutsideScalar;

  @Field(() => TagLiteral, { nullable: true, description: "It is not this value, or is missing." })
  notEquals?: OutsideScalar;

  @Field(() => [TagLiteral], { nullable: true, description: "It is one of these; a set: it holds one of these." })
  in?: OutsideScalar[];

  @Field(() => [TagLiteral], { nullable: true, description: "It is none of these, or is missing." })
  notIn?: OutsideScalar[];

  @Field(() => TagLiteral, { nullable: true, description: "Less than this." })
  lessThan?: OutsideScalar;

  @Field(() => TagLiteral, { nullable: true, description: "This or less." })
  atMost?: OutsideScalar;

  @Field(() => TagLiteral, { nullable: true, description: "More than this." })
  moreThan?: OutsideScalar;

  @Field(() => TagLiteral, { nullable: true, description: "This or more." })
  atLeast?: OutsideScalar;

  @Field(() => RangeInput, { nullable: true, description: "Between two values, both included." })
  between?: RangeInput;

  @Field(() => String, { nullable: true, description: "The text holds this." })
  contains?: string;

  @Field(() => String, { nullable: true, description: "The text starts with this." })
  startsWith?: string;

  @Field(() => String, { nullable: true, description: "The text ends with this." })
  endsWith?: string;

  @Field(() => [String], { nullable: true, description: "The set holds at least one of these." })
  containsAny?: string[];

  @Field(() => [String], { nullable: true, description: "The set holds all of these." })
  containsAll?: string[];

  @Field(() => [String], { nullable: true, description: "The set holds none of these, or is missing." })
  containsNone?: string[];

  @Field(() => Boolean, { nullable: true, description: "There is a value; `true`." })
  exists?: boolean;

  @Field(() => Boolean, { nullable: true, description: "There is no value; `true`." })
  missing?: boolean;

  @Field(() => String, {
    nullable: true,
    description: "The date lies in (T − length, T], as an ISO 8601 duration: `P30D`.",
  })
  withinLast?: string;

  @Field(() => String, { nullable: true, description: "The date lies in (T, T + length]." })
  withinNext?: string;

  @Field(() => String, { nullable: true, description: "The date lies at or before T − length." })
  olderThan?: string;

  @Field(() => String, { nullable: true, description: "The date falls on this day of its zone: `2024-02-29`." })
  onDay?: string;

  @Field(() => AnniversaryInput, { nullable: true, description: "The date's day returns today or soon: a birthday." })
  anniversary?: AnniversaryInput;

  @Field(() => CompareInput, { nullable: true, description: "Compared with another tag of the customer." })
  compareTo?: CompareInput;
}
