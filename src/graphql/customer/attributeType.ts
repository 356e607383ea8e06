import { Field, ObjectType } from "type-graphql";
import type { JsonScalar } from "../../domain/json.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { AttributeValue } from "../scalars/attributeValue.ts";

@ObjectType("Attribute", { simpleResolvers: true, description: "One thing known of a customer, by name." })
export class AttributeType {
  @Field(() => String, { description: "The attribute's name." })
  name!: string;

  @Field(() => AttributeValue, { nullable: true, description: "Its current value." })
  value!: JsonScalar;
}
export const AttributeConnection = connectionOf(() => AttributeType, "Attribute", { counted: true });

@ObjectType("Preference", { simpleResolvers: true, description: "Something the customer asked for, by name." })
export class PreferenceType {
  @Field(() => String, { description: "The preference's name." })
  name!: string;

  @Field(() => AttributeValue, { nullable: true, description: "Its current value." })
  value!: JsonScalar;
}
export const PreferenceConnection = connectionOf(() => PreferenceType, "Preference", { counted: true });
