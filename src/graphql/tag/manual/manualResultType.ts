import { createUnionType, Field, ID, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";
import { TagRefused } from "../refusalType.ts";

const positionOption = {
  description: "Where in the log it stands: hand it back as `minPosition` to read your own write.",
};

@ObjectType("TagRefreshed", {
  simpleResolvers: true,
  description: "The tag is computed anew over the whole population; its values follow with the read models.",
})
export class TagRefreshed {
  @Field(() => DateTime, { description: "The instant whose state is looked at." })
  asOf!: Instant;

  @Field(() => PositionText, positionOption)
  position!: number;
}

@ObjectType("TagAssigned", { simpleResolvers: true, description: "The value is set." })
export class TagAssigned {
  @Field(() => ID, { description: "The bare id of the customer." })
  customerId!: string;

  @Field(() => PositionText, positionOption)
  position!: number;
}

@ObjectType("TagListUnmatched", { simpleResolvers: true, description: "A line whose id belongs to no customer." })
export class TagListUnmatched {
  @Field(() => Int, { description: "The line, from 1, a header line included." })
  line!: number;

  @Field(() => String, { description: "The system it names." })
  system!: string;

  @Field(() => String, { description: "The id it names." })
  id!: string;
}

@ObjectType("TagListDuplicate", { simpleResolvers: true, description: "A line that says what an earlier one says." })
export class TagListDuplicate {
  @Field(() => Int, { description: "The line." })
  line!: number;

  @Field(() => Int, { description: "The earlier line." })
  of!: number;
}

@ObjectType("TagListFault", { simpleResolvers: true, description: "One reason why a line cannot be used." })
export class TagListFault {
  @Field(() => Int, { description: "The line." })
  line!: number;

  @Field(() => String, { description: "The column or member at fault." })
  field!: string;

  @Field(() => String, { description: "The reason as a stable code." })
  code!: string;

  @Field(() => String, { description: "The reason in words." })
  message!: string;
}

@ObjectType("TagListReport", { simpleResolvers: true, description: "What became of the lines of a list." })
export class TagListReport {
  @Field(() => Int, { description: "Values to be set by this list." })
  assigned!: number;

  @Field(() => [TagListUnmatched], { description: "Lines whose id belongs to no customer." })
  unmatched!: readonly object[];

  @Field(() => [TagListDuplicate], { description: "Lines that say what an earlier one says." })
  duplicates!: readonly object[];

  @Field(() => [TagListFault], { description: "Lines that cannot be used, and why." })
  faults!: readonly object[];
}

@ObjectType("TagListProposed", {
  simpleResolvers: true,
  description: "The list was read, and proposed unless only checked.",
})
export class TagListProposed {
  @Field(() => String, { nullable: true, description: "The proposal; null where nothing was proposed." })
  proposalId!: string | null;

  @Field(() => PositionText, { ...positionOption, nullable: true })
  position!: number | null;

  @Field(() => Int, { description: "Values that the proposal holds now, all parts of the list together." })
  total!: number;

  @Field(() => TagListReport, { description: "What became of each line." })
  report!: object;
}

@ObjectType("TagListApproved", { simpleResolvers: true, description: "Every value of the proposal is set." })
export class TagListApproved {
  @Field(() => Int, { description: "How many." })
  assigned!: number;

  @Field(() => PositionText, positionOption)
  position!: number;
}

@ObjectType("TagListRejected", { simpleResolvers: true, description: "The proposal was rejected." })
export class TagListRejected {
  @Field(() => PositionText, positionOption)
  position!: number;
}

const unionOf = <Done extends object>(
  name: string,
  typeName: string,
  description: string,
  done: () => new () => Done,
) =>
  createUnionType({
    name,
    description,
    types: () => [done(), TagRefused] as const,
    resolveType: value => ("reason" in value ? "TagRefused" : typeName),
  });

export const RefreshTagResult = unionOf(
  "RefreshTagResult",
  "TagRefreshed",
  "What became of a refresh.",
  () => TagRefreshed,
);
export const AssignTagResult = unionOf("AssignTagResult", "TagAssigned", "What became of a value.", () => TagAssigned);
export const ProposeTagListResult = unionOf(
  "ProposeTagListResult",
  "TagListProposed",
  "What became of a list.",
  () => TagListProposed,
);
export const ApproveTagListResult = unionOf(
  "ApproveTagListResult",
  "TagListApproved",
  "What became of an approval.",
  () => TagListApproved,
);
export const RejectTagListResult = unionOf(
  "RejectTagListResult",
  "TagListRejected",
  "What became of a rejection.",
  () => TagListRejected,
);
