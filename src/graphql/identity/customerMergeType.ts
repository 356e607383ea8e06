import { Field, ID, ObjectType } from "type-graphql";
import { connectionOf } from "../connection/connectionOf.ts";
import { CustomerType } from "../customer/customerType.ts";
import { EventType } from "../event/eventType.ts";
import { PositionText } from "../scalars/position.ts";

@ObjectType("CustomerMerge", {
  simpleResolvers: true,
  description: "A decision that two customers are one person. Everything told of either counts for the survivor.",
})
export class CustomerMergeType {
  @Field(() => ID, { description: "The id of its event; a split names it." })
  eventId!: string;

  @Field(() => PositionText, { description: "Where it stands in the log." })
  position!: number;

  @Field(() => CustomerType, { description: "The customer that went on." })
  survivor!: object;

  @Field(() => CustomerType, { description: "The customer that was merged into the survivor." })
  absorbed!: object;

  @Field(() => EventType, { description: "Its event: who decided it, when, and why." })
  event!: object;

  @Field(() => EventType, { nullable: true, description: "The split that took it back; null while it is in force." })
  split!: object | null;
}

export const CustomerMergeConnection = connectionOf(() => CustomerMergeType, "CustomerMerge");
