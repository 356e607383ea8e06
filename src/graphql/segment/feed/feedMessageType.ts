import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { SegmentFeedReason } from "./feedEnums.ts";
import type { FeedReading } from "./readSegmentFeed.ts";
import { SegmentChangeType } from "./segmentChangeType.ts";

const tokenOption = {
  description: "Where to resume: keep it in the same transaction as what it stands for, and give it back as `after`.",
};
const sequenceOption = { description: "The number of the newest change that is told with it; 0 before the first." };

@ObjectType("SegmentChanges", {
  simpleResolvers: true,
  description: "The changes that follow, in order, none left out; none at all only to tell where following begins.",
})
export class SegmentChangesType {
  @Field(() => [SegmentChangeType], { description: "The changes, by ascending `sequence`." })
  changes!: readonly object[];

  @Field(() => String, tokenOption)
  token!: string;

  @Field(() => Int, sequenceOption)
  sequence!: number;

  @Field(() => Boolean, { description: "Whether more is there already, and follows at once." })
  more!: boolean;
}

@ObjectType("SegmentResync", {
  simpleResolvers: true,
  description:
    "The changes cannot be continued after this token. Read `segmentSnapshot`, forget what was known before, and follow from the snapshot's token. The subscription ends with this.",
})
export class SegmentResyncType {
  @Field(() => SegmentFeedReason, { description: "Why." })
  reason!: string;

  @Field(() => String, { description: "Why, in words." })
  message!: string;

  @Field(() => Int, { description: "The number of the newest change now; 0 before the first." })
  sequence!: number;

  @Field(() => Int, { description: "How many members there are now." })
  size!: number;
}

@ObjectType("SegmentFeedEnded", {
  simpleResolvers: true,
  description: "The segment was archived, and all its changes are told. The subscription ends with this.",
})
export class SegmentFeedEndedType {
  @Field(() => String, tokenOption)
  token!: string;

  @Field(() => Int, sequenceOption)
  sequence!: number;
}

@ObjectType("SegmentFeedRefused", {
  simpleResolvers: true,
  description: "There is nothing to follow, and why. A subscription ends with this.",
})
export class SegmentFeedRefusedType {
  @Field(() => SegmentFeedReason, { description: "Why." })
  reason!: string;

  @Field(() => String, { description: "Why, in words." })
  message!: string;
}

const typeNames: Readonly<Record<FeedReading["kind"], string>> = {
  changes: "SegmentChanges",
  expired: "SegmentResync",
  ended: "SegmentFeedEnded",
  refused: "SegmentFeedRefused",
};

export const SegmentFeedMessage = createUnionType({
  name: "SegmentFeedMessage",
  description: "What a subscriber of a segment's changes is told.",
  types: () => [SegmentChangesType, SegmentResyncType, SegmentFeedEndedType, SegmentFeedRefusedType] as const,
  resolveType: value => typeNames[(value as unknown as FeedReading).kind],
});
