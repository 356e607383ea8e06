import type { CampaignCatalogue } from "../domain/campaign/campaignCatalogue.ts";
import {
  campaignEventTypes,
  emptyCampaignCatalogue,
  foldCampaignEvents,
} from "../domain/campaign/foldCampaignEvent.ts";
import type { LogReader } from "../domain/eventLog.ts";
import { createCatalogueReader } from "./catalogueReader.ts";

/** The catalogue of campaigns, policies and offers as the log has it at the time of the call; each call reads only what came since the one before. */
export const createCampaignCatalogueReader = (
  log: Pick<LogReader, "head" | "read">,
): (() => Promise<CampaignCatalogue>) =>
  createCatalogueReader(log, { empty: emptyCampaignCatalogue, types: campaignEventTypes, fold: foldCampaignEvents });
