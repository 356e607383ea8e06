import { Field, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { CustomerType } from "../../customer/customerType.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";

@ObjectType("SegmentMovement", { simpleResolvers: true, description: "Customers who would enter, or leave." })
export class MovementType {
  @Field(() => Int, { description: "How many." })
  count!: number;

  @Field(() => [CustomerType], { description: "The first of them, in the order in which they first appeared." })
  first!: readonly object[];
}

@ObjectType("SegmentRehearsedSize", { simpleResolvers: true, description: "Sizes at an instant." })
export class RehearsedSizeType {
  @Field(() => DateTime, { description: "The instant." })
  at!: Instant;

  @Field(() => Int, { description: "By the rule in force." })
  live!: number;

  @Field(() => Int, { description: "By the rule that is rehearsed." })
  draft!: number;
}

@ObjectType("SegmentRehearsal", {
  simpleResolvers: true,
  description: "What would happen if another rule took the place of the one in force. Nothing is changed by it.",
})
export class RehearsalType {
  @Field(() => PositionText, { description: "Every fact up to this position counts, and none after it." })
  position!: number;

  @Field(() => DateTime, { description: "The instant that it is true of." })
  at!: Instant;

  @Field(() => String, { description: "The rule that is rehearsed, as a sentence." })
  sentence!: string;

  @Field(() => MovementType, { description: "Who would enter." })
  entrants!: object;

  @Field(() => MovementType, { description: "Who would leave." })
  leavers!: object;

  @Field(() => Int, { description: "How many would stay." })
  stay!: number;
}
