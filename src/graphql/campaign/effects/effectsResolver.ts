import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { SeriesSplit } from "../../../domain/effect/series.ts";
import { formatMinorUnits } from "../../../domain/money.ts";
import { daysAnswered, effectLines } from "../../../projections/campaigns/effects/effectLines.ts";
import { countedEffects, effectsOf } from "../../../projections/campaigns/effects/readEffects.ts";
import type { RequestContext } from "../../context.ts";
import { CustomerRefInput } from "../../customer/customerRefInput.ts";
import { badUserInput } from "../../errors.ts";
import { LocalDay } from "../../scalars/localDay.ts";
import type { CampaignNode } from "../campaignNode.ts";
import { CampaignType } from "../campaignType.ts";
import { EffectSplit } from "./effectEnums.ts";
import { CampaignEffectsResult } from "./effectReportType.ts";
import { EffectSeriesResult } from "./effectSeriesType.ts";
import { excludedEnrolments, mostExcluded } from "./excludedCustomers.ts";
import { funnelNode } from "./funnelNode.ts";
import { kpiUnit } from "./kpiUnit.ts";
import { kpiNode, notCountedNode, reportNode } from "./reportNode.ts";

/** Three years and a day. */
export const mostDays = 1_097;

@Resolver(() => CampaignType)
export class CampaignEffectsResolver {
  @FieldResolver(() => CampaignEffectsResult, {
    description:
      "What the campaign changed: funnel, arms, lifts with intervals, cost and return, and whether the arms can be compared at all. Read in constant time, however many are assigned. What each figure is: docs/effects.md.",
  })
  async effects(
    @Root() { campaignState }: CampaignNode,
    @Ctx() context: RequestContext,
    @Arg("excluding", () => [CustomerRefInput], {
      nullable: true,
      description: `Customers to be left out as if they had never been assigned, such as outliers: ${mostExcluded} at most.`,
    })
    excluding?: CustomerRefInput[] | null,
  ): Promise<object> {
    const session = context.session();
    const counted = countedEffects(session, campaignState);
    if (!counted.ok) return notCountedNode(counted.refusal, session.position);
    const left = excluding == null ? [] : await excludedEnrolments(context, counted.value.campaign.code, excluding);
    return reportNode(effectsOf(session, counted.value, left));
  }

  @FieldResolver(() => EffectSeriesResult, {
    description: "The campaign day by day, as lines of a chart; days in the campaign's zone.",
  })
  effectSeries(
    @Root() { campaignState }: CampaignNode,
    @Ctx() context: RequestContext,
    @Arg("from", () => LocalDay, {
      nullable: true,
      description: "The first day; without it the first on which anybody was assigned.",
    })
    from: number | null | undefined,
    @Arg("to", () => LocalDay, { nullable: true, description: "The last day, included; without it that of the log." })
    to: number | null | undefined,
    @Arg("by", () => EffectSplit, { defaultValue: EffectSplit.ARM, description: "By what lines are held apart." })
    by: SeriesSplit,
  ): object {
    const session = context.session();
    const counted = countedEffects(session, campaignState);
    if (!counted.ok) return notCountedNode(counted.refusal, session.position);
    const { campaign, position } = counted.value;
    if (from != null && to != null && from > to) throw badUserInput("to", "`to` is before `from`.");
    const days = daysAnswered(session, counted.value, { from: from ?? null, to: to ?? null });
    if (days !== null && days.to - days.from >= mostDays)
      throw badUserInput("from", `These are ${days.to - days.from + 1} days; ${mostDays} at once are the most.`);
    const lines = days === null ? [] : effectLines(session, counted.value, days, by);
    return {
      ...{ position, zone: campaign.definition.zone, from: days?.from ?? null, to: days?.to ?? null },
      kpis: campaign.kpis.map(kpiNode),
      lines: lines.map(({ points, ...line }) => ({
        ...line,
        points: points.map(({ day, assigned, funnel, outcomes }) => ({
          ...{ day, assigned },
          ...funnelNode(funnel),
          outcomes: campaign.kpis.map((kpi, index) => {
            const { converted, total } = outcomes[index] as (typeof outcomes)[number];
            return { kpi: kpi.code, converted, total: formatMinorUnits(total, kpiUnit(kpi).decimals) };
          }),
        })),
      })),
    };
  }
}
