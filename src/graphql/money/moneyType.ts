import { Field, ObjectType } from "type-graphql";
import type { Money } from "../../domain/money.ts";
import { Decimal } from "../scalars/decimal.ts";

@ObjectType("Money", { simpleResolvers: true, description: "An exact amount in one currency." })
export class MoneyType implements Money {
  @Field(() => Decimal, {
    description: "The amount with all decimals of its currency: `-12.30` CZK, `500` JPY.",
  })
  amount!: string;

  @Field(() => String, { description: "The ISO 4217 code." })
  currency!: string;

  @Field(() => Decimal, {
    description: "The same amount as an integer count of the currency's smallest unit: `-1230`.",
  })
  minorUnits!: number;
}
