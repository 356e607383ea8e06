import { Field, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { CustomerType } from "../customer/customerType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { Json } from "../scalars/json.ts";
import { PositionText } from "../scalars/position.ts";
import { CustomerTagType } from "./customerTagType.ts";
import { TagValueObject } from "./tagValueType.ts";
import { TagVersionType } from "./tagVersionType.ts";

@ObjectType("RelatedTagValue", {
  simpleResolvers: true,
  description: "What a related customer added to a relation tag.",
})
export class RelatedTagValue {
  @Field(() => CustomerType, { nullable: true, description: "The related customer; null while only named by others." })
  customer!: object | null;

  @Field(() => TagValueObject, {
    nullable: true,
    description: "Their value; null where they have none, or where customers are only counted.",
  })
  value!: object | null;
}

@ObjectType("TagExplanation", {
  simpleResolvers: true,
  description:
    "Why a tag has its value. It is gathered by the very computation that gives the value, so the two cannot disagree.",
})
export class TagExplanation {
  @Field(() => TagValueObject, { nullable: true, description: "The value, computed anew; null where there is none." })
  value!: object | null;

  @Field(() => TagVersionType, { description: "The version of the definition that was applied." })
  definition!: object;

  @Field(() => DateTime, { description: "The instant that the value is of." })
  at!: Instant;

  @Field(() => PositionText, { description: "Facts beyond this position were not known." })
  knownPosition!: number;

  @Field(() => [String], {
    description: "The steps of the computation in words and figures: `sum of amount over 3 facts = 120.00 CZK`.",
  })
  arithmetic!: readonly string[];

  @Field(() => Json, {
    description:
      "What else this kind of rule has to say: the window's bounds, the tier that matched, the refresh it stands on.",
  })
  details!: object;

  @Field(() => [CustomerTagType], { description: "The customer's own tags that it was computed from." })
  inputs!: readonly object[];

  @Field(() => [RelatedTagValue], { description: "The related customers that it was computed from." })
  related!: readonly object[];

  @Field(() => DateTime, {
    nullable: true,
    description: "When the value changes next if no other fact arrives; null where it never does.",
  })
  nextChange!: Instant | null;
}
