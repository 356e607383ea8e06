import type { Arm, CampaignChannel, Kpi } from "../campaign/campaign.ts";
import { accept, type Result, refuse } from "../result.ts";
import type { Enrolment } from "./enrolment.ts";
import { type Amount, type Funnel, funnelOf, type UnitCosts } from "./funnel.ts";
import { groupViews, outcomeSumsOf, type StoredCell } from "./groupViews.ts";
import {
  type ArmOutcome,
  type ComparedArm,
  type Lift,
  type LiftRefusal,
  liftOf,
  noControl,
  outcomeOf,
} from "./lift.ts";
import { noOutcomes } from "./outcomeSums.ts";
import { type ReturnOnCost, returnOnCost } from "./returnOnCost.ts";
import { type SampleRatio, sampleRatio } from "./sampleRatio.ts";
import type { Sums } from "./sums.ts";
import type { Verdict } from "./verdict.ts";

/** What a campaign changed, as far as its cells tell. Figures of money are minor units. */
export type EffectReport = {
  /** By the first KPI, of all treated arms: better or worse as soon as one is, collecting while all are. Null without a control. */
  readonly state: Verdict | null;
  /** Why there is no lift at all. */
  readonly refusal: LiftRefusal | null;
  /** Everybody that the campaign met. */
  readonly funnel: Funnel;
  /** Met, but never assigned. */
  readonly unassigned: number;
  /** In the order of the definition; after them such as facts name and the definition does not. */
  readonly arms: readonly ArmReport[];
  /** By the channel that contacts went, in order of their names; null: of what had none. */
  readonly channels: readonly { readonly channel: string | null; readonly funnel: Funnel }[];
  readonly breakdown: readonly PartReport[];
  /** By the channel of the first assignment: lifts compare customers, who each have one. */
  readonly byFirstChannel: readonly PartReport[];
  /** Each treated arm, and where it has several each of its variants, beside the whole control; by KPI in their order. */
  readonly lifts: readonly LiftReport[];
  readonly sampleRatio: SampleRatio | null;
};

export type ArmReport = {
  readonly arm: string;
  readonly isControl: boolean;
  /** Buckets of 10,000; null of an arm that the definition does not know. */
  readonly share: number | null;
  readonly funnel: Funnel;
  readonly outcomes: readonly KpiOutcome[];
  readonly variants: readonly {
    readonly variant: string;
    readonly funnel: Funnel;
    readonly outcomes: readonly KpiOutcome[];
  }[];
};
export type KpiOutcome = ArmOutcome & { readonly kpi: string };

/** Customers of one segment of the breakdown, or first assigned by one channel. */
export type PartReport = {
  readonly name: string;
  readonly arms: readonly {
    readonly arm: string;
    readonly funnel: Funnel;
    readonly outcomes: readonly KpiOutcome[];
  }[];
  readonly lifts: readonly LiftReport[];
};

export type LiftReport = {
  readonly kpi: string;
  readonly arm: string;
  /** Null: the whole arm. */
  readonly variant: string | null;
  readonly lift: Result<Lift, LiftRefusal>;
  readonly returnOnCost: Result<ReturnOnCost, NoReturn>;
};

export type NoReturn = {
  readonly kind: "noLift" | "noMoney" | "otherCurrency";
  readonly message: string;
};

export type ReportedCampaign = {
  readonly arms: readonly Arm[];
  /** As `kpisOf` gives them. */
  readonly kpis: readonly Kpi[];
  readonly channels: readonly CampaignChannel[];
};

/** `windowEnded`: whether the outcome window of anybody assigned has ended. `excluding`: enrolments to be left out, such as outliers. */
export function effectReport(
  campaign: ReportedCampaign,
  groups: Iterable<StoredCell>,
  { windowEnded, excluding = [] }: { readonly windowEnded: boolean; readonly excluding?: readonly Enrolment[] },
): EffectReport {
  const { arms, kpis } = campaign;
  const views = groupViews(groups, excluding);
  const unitCosts: UnitCosts = new Map(
    campaign.channels.flatMap(({ channel, unitCost }) => (unitCost === null ? [] : [[channel, unitCost] as const])),
  );
  const control = arms.find(arm => arm.control)?.name ?? null;
  const order = [...arms.map(({ name }) => name), ...sorted(views.arms.keys()).filter(name => !isKnown(arms, name))];
  const funnel = (sums: Sums): Funnel => funnelOf(sums, unitCosts);
  const outcomes = (sums: Sums): KpiOutcome[] =>
    kpis.map(({ code }, index) => ({ kpi: code, ...outcomeOf(outcomeSumsOf(sums, index)) }));

  /** Of some of the customers, by arm: one lift for each KPI and treated arm, and with `variants` for those. */
  const liftsIn = (byArm: ReadonlyMap<string, Sums>, variants?: typeof views.variants): LiftReport[] =>
    kpis.flatMap((kpi, index) => {
      const compared = (arm: string, sums: Sums | undefined): ComparedArm => ({
        arm,
        sums: sums === undefined ? noOutcomes : outcomeSumsOf(sums, index),
      });
      const report = (arm: string, variant: string | null, sums: Sums | undefined): LiftReport => {
        const beside = control === null ? null : compared(control, byArm.get(control));
        const measured = { kind: kpi.measure.kind === "conversion" ? "conversion" : "total" } as const;
        const lift = liftOf(
          { ...measured, prePeriod: kpi.prePeriod !== null },
          compared(variant ?? arm, sums),
          beside,
          windowEnded,
        );
        const costs = sums === undefined ? [] : funnel(sums).costs;
        return { kpi: kpi.code, arm, variant, lift, returnOnCost: returnOf(kpi, lift, costs) };
      };
      return order
        .filter(arm => arm !== control)
        .flatMap(arm => {
          const several = [...(variants?.get(arm) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
          return [
            report(arm, null, byArm.get(arm)),
            ...(several.length < 2 ? [] : several.map(([variant, sums]) => report(arm, variant, sums))),
          ];
        });
    });

  const parts = (views: ReadonlyMap<string, ReadonlyMap<string, Sums>>): PartReport[] =>
    sorted(views.keys()).map(name => {
      const byArm = views.get(name) as ReadonlyMap<string, Sums>;
      return {
        name,
        arms: order.flatMap(arm => {
          const sums = byArm.get(arm);
          return sums === undefined ? [] : [{ arm, funnel: funnel(sums), outcomes: outcomes(sums) }];
        }),
        lifts: liftsIn(byArm),
      };
    });

  const lifts = liftsIn(views.arms, views.variants);
  const everybody = funnel(views.everybody);
  const armReports = order.map((name): ArmReport => {
    const arm = arms.find(arm => arm.name === name);
    const sums = views.arms.get(name) ?? nothing;
    return {
      ...{ arm: name, isControl: arm?.control ?? false, share: arm?.share ?? null },
      ...{ funnel: funnel(sums), outcomes: outcomes(sums) },
      variants: [...(views.variants.get(name) ?? [])]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([variant, sums]) => ({ variant, funnel: funnel(sums), outcomes: outcomes(sums) })),
    };
  });
  return {
    state:
      control === null ? null : stateOf(lifts.filter(({ kpi, variant }) => kpi === kpis[0]?.code && variant === null)),
    refusal: control === null ? noControl : null,
    funnel: everybody,
    unassigned: everybody.customers - armReports.reduce((sum, { funnel }) => sum + funnel.customers, 0),
    arms: armReports,
    channels: channelsIn(views.everybody).map(channel => ({
      channel: channel === "" ? null : channel,
      funnel: channelFunnel(views.everybody, unitCosts, channel),
    })),
    breakdown: parts(views.segments),
    byFirstChannel: parts(views.channels),
    lifts,
    sampleRatio: sampleRatio(
      arms.map(({ name, share }) => ({ n: Number(views.arms.get(name)?.get("customers") ?? 0n), share })),
    ),
  };
}

const nothing: Sums = new Map();
const sorted = (names: Iterable<string>): string[] => [...names].sort();
const isKnown = (arms: readonly Arm[], name: string): boolean => arms.some(arm => arm.name === name);

/** Customers have no one channel by which they were reached: of a channel contacts are counted alone. */
const channelFunnel = (sums: Sums, unitCosts: UnitCosts, channel: string): Funnel => {
  const contacts = new Map([...sums].filter(([name]) => name.startsWith("count\t")));
  return funnelOf(contacts, unitCosts, channel);
};

const channelsIn = (sums: Sums): string[] =>
  sorted(
    new Set([...sums.keys()].flatMap(name => (name.startsWith("count\t") ? [name.split("\t")[1] as string] : []))),
  );

function returnOf(kpi: Kpi, lift: Result<Lift, LiftRefusal>, costs: readonly Amount[]): Result<ReturnOnCost, NoReturn> {
  if (!lift.ok) return refuse({ kind: "noLift", message: lift.refusal.message });
  const { measure, margin } = kpi;
  if (measure.kind !== "sum" || measure.form.kind !== "money")
    return refuse({
      kind: "noMoney",
      message: `KPI "${kpi.code}" is no sum of money, so that there is nothing to set against the cost`,
    });
  const { currency } = measure.form;
  const other = costs.find(cost => cost.currency !== currency && cost.minorUnits !== 0n);
  if (other !== undefined)
    return refuse({
      kind: "otherCurrency",
      message: `some of the cost is in ${other.currency} and KPI "${kpi.code}" in ${currency}; there is no rate to set them against each other`,
    });
  const cost = costs.find(cost => cost.currency === currency)?.minorUnits ?? 0n;
  return accept(returnOnCost(lift.value.incremental, margin, { currency, cost }));
}

function stateOf(lifts: readonly LiftReport[]): Verdict {
  const verdicts = lifts.map(({ lift }): Verdict => (lift.ok ? lift.value.verdict : "collecting"));
  return (["better", "worse", "inconclusive"] as const).find(verdict => verdicts.includes(verdict)) ?? "collecting";
}
