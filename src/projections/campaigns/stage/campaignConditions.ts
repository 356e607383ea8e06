import type { CampaignCatalogue } from "../../../domain/campaign/campaignCatalogue.ts";
import { rulesOfCampaigns } from "../../../domain/campaign/rulesOfCampaigns.ts";
import { enrolmentOf } from "../../../domain/effect/enrolmentTag.ts";
import { conditionsOf } from "../../../domain/segment/conditions.ts";
import type { TagCode, TagVersion } from "../../../domain/tag/definition.ts";

/**
 * What is kept of every customer for the campaigns' sake: the conditions of their rules, and what each campaign that was ever started has to
 * say about the customer. The same list as long as they stay the same.
 */
export function createCampaignConditions(catalogue: () => CampaignCatalogue): () => readonly TagVersion[] {
  let known: { readonly of: CampaignCatalogue; readonly list: readonly TagVersion[] } | null = null;
  return () => {
    const now = catalogue();
    if (known !== null && isSame(known.of, now)) return known.list;
    const found = new Map<TagCode, TagVersion>();
    for (const { rule } of rulesOfCampaigns(now).rules) for (const one of conditionsOf(rule)) found.set(one.code, one);
    for (const state of now.campaigns.values()) {
      if (state.started === null) continue;
      const one = enrolmentOf(state);
      found.set(one.code, one);
    }
    const list = [...found.values()];
    const same = known !== null && known.list.length === list.length && known.list.every(({ code }) => found.has(code));
    known = { of: now, list: same && known !== null ? known.list : list };
    return known.list;
  };
}

const isSame = (a: CampaignCatalogue, b: CampaignCatalogue): boolean =>
  a.campaigns === b.campaigns && a.policies === b.policies && a.offers === b.offers;
