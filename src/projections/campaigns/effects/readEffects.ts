import type { CampaignState } from "../../../domain/campaign/campaignCatalogue.ts";
import type { Enrolment } from "../../../domain/effect/enrolment.ts";
import { type EffectReport, effectReport } from "../../../domain/effect/report.ts";
import { firstAssignedDay } from "../../../domain/effect/series.ts";
import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import { accept, type Result, refuse } from "../../../domain/result.ts";
import type { ReadSession } from "../../readModels.ts";
import { effectsPrefix, servedEffects } from "../effectRows.ts";
import { windowEnded } from "../enrolment/windowEnded.ts";
import { type CountedCampaign, countedCampaign } from "./countedCampaign.ts";
import { dayCells, groupCells } from "./storedCells.ts";

export type EffectReads = Pick<ReadSession, "position" | "logTime" | "campaignRow" | "campaignRows">;

/** Why there are no figures at all, which is something else than zeros. */
export type NotCounted = { readonly reason: "notStarted" | "counting"; readonly message: string };

/** The whole sums of a campaign, and where they are. */
export type CountedEffects = {
  readonly campaign: CountedCampaign;
  readonly prefix: string;
  /** Customers of whom it cannot be told what the campaign did; they are in no figure. */
  readonly failed: number;
  readonly position: Position;
  /** Time as the log tells it: as of when outcomes and windows are counted. */
  readonly at: Instant;
};

export type CampaignEffects = Omit<CountedEffects, "prefix"> & {
  readonly windowEnded: boolean;
  /** Customers who were left out and would be among the figures. */
  readonly excluded: number;
  readonly report: EffectReport;
};

const notStarted: NotCounted = {
  reason: "notStarted",
  message: "the campaign was never started, so that there is nothing to count yet",
};
const counting: NotCounted = {
  reason: "counting",
  message: "what became of each customer is being counted for the first time; ask again when that is done",
};

/** Finds the sums that are whole; the same for as long as the session lives. */
export function countedEffects(reads: EffectReads, state: CampaignState): Result<CountedEffects, NotCounted> {
  if (state.started === null) return refuse(notStarted);
  const served = servedEffects(reads, state.id);
  const campaign = served === null ? null : countedCampaign(state, served.counted);
  if (served === null || campaign === null) return refuse(counting);
  return accept({
    campaign,
    prefix: effectsPrefix(state.id, served.counted),
    failed: served.failed,
    position: reads.position,
    at: reads.logTime() ?? 0,
  });
}

/** What a campaign changed. Takes as long as there are groups, however many customers are in them. */
export function effectsOf(
  reads: EffectReads,
  { prefix, ...counted }: CountedEffects,
  excluding: readonly Enrolment[] = [],
): CampaignEffects {
  const { definition, kpis } = counted.campaign;
  const ended = windowEnded(firstAssignedDay(dayCells(reads, prefix)), definition, counted.at);
  const { arms } = definition.assignment;
  return {
    ...counted,
    windowEnded: ended,
    excluded: excluding.length,
    report: effectReport({ arms, kpis, channels: definition.channels }, groupCells(reads, prefix), {
      windowEnded: ended,
      excluding,
    }),
  };
}
