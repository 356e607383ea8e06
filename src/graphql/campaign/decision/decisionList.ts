import { type CampaignId, campaignStream } from "../../../domain/campaign/campaign.ts";
import type { Decision } from "../../../domain/decision/decision.ts";
import type { Position, RecordedEvent } from "../../../domain/event.ts";
import type { LogReader } from "../../../domain/eventLog.ts";
import { encodeCursor } from "../../connection/cursor.ts";
import { numberKey } from "../../connection/keyFormat.ts";
import type { KeysetList } from "../../connection/keysetList.ts";

/** Which decisions; null: any. */
export type Wanted = { readonly outcome: Decision["outcome"] | null; readonly reason: Decision["reason"] };

type Placed = { readonly position: Position };

/** The list of a campaign's decisions, whose cursors serve its pages and its subscription alike. A cursor of another log is none of this one. */
export const decisionPlaces = (logId: string, id: CampaignId): KeysetList<Position, Placed> => ({
  name: `campaign-decisions:${logId}:${id}`,
  format: numberKey,
  keyOf: ({ position }) => position,
  fetch: () => [],
});

export const cursorAt = (logId: string, id: CampaignId, position: Position): string =>
  encodeCursor(decisionPlaces(logId, id), { position });

/** Decisions of a campaign strictly between two positions, as their events, in the direction given. */
export const readDecisions = (
  log: Pick<LogReader, "read">,
  id: CampaignId,
  range: {
    readonly after?: Position;
    readonly before: Position;
    readonly direction?: "forward" | "backward";
    readonly limit: number;
  },
): Promise<RecordedEvent[]> => log.read({ ...range, correlationId: campaignStream(id), types: ["campaign-decided"] });

export function isWanted({ data }: RecordedEvent, { outcome, reason }: Wanted): boolean {
  const decision = data as unknown as Decision;
  return (outcome === null || decision.outcome === outcome) && (reason === null || decision.reason === reason);
}
