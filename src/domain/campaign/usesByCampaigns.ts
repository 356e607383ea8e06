import type { Fault } from "../fault.ts";
import type { RuleSurroundings } from "../segment/parse/ruleReading.ts";
import { segmentReferences } from "../segment/references.ts";
import type { Rule } from "../segment/rule.ts";
import type { SegmentId } from "../segment/segment.ts";
import type { SegmentUses } from "../segment/segmentUses.ts";
import type { TagCode } from "../tag/definition.ts";
import type { TagCatalogue } from "../tag/tagCatalogue.ts";
import { allDependents } from "../tag/tagGraph.ts";
import type { TagUse, TagUses } from "../tag/tagUses.ts";
import { withTag } from "../tag/withTag.ts";
import type { CampaignCatalogue } from "./campaignCatalogue.ts";
import { standingVersion, unfinishedCampaigns } from "./campaignGraph.ts";
import { rereadCampaign, rereadOffer, rereadPolicy } from "./check/reread.ts";

/** Something in force that asks for tags and segments. */
type User = {
  readonly name: string;
  readonly version: number;
  readonly tags: readonly { readonly code: TagCode; readonly path: string }[];
  /** Of whose members, now and later, it is made; snapshots stand on their own. */
  readonly segments: readonly { readonly id: SegmentId; readonly path: string }[];
  readonly reread: (surroundings: RuleSurroundings) => readonly Fault[];
};

/** Unfinished approved campaigns, and published policies and offers. */
function usersIn(catalogue: CampaignCatalogue): readonly User[] {
  const users: User[] = unfinishedCampaigns(catalogue).map(({ id, record: { version, definition } }) => {
    const { tags, segments } = namedIn(definition.audience, "audience");
    const breakdown = definition.breakdown.map((segment, index) => ({ id: segment, path: `breakdown[${index}]` }));
    const reread: User["reread"] = surroundings => rereadCampaign(definition, surroundings);
    return { name: `campaign ${id}`, version, tags, segments: [...segments, ...breakdown], reread };
  });
  for (const state of catalogue.policies.values()) {
    const record = standingVersion(state);
    if (record === null || record.definition.suppression === null) continue;
    const { version, definition } = record;
    const named = namedIn(record.definition.suppression, "suppression");
    users.push({ name: `policy ${state.id}`, version, ...named, reread: around => rereadPolicy(definition, around) });
  }
  for (const state of catalogue.offers.values()) {
    const record = standingVersion(state);
    if (record === null) continue;
    const { version, definition } = record;
    const { tags, segments } = namedIn(definition.eligible, "eligible");
    const tier = definition.tier === null ? [] : [{ code: definition.tier, path: "tier" }];
    const reread: User["reread"] = surroundings => rereadOffer(definition, surroundings);
    users.push({ name: `offer ${state.id}`, version, tags: [...tags, ...tier], segments, reread });
  }
  return users;
}

function namedIn(rule: Rule, path: string): Pick<User, "tags" | "segments"> {
  const { tags, segments } = segmentReferences(rule, path);
  return { tags, segments: segments.filter(({ at }) => at === null) };
}

/** What would break if a tag were retired, or became what another version says. */
export function tagUsesByCampaigns(
  campaigns: CampaignCatalogue,
  tags: TagCatalogue,
  surroundings: RuleSurroundings,
): TagUses {
  const users = usersIn(campaigns);
  return (code, becomes) => {
    // Whether related customers can be asked for a tag hangs on what it is computed from, too.
    const touched = new Set([code, ...(becomes === null ? [] : allDependents(tags, code).map(tag => tag.code))]);
    return users.flatMap(({ name, version, tags: asked, reread }): TagUse[] => {
      const use = asked.find(reference => touched.has(reference.code));
      if (use === undefined) return [];
      if (becomes === null) return [{ name, version, reason: `asks for ${code} at ${use.path}` }];
      const [first] = reread({ ...surroundings, tag: withTag(surroundings.tag, code, becomes) });
      return first === undefined ? [] : [{ name, version, reason: `${first.field}: ${first.message}` }];
    });
  };
}

/** What would break if a segment were archived. */
export const segmentUsesByCampaigns =
  (campaigns: CampaignCatalogue): SegmentUses =>
  id =>
    usersIn(campaigns).flatMap(({ name, version, segments }) => {
      const use = segments.find(segment => segment.id === id);
      return use === undefined ? [] : [{ name, version, reason: `asks for members of ${id} at ${use.path}` }];
    });
