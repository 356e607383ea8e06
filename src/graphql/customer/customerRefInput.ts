import { Field, ID } from "type-graphql";
import { OneOfInput } from "../oneOf.ts";
import { ExternalRefInput } from "./identityType.ts";

@OneOfInput("CustomerRefInput", "Names one customer.")
export class CustomerRefInput {
  @Field(() => ID, { nullable: true, description: "The global id, or the bare `customerId`." })
  id?: string | null;

  @Field(() => ExternalRefInput, {
    nullable: true,
    description: "An id that an upstream system gave it. That of a merged customer names the survivor.",
  })
  identity?: ExternalRefInput | null;
}
