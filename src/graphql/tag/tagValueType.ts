import { Field, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { MoneyType } from "../money/moneyType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { Decimal } from "../scalars/decimal.ts";
import { TagValueKind } from "./tagEnums.ts";

@ObjectType("TagValueType", { simpleResolvers: true, description: "What kind of values a tag has." })
export class TagValueTypeType {
  @Field(() => TagValueKind, { description: "Which field of a `TagValue` is set." })
  kind!: TagValueKind;

  @Field(() => [String], { nullable: true, description: "Of an enumeration: the values there can be, in order." })
  values!: readonly string[] | null;

  @Field(() => Int, { nullable: true, description: "Of a number: digits after the point." })
  decimals!: number | null;

  @Field(() => String, { nullable: true, description: "Of a number: what it counts, where the definition says so." })
  unit!: string | null;

  @Field(() => String, { nullable: true, description: "Of money: the ISO 4217 code." })
  currency!: string | null;

  @Field(() => String, { nullable: true, description: "Of a date: the IANA zone whose calendar it is read in." })
  zone!: string | null;
}

@ObjectType("TagValue", {
  simpleResolvers: true,
  description:
    "A tag's value. `display` is there for every kind; of the other fields, the one that `kind` names is set and the rest are null.",
})
export class TagValueObject {
  @Field(() => TagValueKind, { description: "Which of the fields is set." })
  kind!: TagValueKind;

  @Field(() => String, {
    description: "The value as plain text, the same for the same value: `true`, `12.30`, `a, b`.",
  })
  display!: string;

  @Field(() => Boolean, { nullable: true, description: "Of a boolean tag." })
  boolean!: boolean | null;

  @Field(() => Decimal, { nullable: true, description: "Of a number tag, with all its decimals." })
  number!: string | null;

  @Field(() => MoneyType, { nullable: true, description: "Of a money tag." })
  money!: object | null;

  @Field(() => DateTime, { nullable: true, description: "Of a date tag: the instant." })
  instant!: Instant | null;

  @Field(() => String, {
    nullable: true,
    description: "Of a date tag: the calendar date in the tag's zone, YYYY-MM-DD.",
  })
  date!: string | null;

  @Field(() => String, { nullable: true, description: "Of an enumeration or text tag." })
  text!: string | null;

  @Field(() => [String], { nullable: true, description: "Of a set tag: its members, sorted." })
  members!: readonly string[] | null;
}
