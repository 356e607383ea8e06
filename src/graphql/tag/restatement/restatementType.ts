import { Field, ObjectType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { CustomerType } from "../../customer/customerType.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { TagType } from "../tagType.ts";
import { TagValueObject } from "../tagValueType.ts";
import { TagVersionType } from "../tagVersionType.ts";

@ObjectType("TagRestatedStretch", {
  simpleResolvers: true,
  description: "A stretch of time in which a tag was told to have one value, and should have had another.",
})
export class RestatedStretchType {
  @Field(() => String, { description: "The tag's code." })
  code!: string;

  @Field(() => TagType, { description: "The tag." })
  tag!: object;

  @Field(() => TagVersionType, {
    description: "The version in force when the event was recorded; it tells both values.",
  })
  definition!: object;

  @Field(() => DateTime, { description: "From here, inclusive." })
  from!: Instant;

  @Field(() => DateTime, { description: "Up to here, exclusive." })
  to!: Instant;

  @Field(() => TagValueObject, { nullable: true, description: "What was told, without the event; null for no value." })
  before!: object | null;

  @Field(() => TagValueObject, { nullable: true, description: "What is right, with the event; null for no value." })
  after!: object | null;
}

@ObjectType("TagRestatedUpTo", {
  simpleResolvers: true,
  description: "A tag that changes too often to be followed to the end.",
})
export class RestatedUpToType {
  @Field(() => String, { description: "The tag's code." })
  code!: string;

  @Field(() => DateTime, { description: "From here on nothing is said of it." })
  at!: Instant;
}

@ObjectType("TagRestatement", {
  simpleResolvers: true,
  description: "What a late fact, a reversal or a correction changed in what had been told of its customer.",
})
export class RestatementType {
  @Field(() => CustomerType, { nullable: true, description: "The customer, as today." })
  customer!: object | null;

  @Field(() => [RestatedStretchType], {
    description:
      "By tag, then by time. Only tags that were in force when the event was recorded, since when they were.",
  })
  stretches!: readonly object[];

  @Field(() => [RestatedUpToType], { description: "Tags that are not followed to the end." })
  cut!: readonly object[];
}
