import { Field, ObjectType } from "type-graphql";
import type { Money } from "../../domain/money.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { MoneyType } from "../money/moneyType.ts";
import { Decimal } from "../scalars/decimal.ts";

@ObjectType("Holding", { simpleResolvers: true, description: "What the customer holds of one instrument." })
export class HoldingType {
  @Field(() => String, { description: "The instrument, such as an ISIN." })
  instrument!: string;

  @Field(() => Decimal, { description: "How much of it." })
  quantity!: string;

  @Field(() => MoneyType, { nullable: true, description: "What it is worth, where the source says so." })
  value!: Money | null;
}
export const HoldingConnection = connectionOf(() => HoldingType, "Holding", { counted: true });
