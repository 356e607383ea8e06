import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { PositionText } from "../scalars/position.ts";
import { TagType } from "./tagType.ts";
import { TagValueObject } from "./tagValueType.ts";
import { TagVersionType } from "./tagVersionType.ts";

export const CustomerTagState = {
  PRESENT: "present",
  MISSING: "missing",
  FILLING: "filling",
  NOT_IN_FORCE: "notInForce",
  FAILED: "failed",
} as const;
export type CustomerTagState = (typeof CustomerTagState)[keyof typeof CustomerTagState];

registerEnumType(CustomerTagState, {
  name: "CustomerTagState",
  description: "What is to be said of a tag's value, so that null never has two meanings.",
  valuesConfig: {
    PRESENT: { description: "The customer has a value." },
    MISSING: { description: "The tag was evaluated, and the customer has no value: not 0, not false, not empty." },
    FILLING: { description: "The tag is published, but its values are not worked out yet; ask again. See `Tag.fill`." },
    NOT_IN_FORCE: { description: "No version of the tag was in force at the moment asked about." },
    FAILED: { description: "The value cannot be told exactly; `problem` says why." },
  },
});

@ObjectType("CustomerTag", { simpleResolvers: true, description: "What a tag says of a customer at one moment." })
export class CustomerTagType {
  @Field(() => String, { description: "The tag's code." })
  code!: string;

  @Field(() => TagType, { description: "The tag." })
  tag!: object;

  @Field(() => CustomerTagState, { description: "Whether there is a value, and if not, why." })
  state!: CustomerTagState;

  @Field(() => TagValueObject, { nullable: true, description: "The value where `state` is PRESENT, else null." })
  value!: object | null;

  @Field(() => String, { nullable: true, description: "Where `state` is FAILED: what went wrong." })
  problem!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "The version of the tag that says so; null where none was evaluated.",
  })
  version!: number | null;

  @Field(() => TagVersionType, { nullable: true, description: "That version, whole." })
  definition!: object | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "The value holds before this instant if no other fact arrives; from it on it has to be asked again. Null: for good.",
  })
  validUntil!: Instant | null;

  @Field(() => DateTime, { description: "The instant that the value is of." })
  at!: Instant;

  @Field(() => PositionText, { description: "Facts beyond this position were not known to it." })
  knownPosition!: number;
}

export const CustomerTagConnection = connectionOf(() => CustomerTagType, "CustomerTag", { counted: true });
