import { Field, Float, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { TagValueObject } from "./tagValueType.ts";

@ObjectType("TagValueCount", { simpleResolvers: true, description: "How many customers have one value." })
export class ValueCountType {
  @Field(() => TagValueObject, { description: "The value; of a set tag, a set of this one member." })
  value!: object;

  @Field(() => Int, { description: "Customers who have it; of a set tag, whose set holds it." })
  customers!: number;
}

@ObjectType("TagStretch", { simpleResolvers: true, description: "How many customers have a value in one stretch." })
export class StretchType {
  @Field(() => TagValueObject, { description: "From here, inclusive." })
  from!: object;

  @Field(() => TagValueObject, { description: "Up to here, exclusive." })
  to!: object;

  @Field(() => Int, { description: "Customers in between." })
  customers!: number;
}

@ObjectType("TagSpread", {
  simpleResolvers: true,
  description: "How a tag's values are spread over all customers: counted, not sampled, at this answer's position.",
})
export class SpreadType {
  @Field(() => Int, { description: "Customers with a value." })
  covered!: number;

  @Field(() => Int, { description: "All customers." })
  customers!: number;

  @Field(() => Float, { nullable: true, description: "`covered` of `customers`, 0 to 1; null without customers." })
  coverage!: number | null;

  @Field(() => [ValueCountType], {
    description: "Customers for each value, most frequent first: of boolean, enumeration, text and set tags.",
  })
  values!: readonly object[];

  @Field(() => [StretchType], { description: "A histogram, ascending: of number, money and date tags." })
  stretches!: readonly object[];
}

@ObjectType("TagFreshness", { simpleResolvers: true, description: "How new a tag's values are." })
export class FreshnessType {
  @Field(() => DateTime, {
    nullable: true,
    description:
      "Time as the log tells it: all that was recorded up to here is in the values. Null before the first event.",
  })
  logTime!: Instant | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "Of a tag that is computed over the whole population at a refresh: of when the newest one is. Null for others.",
  })
  refreshedAsOf!: Instant | null;
}
