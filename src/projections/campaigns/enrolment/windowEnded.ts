import type { CampaignDefinition } from "../../../domain/campaign/campaign.ts";
import type { Instant } from "../../../domain/instant.ts";
import { calendarOf } from "../../tags/statistic/calendar.ts";

/**
 * Whether the outcome window of somebody assigned on that local day has ended for certain: as of a day the last instant is taken, so
 * that the answer may come up to a day late, never early. `firstDay` null: nobody was assigned.
 */
export function windowEnded(
  firstDay: number | null,
  { zone, outcomeWindow }: Pick<CampaignDefinition, "zone" | "outcomeWindow">,
  at: Instant,
): boolean {
  return firstDay !== null && calendarOf(zone).startOfDay(firstDay + 1) - 1 + outcomeWindow <= at;
}
