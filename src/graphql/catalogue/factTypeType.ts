import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { JsonObject } from "../../domain/json.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { Json } from "../scalars/json.ts";

const FactSubjectRule = {
  CUSTOMER: "customer",
  ACCOUNT_OR_CUSTOMER: "account-or-customer",
  OPTIONAL: "optional",
} as const;
type FactSubjectRule = (typeof FactSubjectRule)[keyof typeof FactSubjectRule];

registerEnumType(FactSubjectRule, {
  name: "FactSubjectRule",
  description: "Whom a fact of a type must be about.",
  valuesConfig: {
    CUSTOMER: { description: "A customer, named by an identity or id." },
    ACCOUNT_OR_CUSTOMER: { description: "A customer, or the holder of an account." },
    OPTIONAL: { description: "It may also be about nobody known." },
  },
});

@ObjectType("FactSchema", { simpleResolvers: true, description: "One version of a fact type." })
export class FactSchemaType {
  @Field(() => Int, { description: "The version: 1, 2, 3 …" })
  version!: number;

  @Field(() => String, { description: "What the type is called." })
  title!: string;

  @Field(() => String, { description: "What a fact of this type says." })
  description!: string;

  @Field(() => Json, {
    description:
      "The JSON Schema (2020-12) of `data`, complete in itself; `x-personal` marks what is stored encrypted.",
  })
  schema!: JsonObject;

  @Field(() => [Json], { description: "Examples of `data`." })
  examples!: readonly JsonObject[];

  @Field(() => FactSubjectRule, { description: "Whom a fact must be about." })
  subject!: FactSubjectRule;

  @Field(() => Boolean, { description: "Whether a fact may lie in the future." })
  future!: boolean;

  @Field(() => Boolean, { description: "Whether a fact must name the one it corrects." })
  needsCorrects!: boolean;
}

@ObjectType("FactType", { simpleResolvers: true, description: "A kind of fact that the bank may send." })
export class FactTypeType {
  @Field(() => String, { description: "Its name, such as `transaction-posted`." })
  type!: string;

  @Field(() => FactSchemaType, { description: "The version that new facts get." })
  newest!: object;

  @Field(() => [FactSchemaType], { description: "Every version, oldest first. Stored facts keep theirs." })
  versions!: readonly object[];
}
export const FactTypeConnection = connectionOf(() => FactTypeType, "FactType", { counted: true });
