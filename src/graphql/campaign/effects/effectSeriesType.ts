import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { Decimal } from "../../scalars/decimal.ts";
import { LocalDay } from "../../scalars/localDay.ts";
import { PositionText } from "../../scalars/position.ts";
import { EffectCountsFields } from "./effectFunnelType.ts";
import { EffectKpiType } from "./effectOutcomeType.ts";
import { EffectsNotCountedType } from "./effectReportType.ts";

@ObjectType("EffectDayOutcome", { simpleResolvers: true, description: "What one KPI came to on one day." })
export class EffectDayOutcomeType {
  @Field(() => String, { description: "The code of the KPI." })
  kpi!: string;

  @Field(() => Int, { description: "Customers whose first fact that counts was that day." })
  converted!: number;

  @Field(() => Decimal, { description: "What that day's facts come to. Of a conversion the same as `converted`." })
  total!: string;
}

@ObjectType("EffectDay", {
  simpleResolvers: true,
  description: "What happened on one day: assignments, decisions, receipts and outcomes, each by when it was true.",
})
export class EffectDayType extends EffectCountsFields {
  @Field(() => LocalDay, { description: "The day, in the series' zone." })
  day!: number;

  @Field(() => Int, { description: "Customers who were assigned that day." })
  assigned!: number;

  @Field(() => [EffectDayOutcomeType], { description: "One for each KPI, in their order." })
  outcomes!: readonly object[];
}

@ObjectType("EffectLine", { simpleResolvers: true, description: "One line of a chart." })
export class EffectLineType {
  @Field(() => String, {
    nullable: true,
    description: "The arm; null of what became of the unassigned, and where the series is by channel.",
  })
  arm!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The variant; null where there is none, or it is not asked for.",
  })
  variant!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The channel; null where there is none, or it is not asked for.",
  })
  channel!: string | null;

  @Field(() => [EffectDayType], {
    description: "A point for each day from `from` to `to`, with zeros for days on which nothing happened.",
  })
  points!: readonly object[];
}

@ObjectType("EffectSeries", {
  simpleResolvers: true,
  description: "What a campaign did day by day, as lines of a chart that have all the same days.",
})
export class EffectSeriesType {
  @Field(() => PositionText, { description: "The log position that all this reflects." })
  position!: number;

  @Field(() => String, { description: "The IANA zone of the days." })
  zone!: string;

  @Field(() => LocalDay, { nullable: true, description: "The first day; null where no day is answered for." })
  from!: number | null;

  @Field(() => LocalDay, {
    nullable: true,
    description: "The last day, not beyond the log's own: of what is to come nothing is known, not even zeros.",
  })
  to!: number | null;

  @Field(() => [EffectKpiType], { description: "What is counted." })
  kpis!: readonly object[];

  @Field(() => [EffectLineType], { description: "The lines, in order of arm, variant and channel." })
  lines!: readonly object[];
}

export const EffectSeriesResult = createUnionType({
  name: "EffectSeriesResult",
  description: "A campaign day by day, or why that is not known.",
  types: () => [EffectSeriesType, EffectsNotCountedType] as const,
  resolveType: value => ("message" in value ? "EffectsNotCounted" : "EffectSeries"),
});
