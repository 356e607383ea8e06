import type { SegmentCatalogue } from "../domain/segment/segmentCatalogue.ts";
import { usesOfTags } from "../domain/segment/usesOfTags.ts";
import { referableIn } from "../domain/tag/check/referable.ts";
import type { FactFields } from "../domain/tag/factFields.ts";
import type { Standards } from "../domain/tag/standards.ts";
import type { TagCatalogue } from "../domain/tag/tagCatalogue.ts";
import type { TagUses } from "../domain/tag/tagUses.ts";

/** What the published segments ask of tags, for the door of tags. */
export const usesBySegments =
  (segments: () => Promise<SegmentCatalogue>, fields: FactFields, standards: Standards) =>
  async (tags: TagCatalogue): Promise<TagUses> =>
    usesOfTags(await segments(), tags, { standards, fields, tag: referableIn(tags, "published") });
