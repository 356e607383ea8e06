import { Field, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { TagValueObject } from "./tagValueType.ts";

@ObjectType("TagHistoryStep", { simpleResolvers: true, description: "A stretch of time with one value." })
export class TagHistoryStep {
  @Field(() => DateTime, { description: "From here, inclusive." })
  from!: Instant;

  @Field(() => DateTime, { description: "Up to here, exclusive." })
  until!: Instant;

  @Field(() => TagValueObject, { nullable: true, description: "The value all through it; null where there was none." })
  value!: object | null;
}

@ObjectType("TagHistory", { simpleResolvers: true, description: "How a tag's value went, exact to the millisecond." })
export class TagHistory {
  @Field(() => [TagHistoryStep], { description: "One step for each value, in order of time, without gaps." })
  steps!: readonly object[];

  @Field(() => DateTime, {
    nullable: true,
    description:
      "Null: the steps cover all that was asked for. Else ask again with this as `from`: the answer was cut here.",
  })
  continuesAt!: Instant | null;
}
