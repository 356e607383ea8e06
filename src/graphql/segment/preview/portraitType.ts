import { Field, Float, Int, ObjectType } from "type-graphql";
import { TagType } from "../../tag/tagType.ts";
import { TagValueObject } from "../../tag/tagValueType.ts";

@ObjectType("SegmentPortraitBucket", {
  simpleResolvers: true,
  description:
    "How many have one value, or a value in one range: a value, both ends of a range, or none of these for the rest together.",
})
export class PortraitBucketType {
  @Field(() => TagValueObject, { nullable: true, description: "The value; of a set tag, a set of this one member." })
  value!: object | null;

  @Field(() => TagValueObject, {
    nullable: true,
    description: "Of a range: from here, inclusive; null where it has no lower end.",
  })
  from!: object | null;

  @Field(() => TagValueObject, {
    nullable: true,
    description: "Of a range: up to here, exclusive; null where it has no upper end.",
  })
  to!: object | null;

  @Field(() => Boolean, { description: "True: all values beside the most frequent ones, together." })
  others!: boolean;

  @Field(() => Int, { description: "Customers inside." })
  inside!: number;

  @Field(() => Int, { description: "Customers in all." })
  everyone!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Share inside over share of everyone: 1 is as everywhere, 2 twice as frequent. Null where nobody is counted.",
  })
  index!: number | null;
}

@ObjectType("SegmentPortrait", {
  simpleResolvers: true,
  description: "How a tag's values are spread inside, against everyone. Counted, not sampled.",
})
export class PortraitType {
  @Field(() => TagType, { description: "The tag." })
  tag!: object;

  @Field(() => Int, { description: "Customers inside." })
  inside!: number;

  @Field(() => Int, { description: "Of them without a value." })
  insideMissing!: number;

  @Field(() => Int, { description: "Customers in all." })
  everyone!: number;

  @Field(() => Int, { description: "Of them without a value." })
  everyoneMissing!: number;

  @Field(() => [PortraitBucketType], { description: "The values; of a set tag, a customer counts in several of them." })
  buckets!: readonly object[];
}
