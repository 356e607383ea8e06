import type { CampaignDefinition, Kpi } from "../../../domain/campaign/campaign.ts";
import type { CampaignState } from "../../../domain/campaign/campaignCatalogue.ts";
import { enrolmentOf, kpisOf } from "../../../domain/effect/enrolmentTag.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import { countedName } from "../effectRows.ts";

/** What sums of a campaign's effects are of. */
export type CountedCampaign = {
  readonly version: number;
  readonly definition: CampaignDefinition;
  /** In the order of the sums. */
  readonly kpis: readonly Kpi[];
  /** Under which each customer's enrolment is kept. */
  readonly code: TagCode;
  /** KPIs of the campaign that these sums do not have yet, by code. */
  readonly awaited: readonly string[];
};

/**
 * The newest approved version, and the KPIs, of which these sums are: while a KPI that was added, or another version, is being counted, the
 * whole sums are those of what was counted before. Null where the campaign never said anything that is counted so.
 */
export function countedCampaign(state: CampaignState, counted: string): CountedCampaign | null {
  for (let last = state.versions.length; last > 0; last -= 1) {
    const record = state.versions[last - 1];
    if (record === undefined || record.approved === null) continue;
    for (let added = state.addedKpis.length; added >= 0; added -= 1) {
      const then = { ...state, versions: state.versions.slice(0, last), addedKpis: state.addedKpis.slice(0, added) };
      const { code } = enrolmentOf(then);
      if (countedName(code) !== counted) continue;
      const { version, definition } = record;
      const kpis = kpisOf(then);
      const known = new Set(kpis.map(kpi => kpi.code));
      const awaited = kpisOf(state).flatMap(kpi => (known.has(kpi.code) ? [] : [kpi.code]));
      return { version, definition, kpis, code, awaited };
    }
  }
  return null;
}
