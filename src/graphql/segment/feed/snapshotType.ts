import { createUnionType, Field, ID, Int, ObjectType } from "type-graphql";
import { CursorText } from "../../scalars/cursor.ts";
import { SegmentFeedRefusedType } from "./feedMessageType.ts";

@ObjectType("SegmentSnapshot", {
  simpleResolvers: true,
  description: "The members of a segment after one of its changes, in pages, and where to follow it from.",
})
export class SegmentSnapshotType {
  @Field(() => ID, { description: "The bare id of the segment." })
  segmentId!: string;

  @Field(() => Int, { description: "The change after which these are the members; 0 before the first." })
  sequence!: number;

  @Field(() => String, {
    description:
      "Follow `segmentChanges` after this once all pages are read: the changes that come are those after the snapshot.",
  })
  token!: string;

  @Field(() => Int, { description: "How many members there are on all pages together." })
  size!: number;

  @Field(() => [ID], {
    description: "The bare ids of this page's members, in the order in which customers were first heard of.",
  })
  customerIds!: readonly string[];

  @Field(() => CursorText, {
    nullable: true,
    description: "Hand it back as `after` for the next page, of the very same members; null on the last one.",
  })
  next!: string | null;
}

export const SegmentSnapshotResult = createUnionType({
  name: "SegmentSnapshotResult",
  description: "The members of a segment, or why there is nothing to follow.",
  types: () => [SegmentSnapshotType, SegmentFeedRefusedType] as const,
  resolveType: value => ("reason" in value ? "SegmentFeedRefused" : "SegmentSnapshot"),
});
