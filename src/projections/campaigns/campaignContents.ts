import type { CampaignId } from "../../domain/campaign/campaign.ts";
import { type CampaignRowKind, type CampaignTables, campaignRowKinds, isDerived } from "./campaignTables.ts";
import { servedEffects } from "./effectRows.ts";

const rowsAtOnce = 1_000;

/** The rows that follow from the log, for digests. How far a back-fill has got is no matter of the log, and so sums that are not whole are not. */
export function* campaignContents({ campaignRow, campaignRows }: CampaignTables): Iterable<readonly string[]> {
  const served = new Map<string, string | null>();
  const isWhole = (kind: CampaignRowKind, key: string): boolean => {
    if (kind === "effects") return !key.includes("/");
    if (kind !== "group" && kind !== "day") return true;
    const [campaign = "", counted = ""] = key.split("/", 2);
    if (!served.has(campaign))
      served.set(campaign, servedEffects({ campaignRow }, campaign as CampaignId)?.counted ?? null);
    return served.get(campaign) === counted;
  };
  for (const kind of campaignRowKinds.filter(isDerived))
    for (let after: string | undefined; ; ) {
      const page = campaignRows(kind, { limit: rowsAtOnce, ...(after === undefined ? {} : { after }) });
      for (const { key, text } of page) if (isWhole(kind, key)) yield [kind, key, text];
      after = page.at(-1)?.key;
      if (after === undefined) break;
    }
}
