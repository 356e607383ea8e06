import type { CampaignCatalogue } from "../domain/campaign/campaignCatalogue.ts";
import { segmentUsesByCampaigns, tagUsesByCampaigns } from "../domain/campaign/usesByCampaigns.ts";
import type { SegmentUses } from "../domain/segment/segmentUses.ts";
import { referableIn } from "../domain/tag/check/referable.ts";
import type { FactFields } from "../domain/tag/factFields.ts";
import type { Standards } from "../domain/tag/standards.ts";
import type { TagCatalogue } from "../domain/tag/tagCatalogue.ts";
import type { TagUses } from "../domain/tag/tagUses.ts";

/** What unfinished campaigns and published policies and offers ask of tags, for the door of tags. */
export const tagsUsedByCampaigns =
  (campaigns: () => Promise<CampaignCatalogue>, fields: FactFields, standards: Standards) =>
  async (tags: TagCatalogue): Promise<TagUses> =>
    tagUsesByCampaigns(await campaigns(), tags, { standards, fields, tag: referableIn(tags, "published") });

/** The same of segments, for the door of segments. */
export const segmentsUsedByCampaigns =
  (campaigns: () => Promise<CampaignCatalogue>) => async (): Promise<SegmentUses> =>
    segmentUsesByCampaigns(await campaigns());

/** What any of these ask of tags. */
export const usesByAll =
  (...all: readonly ((tags: TagCatalogue) => Promise<TagUses>)[]) =>
  async (tags: TagCatalogue): Promise<TagUses> => {
    const uses = await Promise.all(all.map(usesOf => usesOf(tags)));
    return (code, becomes) => uses.flatMap(usesOf => usesOf(code, becomes));
  };
