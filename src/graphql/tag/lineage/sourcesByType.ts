import type { MaybePromise, ReadSession } from "../../../projections/readModels.ts";
import { whenReady } from "../../maybePromise.ts";

/** The sources from which facts of each type were accepted, as far as this position goes. */
export const sourcesByType = (session: ReadSession): MaybePromise<ReadonlyMap<string, readonly string[]>> =>
  whenReady(session.qualitySources(), async sources => {
    const found = new Map<string, string[]>();
    for (const { source, firstDay, lastDay } of sources) {
      const counts = await session.qualityCounts({ source, from: firstDay, to: lastDay, grain: "whole" });
      for (const { measure, factType } of counts)
        if (measure === "accepted") found.set(factType, [...(found.get(factType) ?? []), source]);
    }
    return found;
  });
