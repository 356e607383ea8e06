import { Field, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { CustomerType } from "../../customer/customerType.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { Json } from "../../scalars/json.ts";
import { CustomerTagType } from "../../tag/customerTagType.ts";
import { SegmentVersionType } from "../segmentVersionType.ts";

@ObjectType("SegmentRelatedTruth", {
  simpleResolvers: true,
  description: "What holds of a related customer.",
})
export class RelatedTruthType {
  @Field(() => CustomerType, { nullable: true, description: "The related customer; null while only named by others." })
  customer!: object | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it holds; null while nothing is known of the customer.",
  })
  truth!: boolean | null;
}

@ObjectType("SegmentRuleNode", {
  simpleResolvers: true,
  description: "One node of a rule, and whether it is true of the customer.",
})
export class SegmentRuleNodeType {
  @Field(() => Int, { description: "Its place in the list." })
  index!: number;

  @Field(() => Int, {
    nullable: true,
    description: "The place of the node that it is a part of; null for the whole rule.",
  })
  parent!: number | null;

  @Field(() => Int, { description: "0 for the whole rule, 1 for its parts, and so on." })
  depth!: number;

  @Field(() => String, {
    description:
      "Where it stands in the rule as JSON: `rule.all[0].not`. What another segment or related customers are asked stands below theirs.",
  })
  path!: string;

  @Field(() => String, { description: "What kind of node: `all`, `not`, `value`, `did`, `sequence` …" })
  kind!: string;

  @Field(() => String, { description: "What it says." })
  sentence!: string;

  @Field(() => CustomerType, {
    nullable: true,
    description: "Whom it is about where that is a related customer; null where it is the customer asked about.",
  })
  related!: object | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it is true; null where it could not be evaluated, which is neither true nor false.",
  })
  truth!: boolean | null;

  @Field(() => String, { nullable: true, description: "Where it could not be evaluated: what went wrong." })
  problem!: string | null;

  @Field(() => [String], { description: "Of a leaf: how it came about, in words and figures." })
  arithmetic!: readonly string[];

  @Field(() => Json, { description: "Of a leaf: what else there is to say, such as the bounds of its window." })
  details!: object;

  @Field(() => [CustomerTagType], { description: "Of a leaf: the tags that it looked at." })
  inputs!: readonly object[];

  @Field(() => [RelatedTruthType], { description: "Of a leaf about related customers: what holds of each." })
  relatedTruths!: readonly object[];

  @Field(() => DateTime, {
    nullable: true,
    description: "When its truth changes next if no other fact arrives; null where it never does.",
  })
  nextChange!: Instant | null;
}

@ObjectType("SegmentExplanation", {
  simpleResolvers: true,
  description:
    "Why a customer belongs to a segment, or does not, worked out anew from the facts by the very computation that decides it.",
})
export class SegmentExplanationType {
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the rule is true; null where it could not be evaluated.",
  })
  truth!: boolean | null;

  @Field(() => SegmentVersionType, { description: "The version of the definition that was applied." })
  definition!: object;

  @Field(() => DateTime, {
    nullable: true,
    description: "When that changes next if no other fact arrives; null where it never does.",
  })
  nextChange!: Instant | null;

  @Field(() => [SegmentRuleNodeType], {
    description:
      "Every node of the rule, each before its parts. Of a node about many related customers, the parts are shown for the first ten.",
  })
  nodes!: readonly object[];
}
