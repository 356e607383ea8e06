import { Field, Float, Int, ObjectType } from "type-graphql";
import { UtcDay } from "../scalars/utcDay.ts";

const share = (what: string) => ({
  nullable: true,
  description: `${what}, 0 to 1; null where there is nothing to tell.`,
});

@ObjectType("DataQualityDelays", {
  simpleResolvers: true,
  description: "Accepted facts by how long after they happened they came; each in the first that fits.",
})
export class DelaysType {
  @Field(() => Int, { description: "Within a minute, or before they happened." })
  minute!: number;

  @Field(() => Int, { description: "Within an hour." })
  hour!: number;

  @Field(() => Int, { description: "Within 24 hours." })
  day!: number;

  @Field(() => Int, { description: "Within 7 days." })
  week!: number;

  @Field(() => Int, { description: "Within 30 days." })
  month!: number;

  @Field(() => Int, { description: "Later than that." })
  more!: number;
}

@ObjectType("DataQualityTotals", { simpleResolvers: true, description: "How many facts, by what became of them." })
export class TotalsType {
  @Field(() => Int, { description: "Taken in." })
  accepted!: number;

  @Field(() => Int, {
    description:
      "Came again and changed nothing. Told by the door once a minute; a crash may lose the last minute's count.",
  })
  duplicates!: number;

  @Field(() => Int, { description: "Accepted more than 24 hours after they happened." })
  late!: number;

  @Field(() => Int, { description: "Accepted before they happened." })
  future!: number;

  @Field(() => Int, { description: "Refused and kept in the quarantine." })
  quarantined!: number;

  @Field(() => Int, { description: "Quarantined facts that were put right and taken in, by the day of the repair." })
  repaired!: number;

  @Field(() => Int, { description: "Quarantined facts that were taken in later as they were." })
  replayed!: number;

  @Field(() => Int, { description: "Quarantined facts that were given up." })
  discarded!: number;

  @Field(() => DelaysType, { description: "How late the accepted ones came." })
  delays!: object;
}

@ObjectType("DataQualityReason", { simpleResolvers: true, description: "How many facts, by a reason." })
export class ReasonType {
  @Field(() => String, { description: "The reason as a stable code." })
  code!: string;

  @Field(() => Int, { description: "How many facts." })
  facts!: number;
}

@ObjectType("FieldQuality", { simpleResolvers: true, description: "The quality of one field of a fact type." })
export class FieldQualityType {
  @Field(() => String, {
    description: "Its dotted path from the fact's root: `data.amount`. `*`: names not in the standard.",
  })
  field!: string;

  @Field(() => Boolean, {
    description: "Whether its values are personal. Their presence is not counted, for an erasure takes them away.",
  })
  isPersonal!: boolean;

  @Field(() => Int, { nullable: true, description: "Accepted facts that have it; null where that is not counted." })
  present!: number | null;

  @Field(() => Float, share("Share of the accepted facts that have it"))
  completeness!: number | null;

  @Field(() => Int, { description: "Facts refused for this field, whatever else was wrong." })
  refused!: number;

  @Field(() => Float, share("Share of all facts that were not refused for this field"))
  validity!: number | null;

  @Field(() => [ReasonType], { description: "What was wrong with it, the most frequent first." })
  faults!: readonly object[];
}

@ObjectType("FactTypeQuality", { simpleResolvers: true, description: "The quality of a source's facts of one type." })
export class FactTypeQualityType {
  @Field(() => String, { nullable: true, description: "The fact type; null for refused facts that name none." })
  factType!: string | null;

  @Field(() => TotalsType, { description: "How many facts." })
  totals!: object;

  @Field(() => [ReasonType], { description: "Oddities of accepted facts." })
  flags!: readonly object[];

  @Field(() => [FieldQualityType], { description: "Field by field, by name." })
  fields!: readonly object[];
}

@ObjectType("DataQualityDay", { simpleResolvers: true, description: "The quality of what was recorded on one day." })
export class QualityDayType {
  @Field(() => UtcDay, { description: "The day of recording." })
  day!: number;

  @Field(() => TotalsType, { description: "How many facts." })
  totals!: object;

  @Field(() => [FactTypeQualityType], { description: "By fact type." })
  factTypes!: readonly object[];
}

@ObjectType("DataQuality", {
  simpleResolvers: true,
  description: "The quality of what a source told, by the day of recording (UTC). Counted from the log, not sampled.",
})
export class DataQualityType {
  @Field(() => String, { description: "The source." })
  source!: string;

  @Field(() => UtcDay, { description: "The first day looked at." })
  from!: number;

  @Field(() => UtcDay, { description: "The last day looked at." })
  to!: number;

  @Field(() => TotalsType, { description: "All days together." })
  totals!: object;

  @Field(() => [FactTypeQualityType], { description: "All days together, by fact type." })
  factTypes!: readonly object[];

  @Field(() => [QualityDayType], {
    complexity: ({ childComplexity }) => 1 + 31 * childComplexity,
    description: "Day by day; days without a sign are left out. For at most 400 days.",
  })
  days!: readonly object[];
}

@ObjectType("DataSource", { simpleResolvers: true, description: "An upstream system that was heard of." })
export class DataSourceType {
  @Field(() => String, { description: "Its name." })
  source!: string;

  @Field(() => UtcDay, { description: "The day of its first sign (UTC)." })
  firstDay!: number;

  @Field(() => UtcDay, { description: "The day of its latest sign (UTC)." })
  lastDay!: number;

  @Field(() => DataQualityType, { description: "The quality of what it told, from its first day to its latest." })
  quality!: object;
}
