import { Field, Float, ObjectType } from "type-graphql";
import { MoneyType } from "../../money/moneyType.ts";
import { EffectState, LiftRefusalReason, NoReturnReason } from "./effectEnums.ts";
import { EffectOutcomeType } from "./effectOutcomeType.ts";

@ObjectType("EffectInterval", { simpleResolvers: true, description: "A 95 % confidence interval, ends included." })
export class EffectIntervalType {
  @Field(() => Float, { description: "Its lower end." })
  from!: number;

  @Field(() => Float, { description: "Its upper end." })
  to!: number;
}

const interval = (description: string) => ({ nullable: true, description }) as const;

@ObjectType("EffectRelativeLift", { simpleResolvers: true, description: "A change by so much of the control." })
export class EffectRelativeLiftType {
  @Field(() => Float, { description: "0.05 is five percent more." })
  value!: number;

  @Field(() => EffectIntervalType, interval("By the logarithm of the ratio; null where that has none."))
  interval!: object | null;
}

@ObjectType("EffectCuped", {
  simpleResolvers: true,
  description: "The same difference, less what the customers differed in before they were assigned (CUPED).",
})
export class EffectCupedType {
  @Field(() => Float, { description: "By how much an outcome goes with the same measure before." })
  theta!: number;

  @Field(() => Float, { description: "The share of the variance that is taken away." })
  varianceReduction!: number;

  @Field(() => Float, { description: "The difference that is left." })
  absolute!: number;

  @Field(() => EffectIntervalType, interval("Null below two customers in an arm."))
  interval!: object | null;

  @Field(() => Float, { nullable: true, description: "Null where nothing varies." })
  z!: number | null;

  @Field(() => Float, { nullable: true, description: "Two-sided." })
  p!: number | null;
}

@ObjectType("EffectLiftFigures", {
  simpleResolvers: true,
  description: "An arm beside the control, over everyone assigned to either. How each figure is made: docs/effects.md.",
})
export class EffectLiftFiguresType {
  @Field(() => EffectOutcomeType, { description: "Of the arm, or the variant." })
  treated!: object;

  @Field(() => EffectOutcomeType, { description: "Of the control." })
  control!: object;

  @Field(() => Float, {
    description: "The difference: of conversions one of shares, else one by customer in the KPI's unit.",
  })
  absolute!: number;

  @Field(() => EffectIntervalType, interval("Of conversions Wald's, unpooled; else Welch's, null below two in an arm."))
  interval!: object | null;

  @Field(() => EffectIntervalType, interval("Newcombe's, of conversions only: it holds for small counts too."))
  newcombe!: object | null;

  @Field(() => EffectRelativeLiftType, {
    nullable: true,
    description: "Null where the control has nothing that it could be compared with.",
  })
  relative!: object | null;

  @Field(() => Float, {
    nullable: true,
    description: "Of conversions with pooled variance; else Welch's. Null where nothing varies.",
  })
  z!: number | null;

  @Field(() => Float, { nullable: true, description: "Two-sided." })
  p!: number | null;

  @Field(() => Float, { description: "What would not have been without the arm: its customers times the difference." })
  incremental!: number;

  @Field(() => EffectIntervalType, interval("Of `incremental`."))
  incrementalInterval!: object | null;

  @Field(() => EffectCupedType, { nullable: true, description: "Where the KPI has a pre-period, and it varies." })
  cuped!: object | null;

  @Field(() => EffectState, { description: "By `p`, once there is enough to go by." })
  verdict!: string;
}

@ObjectType("EffectLiftRefused", { simpleResolvers: true, description: "There is no lift to be had." })
export class EffectLiftRefusedType {
  @Field(() => LiftRefusalReason, { description: "Why." })
  reason!: string;

  @Field(() => String, { description: "Why, and what to do, in words." })
  message!: string;
}

@ObjectType("EffectReturn", { simpleResolvers: true, description: "What came in beside what was spent." })
export class EffectReturnType {
  @Field(() => Float, {
    description: "The incremental revenue times the KPI's margin, in whole units of the cost's currency.",
  })
  incrementalMargin!: number;

  @Field(() => MoneyType, { description: "What the arm, or the variant, cost." })
  cost!: object;

  @Field(() => Float, {
    nullable: true,
    description: "(incremental margin − cost) / cost: at 0 it pays for itself. Null where nothing was spent.",
  })
  roi!: number | null;
}

@ObjectType("EffectNoReturn", { simpleResolvers: true, description: "No return on the cost can be told." })
export class EffectNoReturnType {
  @Field(() => NoReturnReason, { description: "Why." })
  reason!: string;

  @Field(() => String, { description: "Why, in words." })
  message!: string;
}

@ObjectType("EffectLift", {
  simpleResolvers: true,
  description: "One KPI of one arm, or of one of its variants, beside the control.",
})
export class EffectLiftType {
  @Field(() => String, { description: "The code of the KPI." })
  kpi!: string;

  @Field(() => String, { description: "The arm that got something." })
  arm!: string;

  @Field(() => String, { nullable: true, description: "The variant; null for the whole arm." })
  variant!: string | null;

  @Field(() => EffectLiftFiguresType, { nullable: true, description: "Null where it is refused." })
  figures!: object | null;

  @Field(() => EffectLiftRefusedType, { nullable: true, description: "Why there are no figures." })
  refusal!: object | null;

  @Field(() => EffectReturnType, { nullable: true, description: "Null where it cannot be told." })
  returnOnCost!: object | null;

  @Field(() => EffectNoReturnType, { nullable: true, description: "Why there is no return to be told." })
  noReturn!: object | null;
}
