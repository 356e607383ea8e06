import type { Position } from "../event.ts";
import type { CampaignId, Kpi } from "./campaign.ts";
import type {
  CampaignCatalogue,
  CampaignState,
  CampaignVersionRecord,
  OfferState,
  PolicyState,
  Said,
} from "./campaignCatalogue.ts";
import type { OfferId } from "./offer.ts";
import type { PolicyId } from "./policy.ts";

type Lasting = { readonly published: Said | null; readonly ended: Said | null };

export const isStanding = ({ published, ended }: Lasting): boolean => published !== null && ended === null;

/** The version of a campaign that is carried out, or would be if it were started: approved, not yet replaced, and the campaign not finished. */
export const standingCampaignVersion = ({ versions }: CampaignState): CampaignVersionRecord | null =>
  versions.findLast(({ approved, ended }) => approved !== null && ended === null) ?? null;

/** The version that was in force at that position of the log. */
export const standingCampaignVersionAt = ({ versions }: CampaignState, position: Position) =>
  versions.findLast(
    ({ approved, ended }) =>
      approved !== null && approved.position <= position && (ended === null || ended.position > position),
  ) ?? null;

/** The version that speaks for a campaign on its page: in force, else the last that was approved, else the newest. */
export const shownCampaignVersion = (state: CampaignState): CampaignVersionRecord | null =>
  standingCampaignVersion(state) ??
  state.versions.findLast(({ approved }) => approved !== null) ??
  state.versions.at(-1) ??
  null;

/** By what a campaign is judged: its definition's KPIs, and those added later. */
export const kpisOf = (state: CampaignState): readonly Kpi[] => [
  ...(shownCampaignVersion(state)?.definition.kpis ?? []),
  ...state.addedKpis,
];

/** The version of a policy or an offer that is in force. */
export const standingVersion = <State extends PolicyState | OfferState>({
  versions,
}: State): State["versions"][number] | null => versions.findLast(isStanding) ?? null;

/** The version of a policy or an offer that was in force at that position of the log. */
export const standingVersionAt = <State extends PolicyState | OfferState>(
  { versions }: State,
  position: Position,
): State["versions"][number] | null =>
  versions.findLast(
    ({ published, ended }) =>
      published !== null && published.position <= position && (ended === null || ended.position > position),
  ) ?? null;

/** Campaigns that are approved and not finished, with the versions in force; in order of their ids. */
export function unfinishedCampaigns({ campaigns }: CampaignCatalogue): readonly UnfinishedCampaign[] {
  const found: UnfinishedCampaign[] = [];
  for (const state of campaigns.values()) {
    const record = standingCampaignVersion(state);
    if (record !== null) found.push({ id: state.id, state, record });
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}
export type UnfinishedCampaign = {
  readonly id: CampaignId;
  readonly state: CampaignState;
  readonly record: CampaignVersionRecord;
};

/** Unfinished campaigns under a policy. */
export const campaignsUnder = (catalogue: CampaignCatalogue, policy: PolicyId): readonly UnfinishedCampaign[] =>
  unfinishedCampaigns(catalogue).filter(({ record }) => record.definition.policy === policy);

/** Unfinished campaigns that choose from an offer. */
export const campaignsOffering = (catalogue: CampaignCatalogue, offer: OfferId): readonly UnfinishedCampaign[] =>
  unfinishedCampaigns(catalogue).filter(({ record }) => record.definition.offers.includes(offer));
