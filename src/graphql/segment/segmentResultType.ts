import { createUnionType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { PositionText } from "../scalars/position.ts";
import { SegmentRefused } from "./refusalType.ts";
import { SegmentType } from "./segmentType.ts";

const SegmentOutcomeKind = {
  DRAFTED: "drafted",
  PUBLISHED: "published",
  ARCHIVED: "archived",
  UNCHANGED: "unchanged",
} as const;
type SegmentOutcomeKind = (typeof SegmentOutcomeKind)[keyof typeof SegmentOutcomeKind];

registerEnumType(SegmentOutcomeKind, {
  name: "SegmentOutcome",
  description: "What was done to a segment.",
  valuesConfig: {
    DRAFTED: { description: "A new draft was recorded." },
    PUBLISHED: { description: "The version was published; it is in force as soon as its members are worked out." },
    ARCHIVED: { description: "The segment was archived." },
    UNCHANGED: { description: "Nothing: it was so already." },
  },
});

@ObjectType("SegmentChanged", { simpleResolvers: true, description: "It is done, and durable." })
export class SegmentChanged {
  @Field(() => SegmentOutcomeKind, { description: "What was done." })
  outcome!: SegmentOutcomeKind;

  @Field(() => SegmentType, { description: "The segment as it is now." })
  segment!: object;

  @Field(() => Int, { description: "The version it was done to." })
  version!: number;

  @Field(() => PositionText, {
    description: "Where in the log it stands: hand it back as `minPosition` to read your own write.",
  })
  position!: number;
}

@ObjectType("SegmentDependent", {
  simpleResolvers: true,
  description: "A segment that is worked out from another one.",
})
export class SegmentDependent {
  @Field(() => String, { description: "Its id." })
  segmentId!: string;

  @Field(() => Int, { description: "Its version that depends on the other segment." })
  version!: number;

  @Field(() => String, { description: "What of it would no longer work." })
  reason!: string;

  @Field(() => SegmentType, { nullable: true, description: "The segment." })
  segment!: object | null;
}

@ObjectType("SegmentUse", {
  simpleResolvers: true,
  description: "Something other than a segment that asks for a segment's members.",
})
export class SegmentUseType {
  @Field(() => String, { description: "What it is called: `campaign spring-loans`." })
  name!: string;

  @Field(() => Int, { description: "Its version that asks." })
  version!: number;

  @Field(() => String, { description: "Where it asks." })
  reason!: string;
}

@ObjectType("SegmentInUse", {
  simpleResolvers: true,
  description:
    "It was refused because other segments are worked out from this one, or campaigns, policies and offers ask for its members; change or end those first.",
})
export class SegmentInUse {
  // As in SegmentRefused, so that both can be asked for by one name.
  @Field(() => String, { nullable: true, description: "The segment's id." })
  segmentId!: string | null;

  @Field(() => String, { description: "Why, and what to do." })
  message!: string;

  @Field(() => [SegmentDependent], { description: "The segments that depend on it." })
  dependents!: readonly object[];

  @Field(() => [SegmentUseType], { description: "What else asks for its members: campaigns, policies and offers." })
  uses!: readonly object[];
}

export const SegmentResult = createUnionType({
  name: "SegmentResult",
  description: "What became of a command about a segment.",
  types: () => [SegmentChanged, SegmentRefused, SegmentInUse] as const,
  resolveType: value =>
    "outcome" in value ? "SegmentChanged" : "dependents" in value ? "SegmentInUse" : "SegmentRefused",
});
