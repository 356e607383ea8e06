import { createUnionType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { PositionText } from "../scalars/position.ts";
import { TagRefused } from "./refusalType.ts";
import { TagType } from "./tagType.ts";

const TagOutcomeKind = {
  DRAFTED: "drafted",
  PUBLISHED: "published",
  RETIRED: "retired",
  UNCHANGED: "unchanged",
} as const;
type TagOutcomeKind = (typeof TagOutcomeKind)[keyof typeof TagOutcomeKind];

registerEnumType(TagOutcomeKind, {
  name: "TagOutcome",
  description: "What was done to a tag.",
  valuesConfig: {
    DRAFTED: { description: "A new draft was recorded." },
    PUBLISHED: { description: "The version was published; it is in force as soon as its values are worked out." },
    RETIRED: { description: "The tag was retired." },
    UNCHANGED: { description: "Nothing: it was so already." },
  },
});

@ObjectType("TagChanged", { simpleResolvers: true, description: "It is done, and durable." })
export class TagChanged {
  @Field(() => TagOutcomeKind, { description: "What was done." })
  outcome!: TagOutcomeKind;

  @Field(() => TagType, { description: "The tag as it is now." })
  tag!: object;

  @Field(() => Int, { description: "The version it was done to." })
  version!: number;

  @Field(() => PositionText, {
    description: "Where in the log it stands: hand it back as `minPosition` to read your own write.",
  })
  position!: number;
}

@ObjectType("TagDependent", { simpleResolvers: true, description: "A tag that is computed from another one." })
export class TagDependent {
  @Field(() => String, { description: "Its code." })
  code!: string;

  @Field(() => Int, { description: "Its version that depends on the other tag." })
  version!: number;

  @Field(() => String, { description: "What of it would no longer work." })
  reason!: string;

  @Field(() => TagType, { nullable: true, description: "The tag." })
  tag!: object | null;
}

@ObjectType("TagInUse", {
  simpleResolvers: true,
  description: "It was refused because other tags are computed from this one; change or retire those first.",
})
export class TagInUse {
  @Field(() => String, { description: "The tag's code." })
  code!: string;

  @Field(() => String, { description: "Why, and what to do." })
  message!: string;

  @Field(() => [TagDependent], { description: "The tags that depend on it." })
  dependents!: readonly object[];
}

export const TagResult = createUnionType({
  name: "TagResult",
  description: "What became of a command about a tag.",
  types: () => [TagChanged, TagRefused, TagInUse] as const,
  resolveType: value => ("outcome" in value ? "TagChanged" : "dependents" in value ? "TagInUse" : "TagRefused"),
});
