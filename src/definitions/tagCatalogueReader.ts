import type { LogReader } from "../domain/eventLog.ts";
import { emptyCatalogue, foldTagEvents, tagEventTypes } from "../domain/tag/foldTagEvent.ts";
import type { TagCatalogue } from "../domain/tag/tagCatalogue.ts";
import { createCatalogueReader } from "./catalogueReader.ts";

/** The catalogue of tags as the log has it at the time of the call; each call reads only what came since the one before. */
export const createTagCatalogueReader = (log: Pick<LogReader, "head" | "read">): (() => Promise<TagCatalogue>) =>
  createCatalogueReader(log, { empty: emptyCatalogue, types: tagEventTypes, fold: foldTagEvents });
