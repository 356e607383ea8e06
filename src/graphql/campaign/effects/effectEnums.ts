import { registerEnumType } from "type-graphql";
import type { LiftRefusal } from "../../../domain/effect/lift.ts";
import type { NoReturn } from "../../../domain/effect/report.ts";
import type { SeriesSplit } from "../../../domain/effect/series.ts";
import type { Verdict } from "../../../domain/effect/verdict.ts";
import type { NotCounted } from "../../../projections/campaigns/effects/readEffects.ts";

export const EffectState = {
  COLLECTING: "collecting",
  INCONCLUSIVE: "inconclusive",
  BETTER: "better",
  WORSE: "worse",
} as const satisfies Record<string, Verdict>;

registerEnumType(EffectState, {
  name: "EffectState",
  description: "What can be said of a comparison with the control so far.",
  valuesConfig: {
    COLLECTING: {
      description: "Too early: fewer than 100 are assigned to either arm, or nobody's outcome window has ended.",
    },
    INCONCLUSIVE: { description: "Such figures come about without any effect at least once in twenty times." },
    BETTER: { description: "More than the control, by more than chance makes of nothing once in twenty times." },
    WORSE: { description: "Less than the control, by more than chance makes of nothing once in twenty times." },
  },
});

export const EffectSplit = {
  ARM: "arm",
  VARIANT: "variant",
  CHANNEL: "channel",
} as const satisfies Record<string, SeriesSplit>;

registerEnumType(EffectSplit, {
  name: "EffectSplit",
  description: "By what the lines of a series are held apart.",
  valuesConfig: {
    ARM: { description: "A line for each arm." },
    VARIANT: { description: "A line for each arm and variant." },
    CHANNEL: { description: "A line for each channel; outcomes are under that of the first assignment." },
  },
});

export const EffectsNotCountedReason = {
  UNKNOWN_CAMPAIGN: "unknownCampaign",
  NOT_STARTED: "notStarted",
  COUNTING: "counting",
} as const satisfies Record<string, NotCounted["reason"] | "unknownCampaign">;

registerEnumType(EffectsNotCountedReason, {
  name: "EffectsNotCountedReason",
  description: "Why a campaign has no figures, which is something else than zeros.",
  valuesConfig: {
    UNKNOWN_CAMPAIGN: { description: "There is no campaign of this id." },
    NOT_STARTED: { description: "It was never started." },
    COUNTING: { description: "It is being counted for the first time." },
  },
});

export const LiftRefusalReason = {
  NO_CONTROL: "noControl",
  NOBODY_ASSIGNED: "nobodyAssigned",
} as const satisfies Record<string, LiftRefusal["kind"]>;

registerEnumType(LiftRefusalReason, {
  name: "LiftRefusalReason",
  description: "Why there is no lift to be had.",
  valuesConfig: {
    NO_CONTROL: { description: "The campaign has no control arm: nobody knows what would have been without it." },
    NOBODY_ASSIGNED: { description: "Nobody has been assigned to the arm, or to the control, so far." },
  },
});

export const NoReturnReason = {
  NO_LIFT: "noLift",
  NO_MONEY: "noMoney",
  OTHER_CURRENCY: "otherCurrency",
} as const satisfies Record<string, NoReturn["kind"]>;

registerEnumType(NoReturnReason, {
  name: "NoReturnReason",
  description: "Why there is no return on the cost to be told.",
  valuesConfig: {
    NO_LIFT: { description: "There is no lift that could be worth anything." },
    NO_MONEY: { description: "The KPI is no sum of money." },
    OTHER_CURRENCY: { description: "Some of the cost is in another currency than the KPI." },
  },
});

export const KpiMeasure = { CONVERSION: "conversion", COUNT: "count", SUM: "sum" } as const;

registerEnumType(KpiMeasure, {
  name: "KpiMeasure",
  description: "What a KPI takes of the facts that it counts.",
  valuesConfig: {
    CONVERSION: { description: "Whether there is any: a customer's outcome is 1 or 0." },
    COUNT: { description: "How many there are." },
    SUM: { description: "What one of their fields adds up to." },
  },
});
