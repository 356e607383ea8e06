import type { LogReader } from "../domain/eventLog.ts";
import { emptySegmentCatalogue, foldSegmentEvents, segmentEventTypes } from "../domain/segment/foldSegmentEvent.ts";
import type { SegmentCatalogue } from "../domain/segment/segmentCatalogue.ts";
import { createCatalogueReader } from "./catalogueReader.ts";

/** The catalogue of segments as the log has it at the time of the call; each call reads only what came since the one before. */
export const createSegmentCatalogueReader = (
  log: Pick<LogReader, "head" | "read">,
): (() => Promise<SegmentCatalogue>) =>
  createCatalogueReader(log, { empty: emptySegmentCatalogue, types: segmentEventTypes, fold: foldSegmentEvents });
