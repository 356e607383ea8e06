import type { CampaignDefinition } from "../../../domain/campaign/campaign.ts";
import type { CampaignCatalogue, CampaignState } from "../../../domain/campaign/campaignCatalogue.ts";
import { standingCampaignVersion, standingVersion } from "../../../domain/campaign/campaignGraph.ts";
import type { OfferDefinition } from "../../../domain/campaign/offer.ts";
import type { PolicyDefinition } from "../../../domain/campaign/policy.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import { slotColumn } from "../../segments/stage/slotColumns.ts";
import { membersName } from "../../segments/standing/standing.ts";
import { type FactMatch, factMatch } from "../../tags/statistic/factMatch.ts";
import { type RowTruth, type RuleParts, rowTruth } from "./rowTruth.ts";

/** A campaign that is running or paused, with all that its decisions look at in force. */
export type ReadyCampaign = {
  readonly state: CampaignState;
  readonly version: number;
  readonly definition: CampaignDefinition;
  readonly policy: { readonly definition: PolicyDefinition; readonly version: number } | null;
  readonly trigger: {
    readonly types: readonly string[];
    readonly match: FactMatch | null;
    readonly maxAge: number;
  } | null;
  readonly audience: RowTruth;
  readonly suppression: RowTruth | null;
  readonly offers: readonly {
    readonly definition: OfferDefinition;
    readonly eligible: RowTruth;
    readonly tierOf: (row: number) => string | null;
  }[];
  readonly segmentsOf: (row: number) => readonly SegmentId[];
};

/** Null while something that it needs is not in force yet: nothing is decided until it is. */
export function readyCampaign(
  state: CampaignState,
  { policies, offers }: CampaignCatalogue,
  parts: RuleParts,
): ReadyCampaign | null {
  const record = standingCampaignVersion(state);
  if (record === null) return null;
  const { definition, version } = record;
  const policyState = definition.policy === null ? undefined : policies.get(definition.policy);
  const policy = policyState === undefined ? null : standingVersion(policyState);
  if (definition.policy !== null && policy === null) return null;
  const audience = rowTruth(definition.audience, parts);
  const rule = policy?.definition.suppression ?? null;
  const suppression = rule === null ? null : rowTruth(rule, parts);
  if (audience === null || (rule !== null && suppression === null)) return null;
  if (!definition.breakdown.every(parts.stands)) return null;
  const ready: ReadyCampaign["offers"][number][] = [];
  for (const id of definition.offers) {
    // A retired offer is made no more.
    const offerState = offers.get(id);
    const offer = offerState === undefined ? null : standingVersion(offerState);
    if (offer === null) continue;
    const eligible = rowTruth(offer.definition.eligible, parts);
    const tierOf = tierReader(offer.definition.tier, parts);
    if (eligible === null || tierOf === null) return null;
    ready.push({ definition: offer.definition, eligible, tierOf });
  }
  const { start } = definition;
  const breakdown = definition.breakdown.map(id => ({ id, bits: parts.columns.bits(membersName(id)) }));
  return {
    ...{ state, version, definition, policy, audience, suppression, offers: ready },
    trigger:
      start.kind === "trigger"
        ? {
            types: start.types,
            match: start.where === null ? null : factMatch(start.where),
            maxAge: start.maxAge,
          }
        : null,
    segmentsOf: row => breakdown.flatMap(({ id, bits }) => (bits.has(row) ? [id] : [])),
  };
}

function tierReader(code: TagCode | null, { columns, slots }: RuleParts): ((row: number) => string | null) | null {
  if (code === null) return () => null;
  const slot = slots().find(slot => slot.code === code && slot.state === "serving");
  if (slot === undefined) return null;
  const column = slotColumn(slot.slot);
  return row => {
    const value = columns.read(column, row);
    return typeof value === "string" ? value : null;
  };
}
