import { Field, InputType } from "type-graphql";
import { OneOfInput } from "../../oneOf.ts";
import { ExactNumber } from "../../tag/input/literal.ts";
import { FieldInput } from "../../tag/input/measureInput.ts";
import { FactKindsInput } from "./factKindsInput.ts";

@OneOfInput("CampaignMeasureInput", "What is counted of a KPI's facts.")
export class KpiMeasureInput {
  @Field(() => Boolean, { nullable: true, description: "Customers with any such fact; `true`." })
  conversion?: boolean;

  @Field(() => Boolean, { nullable: true, description: "Such facts; `true`." })
  count?: boolean;

  @Field(() => FieldInput, { nullable: true, description: "The sum of a field of them." })
  sum?: FieldInput;
}

@InputType("CampaignKpiInput", {
  description: "What a campaign may bring about. It counts from the first assignment on.",
})
export class KpiInput {
  @Field(() => String, { description: "Its name for machines: lower-case words joined by hyphens, `took-loan`." })
  code!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => FactKindsInput, { description: "Which facts count." })
  facts!: FactKindsInput;

  @Field(() => KpiMeasureInput, { nullable: true, description: "What of them. Default: conversion." })
  measure?: KpiMeasureInput;

  @Field(() => ExactNumber, {
    nullable: true,
    description: "Percent of a sum of money that is earned, for return on investment. Default: 100.",
  })
  margin?: string | number;

  @Field(() => String, {
    nullable: true,
    description: "How long before the assignment the same is measured, to take out what customers differed in: `P30D`.",
  })
  prePeriod?: string;
}
