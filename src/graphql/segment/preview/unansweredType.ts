import { Field, Int, InterfaceType, ObjectType } from "type-graphql";
import { CustomerType } from "../../customer/customerType.ts";
import { TagType } from "../../tag/tagType.ts";

export const unansweredTypes = ["SegmentFailed", "SegmentFilling", "SegmentTooSlow", "SegmentUnknown"] as const;
export type UnansweredTypeName = (typeof unansweredTypes)[number];

const byReason: Readonly<Record<string, UnansweredTypeName>> = {
  failed: "SegmentFailed",
  filling: "SegmentFilling",
  tooSlow: "SegmentTooSlow",
  unknown: "SegmentUnknown",
};
export const unansweredTypeName = (value: { readonly kind?: unknown }): UnansweredTypeName =>
  byReason[String(value.kind)]!;

@InterfaceType("SegmentUnanswered", {
  description: "Why there is no figure. There never is one that is not exact.",
  resolveType: unansweredTypeName,
})
export abstract class SegmentUnanswered {
  @Field(() => String, { description: "Why, and what to do." })
  message!: string;
}

@ObjectType("SegmentFailed", {
  implements: SegmentUnanswered,
  simpleResolvers: true,
  description:
    "What the rule looks at could not be worked out for some customers, so nobody can say whether they belong.",
})
export class SegmentFailed extends SegmentUnanswered {
  @Field(() => TagType, {
    nullable: true,
    description: "The tag that could not be evaluated; null where it is something the rule itself asks of the facts.",
  })
  tag!: object | null;

  @Field(() => Int, { description: "For how many customers." })
  customers!: number;

  @Field(() => [CustomerType], { description: "Some of them." })
  examples!: readonly object[];
}

@ObjectType("SegmentFilling", {
  implements: SegmentUnanswered,
  simpleResolvers: true,
  description: "What the rule looks at is still being worked out from history: ask again.",
})
export class SegmentFilling extends SegmentUnanswered {
  @Field(() => [TagType], {
    description: "The tags that are being filled; those that only a segment needs are left out.",
  })
  tags!: readonly object[];

  @Field(() => Int, { description: "Customers done." })
  done!: number;

  @Field(() => Int, { description: "Customers to do in all." })
  total!: number;
}

@ObjectType("SegmentTooSlow", {
  implements: SegmentUnanswered,
  simpleResolvers: true,
  description: "It did not come about within the time there is.",
})
export class SegmentTooSlow extends SegmentUnanswered {
  @Field(() => Int, { description: "The time there was, in seconds." })
  seconds!: number;
}

@ObjectType("SegmentUnknown", {
  implements: SegmentUnanswered,
  simpleResolvers: true,
  description: "The rule names what is not there, or not any more.",
})
export class SegmentUnknown extends SegmentUnanswered {
  @Field(() => String, { description: "Where in the rule: `rule.all[2].segment`." })
  path!: string;
}
