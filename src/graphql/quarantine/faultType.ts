import { Field, ObjectType } from "type-graphql";
import type { Fault } from "../../domain/fault.ts";

@ObjectType("Fault", { simpleResolvers: true, description: "One thing wrong with a fact." })
export class FaultType implements Fault {
  @Field(() => String, {
    description: "The field at fault, as a dotted path from the fact's root: `data.amount.currency`.",
  })
  field!: string;

  @Field(() => String, { description: "The reason as a stable code." })
  code!: string;

  @Field(() => String, { description: "The reason in words." })
  message!: string;
}
