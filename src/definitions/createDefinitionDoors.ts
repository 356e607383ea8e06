import { oneAtATime } from "../intake/oneAtATime.ts";
import { createCampaignCatalogueReader } from "./campaignCatalogueReader.ts";
import type { CampaignDefinitions } from "./campaignDefinitions.ts";
import { createCampaignDefinitions } from "./createCampaignDefinitions.ts";
import { createSegmentDefinitions } from "./createSegmentDefinitions.ts";
import { createTagDefinitions, type TagDefinitionParts } from "./createTagDefinitions.ts";
import { createSegmentCatalogueReader } from "./segmentCatalogueReader.ts";
import type { SegmentDefinitions } from "./segmentDefinitions.ts";
import type { TagDefinitions } from "./tagDefinitions.ts";
import { segmentsUsedByCampaigns, tagsUsedByCampaigns, usesByAll } from "./usesByCampaigns.ts";
import { usesBySegments } from "./usesBySegments.ts";

export type DefinitionDoors = {
  readonly definitions: TagDefinitions;
  readonly segmentDefinitions: SegmentDefinitions;
  readonly campaignDefinitions: CampaignDefinitions;
};

/**
 * The doors for definitions over one log. They know of each other what is in use, and carry out one command at a time all together,
 * so that nothing goes while something else begins to ask for it.
 */
export function createDefinitionDoors(given: Omit<TagDefinitionParts, "uses" | "inTurn">): DefinitionDoors {
  const { log, fields, standards } = given;
  const parts = { ...given, inTurn: oneAtATime() };
  const [segments, campaigns] = [createSegmentCatalogueReader(log), createCampaignCatalogueReader(log)];
  const definitions = createTagDefinitions({
    ...parts,
    uses: usesByAll(usesBySegments(segments, fields, standards), tagsUsedByCampaigns(campaigns, fields, standards)),
  });
  const tags = definitions.catalogue;
  const segmentDefinitions = createSegmentDefinitions({ ...parts, tags, uses: segmentsUsedByCampaigns(campaigns) });
  const campaignDefinitions = createCampaignDefinitions({ ...parts, tags, segments: segmentDefinitions.catalogue });
  return { definitions, segmentDefinitions, campaignDefinitions };
}
