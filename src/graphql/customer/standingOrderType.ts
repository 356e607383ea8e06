import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { JsonObject } from "../../domain/json.ts";
import type { Money } from "../../domain/money.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { MoneyType } from "../money/moneyType.ts";
import { Json } from "../scalars/json.ts";

const StandingOrderStatus = { ACTIVE: "active", ENDED: "ended" } as const;
type StandingOrderStatus = (typeof StandingOrderStatus)[keyof typeof StandingOrderStatus];

registerEnumType(StandingOrderStatus, {
  name: "StandingOrderStatus",
  description: "Whether a standing order is carried out.",
  valuesConfig: { ACTIVE: { description: "It is carried out." }, ENDED: { description: "It no longer is." } },
});

@ObjectType("StandingOrder", { simpleResolvers: true, description: "A payment that is made again and again." })
export class StandingOrderType {
  @Field(() => String, { description: "The source's id of the order." })
  orderId!: string;

  @Field(() => MoneyType, { description: "How much each time." })
  amount!: Money;

  @Field(() => String, { nullable: true, description: "How often, in the source's words." })
  frequency!: string | null;

  @Field(() => String, { nullable: true, description: "What for." })
  purpose!: string | null;

  @Field(() => StandingOrderStatus, { description: "Whether it is carried out." })
  status!: StandingOrderStatus;

  @Field(() => Json, { description: "What else the source says of it, in its own codes." })
  details!: JsonObject;
}
export const StandingOrderConnection = connectionOf(() => StandingOrderType, "StandingOrder", { counted: true });
