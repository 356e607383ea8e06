import { Field, Float, Int, ObjectType } from "type-graphql";
import { Decimal } from "../../scalars/decimal.ts";
import { KpiMeasure } from "./effectEnums.ts";

@ObjectType("EffectKpi", {
  simpleResolvers: true,
  description: "A KPI that is counted, and in what its figures are.",
})
export class EffectKpiType {
  @Field(() => String, { description: "Its name for machines." })
  code!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => KpiMeasure, { description: "What it takes of facts." })
  measure!: string;

  @Field(() => String, {
    nullable: true,
    description: "Of a sum of money: its figures are whole units of this currency, 12.5 for twelve and a half crowns.",
  })
  currency!: string | null;

  @Field(() => Int, { description: "Decimals of its totals." })
  decimals!: number;
}

@ObjectType("EffectOutcome", {
  simpleResolvers: true,
  description: "What one KPI comes to for the customers assigned to an arm, whether or not they were contacted.",
})
export class EffectOutcomeType {
  @Field(() => String, { description: "The code of the KPI." })
  kpi!: string;

  @Field(() => Int, { description: "Customers assigned: what everything is divided by." })
  n!: number;

  @Field(() => Int, { description: "Of them those with any fact that counts, in their outcome window." })
  converted!: number;

  @Field(() => Decimal, { description: "What the facts come to; exact. Of a conversion the same as `converted`." })
  total!: string;

  @Field(() => Float, { nullable: true, description: "`total` by customer; null of nobody." })
  mean!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Sample standard deviation of the customers' outcomes; null below two.",
  })
  deviation!: number | null;
}
