import { randomUUID } from "node:crypto";
import type { EngineStage } from "./engineStage.ts";
import type { ReadModelStore } from "./readModelStore.ts";
import { createColumns } from "./segments/columns/createColumns.ts";
import { createSegmentStage } from "./segments/stage/segmentStage.ts";

/** Histories, tags and segments over a store, with columns that nobody else looks at. */
export const stageOver = ({ tags, segments }: Pick<ReadModelStore, "tags" | "segments">): EngineStage =>
  createSegmentStage({ tables: tags, segments, columns: createColumns(), newEpoch: randomUUID });
