import { Field, InputType, ObjectType } from "type-graphql";
import { connectionOf } from "../connection/connectionOf.ts";

@ObjectType("Identity", {
  simpleResolvers: true,
  description: "The id by which an upstream system knows the customer.",
})
export class IdentityType {
  @Field(() => String, { description: "The upstream system." })
  system!: string;

  @Field(() => String, { description: "The id it gave the customer." })
  id!: string;

  @Field(() => Boolean, { description: "Whether this is the customer's main id at the bank." })
  primary!: boolean;
}
export const IdentityConnection = connectionOf(() => IdentityType, "Identity", { counted: true });

@InputType({ description: "An id that a source system gave to a customer or an account." })
export class ExternalRefInput {
  @Field(() => String, { description: "The upstream system." })
  system!: string;

  @Field(() => String, { description: "The id it gave." })
  id!: string;
}
