import type { Kpi } from "../campaign/campaign.ts";
import type { CampaignState } from "../campaign/campaignCatalogue.ts";
import { hiddenTag } from "../segment/conditions.ts";
import type { TagCode, TagVersion } from "../tag/definition.ts";

/**
 * The hidden tag that keeps a campaign's enrolments. Its code says all that they hang on, so that it is another one exactly when something
 * else is counted: KPIs, outcome window, zone, assignment version; not by a new text, budget or channel.
 */
export function enrolmentOf(state: CampaignState): TagVersion {
  const { id, assignment, outcomeWindow, zone } = definitionCounted(state);
  return hiddenTag(
    { kind: "text" },
    {
      ...{ kind: "enrolment", campaign: id, assignmentVersion: assignment.version, outcomeWindow, zone },
      kpis: kpisOf(state).map(({ facts: { types, where }, measure, prePeriod }) => ({
        ...{ types, where, measure, prePeriod },
      })),
    },
  );
}

/** Whether a tag keeps enrolments. The members of its rule stand in the order of their names, and no other rule begins so. */
export const isEnrolment = (code: TagCode): boolean => code.startsWith('~{"rule":{"assignmentVersion":');

/** The KPIs of a campaign in the order of the outcomes of its enrolments: its definition's, then those added later. */
export function kpisOf(state: CampaignState): readonly Kpi[] {
  const { kpis } = definitionCounted(state);
  const codes = new Set(kpis.map(({ code }) => code));
  return [...kpis, ...state.addedKpis.filter(({ code }) => !codes.has(code))];
}

/** Of the newest version that was approved; of a mere draft, as it stands. */
function definitionCounted({ versions }: CampaignState) {
  const counted = versions.findLast(({ approved }) => approved !== null) ?? versions.at(-1);
  if (counted === undefined) throw new Error("a campaign has at least one version");
  return counted.definition;
}
