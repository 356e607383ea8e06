import { createHash } from "node:crypto";
import type { CampaignId } from "../../domain/campaign/campaign.ts";
import type { TagCode } from "../../domain/tag/definition.ts";
import type { CampaignTables } from "./campaignTables.ts";

/*
 * Sums of effects are rows of the kinds `group` and `day`, under `<campaign>/<what is counted>/<cell>`. While something else begins to
 * be counted there are two sets of them; the row of kind `effects` says which is whole.
 */

/** The enrolments that sums are of, in brief: the same of the same code. */
export const countedName = (code: TagCode): string => createHash("sha256").update(code).digest("hex").slice(0, 12);

/** Where the sums of one campaign are. */
export const effectsPrefix = (campaign: CampaignId, counted: string): string => `${campaign}/${counted}/`;

export type ServedEffects = {
  readonly counted: string;
  /** Customers of whom it cannot be told what the campaign did. */
  readonly failed: number;
};
export const servedText = (served: ServedEffects): string => JSON.stringify(served);

/** The sums that are whole; null before the campaign was started, or while it is counted for the first time. */
export function servedEffects(
  { campaignRow }: Pick<CampaignTables, "campaignRow">,
  campaign: CampaignId,
): ServedEffects | null {
  const text = campaignRow("effects", campaign);
  return text === null ? null : (JSON.parse(text) as ServedEffects);
}
