import type { Rule } from "../segment/rule.ts";
import type { TagCode } from "../tag/definition.ts";
import type { CampaignId } from "./campaign.ts";
import type { CampaignCatalogue } from "./campaignCatalogue.ts";
import { standingVersion, unfinishedCampaigns } from "./campaignGraph.ts";
import type { OfferId } from "./offer.ts";
import type { PolicyId } from "./policy.ts";

/** A rule that decisions ask, and whose it is. */
export type RuleOfCampaigns = { readonly version: number; readonly rule: Rule } & (
  | { readonly of: "audience"; readonly id: CampaignId }
  | { readonly of: "suppression"; readonly id: PolicyId }
  | { readonly of: "eligible"; readonly id: OfferId }
);

/** What has to be kept ready so that any decision can be made at once. */
export type NeedsOfCampaigns = {
  readonly rules: readonly RuleOfCampaigns[];
  /** Tags whose values are asked for beside the rules: tiers of offers. Each once. */
  readonly tags: readonly TagCode[];
};

/**
 * What the campaigns that are approved and not finished ask of customers: their audiences, and of the policies and offers they name
 * what stands, each once. Nothing is decided about campaigns that are run outside.
 */
export function rulesOfCampaigns(catalogue: CampaignCatalogue): NeedsOfCampaigns {
  const rules: RuleOfCampaigns[] = [];
  const tags = new Set<TagCode>();
  const told = new Set<string>();
  const isFirst = (what: string): boolean => !told.has(what) && told.add(what).has(what);
  for (const { id, record } of unfinishedCampaigns(catalogue)) {
    const { audience, start, policy, offers } = record.definition;
    if (start.kind === "outside") continue;
    rules.push({ of: "audience", id, version: record.version, rule: audience });
    const standingPolicy = policy === null ? undefined : catalogue.policies.get(policy);
    const policyVersion = standingPolicy === undefined ? null : standingVersion(standingPolicy);
    const suppression = policyVersion?.definition.suppression ?? null;
    if (policy !== null && policyVersion !== null && suppression !== null && isFirst(`policy ${policy}`))
      rules.push({ of: "suppression", id: policy, version: policyVersion.version, rule: suppression });
    for (const offer of offers) {
      const state = catalogue.offers.get(offer);
      const version = state === undefined ? null : standingVersion(state);
      if (version === null || !isFirst(`offer ${offer}`)) continue;
      rules.push({ of: "eligible", id: offer, version: version.version, rule: version.definition.eligible });
      if (version.definition.tier !== null) tags.add(version.definition.tier);
    }
  }
  return { rules, tags: [...tags] };
}
