import { Field, InputType, Int } from "type-graphql";
import { ExactNumber } from "../../tag/input/literal.ts";

@InputType("SegmentSnapshotInput", { description: "The members of a segment at a past instant, the same for good." })
export class SnapshotInput {
  @Field(() => String, { description: "The segment's id." })
  segment!: string;

  @Field(() => String, { description: "The instant, as an RFC 3339 timestamp." })
  at!: string;
}

@InputType("SegmentBucketsInput", { description: "Some of the 10,000 buckets: [from, to)." })
export class BucketsInput {
  @Field(() => Int, { description: "The first bucket, from 0." })
  from!: number;

  @Field(() => Int, { description: "The first bucket that is no longer in, up to 10,000." })
  to!: number;
}

@InputType("SegmentSampleInput", {
  description: "A part of all customers, always the same for the same salt: `percent` or `buckets`.",
})
export class SampleInput {
  @Field(() => String, { description: "Samples of different salts have nothing to do with each other." })
  salt!: string;

  @Field(() => ExactNumber, { nullable: true, description: "The lowest buckets, up to this percentage: `12.5`." })
  percent?: string | number;

  @Field(() => BucketsInput, { nullable: true, description: "These buckets." })
  buckets?: BucketsInput;
}

@InputType("SegmentTopInput", {
  description: "The customers with the highest or lowest values of a tag: exactly one of `highest` and `lowest`.",
})
export class TopInput {
  @Field(() => Int, { description: "How many." })
  count!: number;

  @Field(() => String, { nullable: true, description: "The code of the tag of which they have the highest values." })
  highest?: string;

  @Field(() => String, { nullable: true, description: "The code of the tag of which they have the lowest values." })
  lowest?: string;
}
