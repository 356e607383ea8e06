import { Field, Int, ObjectType } from "type-graphql";

@ObjectType("SegmentReach", {
  simpleResolvers: true,
  description:
    "How many may be addressed on a channel for a purpose, and why not the others: `count` is the sum of the three.",
})
export class ReachType {
  @Field(() => String, { description: "The channel." })
  channel!: string;

  @Field(() => String, { description: "The purpose." })
  purpose!: string;

  @Field(() => Int, { description: "Consent is granted and stands." })
  reachable!: number;

  @Field(() => Int, { description: "Consent was withdrawn." })
  withdrawn!: number;

  @Field(() => Int, { description: "Nothing was ever said of it, which means no." })
  neverGranted!: number;

  @Field(() => Int, { description: "Customers inside." })
  count!: number;
}
