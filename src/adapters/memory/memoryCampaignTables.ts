import {
  type CampaignRowChange,
  type CampaignRowKind,
  type CampaignTables,
  campaignRowKinds,
  compareKeys,
  isDerived,
} from "../../projections/campaigns/campaignTables.ts";

/** Text by key, by kind. */
export type StoredCampaigns = Map<CampaignRowKind, ReadonlyMap<string, string>>;

export const noCampaigns = (): StoredCampaigns => new Map();
/** Inner maps are never changed in place. */
export const copyOfCampaigns = (campaigns: StoredCampaigns): StoredCampaigns => new Map(campaigns);

export function applyCampaignChanges(campaigns: StoredCampaigns, changes: readonly CampaignRowChange[]): void {
  for (const [kind, own] of Map.groupBy(changes, ({ kind }) => kind)) {
    const rows = new Map(campaigns.get(kind));
    for (const { key, text } of own)
      if (text === null) rows.delete(key);
      else rows.set(key, text);
    campaigns.set(kind, rows);
  }
}

/** See `ReadModelStore.copyCampaignRows`. */
export function copyCampaignRows(to: StoredCampaigns, from: StoredCampaigns): void {
  for (const kind of campaignRowKinds.filter(kind => !isDerived(kind))) to.set(kind, from.get(kind) ?? new Map());
}

/** `now` gives the rows to look at: a snapshot's own, or the newest. */
export function memoryCampaignTables(now: () => StoredCampaigns): CampaignTables {
  return {
    campaignRow: (kind, key) => now().get(kind)?.get(key) ?? null,
    campaignRows: (kind, { prefix = "", after, limit }) =>
      [...(now().get(kind) ?? [])]
        .filter(([key]) => key.startsWith(prefix) && (after === undefined || compareKeys(key, after) > 0))
        .sort(([a], [b]) => compareKeys(a, b))
        .slice(0, limit)
        .map(([key, text]) => ({ key, text })),
  };
}
