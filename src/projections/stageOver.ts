import { randomUUID } from "node:crypto";
import { createCampaignStage } from "./campaigns/stage/campaignStage.ts";
import type { EngineStage } from "./engineStage.ts";
import type { ReadModelStore } from "./readModelStore.ts";
import { createColumns } from "./segments/columns/createColumns.ts";

/** Histories, tags, segments and what became of campaigns over a store, with columns that nobody else looks at. Nothing is decided. */
export const stageOver = ({
  tags,
  segments,
  campaigns,
}: Pick<ReadModelStore, "tags" | "segments" | "campaigns">): EngineStage =>
  createCampaignStage({
    ...{ tables: tags, segments, campaigns, columns: createColumns(), newEpoch: randomUUID },
    decideAfter: Number.POSITIVE_INFINITY,
  });
