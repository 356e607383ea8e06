import type { Kpi } from "../../../domain/campaign/campaign.ts";
import type { Interval } from "../../../domain/effect/interval.ts";
import { scaled } from "../../../domain/effect/interval.ts";
import type { ArmOutcome, Lift } from "../../../domain/effect/lift.ts";
import type { KpiOutcome, LiftReport, PartReport } from "../../../domain/effect/report.ts";
import type { SampleRatio } from "../../../domain/effect/sampleRatio.ts";
import { formatMinorUnits } from "../../../domain/money.ts";
import { standards } from "../../../intake/standards.ts";
import type { CampaignEffects, NotCounted } from "../../../projections/campaigns/effects/readEffects.ts";
import { funnelNode, moneyNode } from "./funnelNode.ts";
import { type KpiUnit, kpiUnit } from "./kpiUnit.ts";

export const kpiNode = (kpi: Kpi) => ({
  code: kpi.code,
  name: kpi.name,
  measure: kpi.measure.kind,
  ...kpiUnit(kpi),
});

export const notCountedNode = (
  { reason, message }: NotCounted | { readonly reason: "unknownCampaign"; readonly message: string },
  position: number,
) => ({ reason, message, position });

/** A report in the API's words, whole: nothing of it is looked up later. */
export function reportNode({ campaign, failed, position, at, windowEnded, excluded, report }: CampaignEffects) {
  const units = new Map(campaign.kpis.map(kpi => [kpi.code, kpiUnit(kpi)]));
  const unitOf = (code: string): KpiUnit => units.get(code) as KpiUnit;
  const outcome = ({ kpi, ...of }: KpiOutcome) => outcomeNode(kpi, of, unitOf(kpi));
  const outcomes = (of: readonly KpiOutcome[]) => of.map(outcome);
  const lifts = (of: readonly LiftReport[]) => of.map(lift => liftNode(lift, unitOf(lift.kpi)));
  const parts = (of: readonly PartReport[]) =>
    of.map(({ name, arms, lifts: compared }) => ({
      name,
      arms: arms.map(({ arm, funnel, outcomes: own }) => ({
        arm,
        funnel: funnelNode(funnel),
        outcomes: outcomes(own),
      })),
      lifts: lifts(compared),
    }));
  return {
    ...{ position, at, windowEnded, excluded, failed, degraded: failed > 0 },
    version: campaign.version,
    kpis: campaign.kpis.map(kpiNode),
    awaitedKpis: campaign.awaited,
    state: report.state,
    refusal: report.refusal === null ? null : refusalNode(report.refusal),
    funnel: funnelNode(report.funnel),
    unassigned: report.unassigned,
    arms: report.arms.map(({ funnel, outcomes: own, variants, ...arm }) => ({
      ...arm,
      funnel: funnelNode(funnel),
      outcomes: outcomes(own),
      variants: variants.map(({ variant, funnel, outcomes: own }) => ({
        variant,
        funnel: funnelNode(funnel),
        outcomes: outcomes(own),
      })),
    })),
    channels: report.channels.map(({ channel, funnel }) => ({ channel, funnel: funnelNode(funnel) })),
    breakdown: parts(report.breakdown),
    byFirstChannel: parts(report.byFirstChannel),
    lifts: lifts(report.lifts),
    sampleRatio: report.sampleRatio === null ? null : sampleRatioNode(report.sampleRatio),
  };
}

const outcomeNode = (kpi: string, { total, mean, deviation, ...counts }: ArmOutcome, { decimals }: KpiUnit) => ({
  ...{ kpi, ...counts },
  total: formatMinorUnits(total, decimals),
  mean: mean === null ? null : mean / 10 ** decimals,
  deviation: deviation === null ? null : deviation / 10 ** decimals,
});

const refusalNode = ({ kind, message }: { readonly kind: string; readonly message: string }) => ({
  reason: kind,
  message,
});

function liftNode({ kpi, arm, variant, lift, returnOnCost }: LiftReport, unit: KpiUnit) {
  return {
    ...{ kpi, arm, variant },
    figures: lift.ok ? figuresNode(kpi, lift.value, unit) : null,
    refusal: lift.ok ? null : refusalNode(lift.refusal),
    returnOnCost: returnOnCost.ok ? returnNode(returnOnCost.value) : null,
    noReturn: returnOnCost.ok ? null : refusalNode(returnOnCost.refusal),
  };
}

function figuresNode(kpi: string, lift: Lift, unit: KpiUnit) {
  const by = 1 / 10 ** unit.decimals;
  const interval = (of: Interval | null) => (of === null ? null : scaled(of, by));
  const { treated, control, newcombe, relative, z, p, cuped, verdict } = lift;
  return {
    treated: outcomeNode(kpi, treated, unit),
    control: outcomeNode(kpi, control, unit),
    absolute: lift.absolute * by,
    interval: interval(lift.interval),
    ...{ newcombe, relative, z, p },
    incremental: lift.incremental * by,
    incrementalInterval: interval(lift.incrementalInterval),
    cuped: cuped === null ? null : { ...cuped, absolute: cuped.absolute * by, interval: interval(cuped.interval) },
    verdict,
  };
}

function returnNode({
  currency,
  incrementalMargin,
  cost,
  roi,
}: {
  readonly currency: string;
  readonly incrementalMargin: number;
  readonly cost: bigint;
  readonly roi: number | null;
}) {
  const decimals = standards.digitsOf(currency) ?? 0;
  return {
    incrementalMargin: incrementalMargin / 10 ** decimals,
    cost: moneyNode({ currency, minorUnits: cost }),
    roi,
  };
}

const sampleRatioNode = (ratio: SampleRatio) => ({
  ...ratio,
  warning: ratio.mismatch
    ? `The arms are not as large as their shares: chance makes them so unequal in ${ratio.p.toExponential(1)} of all experiments. Something sorts customers into arms, or loses some of one arm, and no lift can be trusted until it is found: look for assignments made elsewhere, arms that are reported late, and contacts that are counted instead of assignments.`
    : null,
});
