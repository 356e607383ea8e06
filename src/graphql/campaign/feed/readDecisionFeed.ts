import type { CampaignId } from "../../../domain/campaign/campaign.ts";
import type { Position } from "../../../domain/event.ts";
import type { LogReader } from "../../../domain/eventLog.ts";
import type { ReadSession } from "../../../projections/readModels.ts";
import { cursorAt, readDecisions } from "../decision/decisionList.ts";
import { type DecisionNode, decisionNode } from "../decision/decisionNode.ts";

export type DecisionReading =
  | {
      readonly kind: "decisions";
      readonly decisions: readonly DecisionNode[];
      readonly cursor: string;
      /** A whole page: what follows it was not looked for. */
      readonly more: boolean;
      /** Up to where the log was looked through. */
      readonly position: Position;
    }
  | { readonly kind: "refused"; readonly reason: "unknownCampaign" | "ahead"; readonly message: string };

/** Where nothing was told yet: decisions are followed from now on, and the cursor of now is told first. */
export const fromNow = null;

type Parts = {
  readonly session: Pick<ReadSession, "position" | "campaignRow">;
  readonly log: Pick<LogReader, "read" | "head">;
  readonly logId: string;
};

/**
 * Decisions of a campaign after a place in the log, up to what the session reflects, so that all they point at can be read; null
 * while there are none. `after`: the position of the last that was told, or `fromNow`.
 * @param lookedUntil no decision lies between `after` and this position
 */
export async function readDecisionFeed(
  { session, log, logId }: Parts,
  id: CampaignId,
  after: Position | null,
  lookedUntil: Position,
  pageSize: number,
): Promise<DecisionReading | null> {
  const { position } = session;
  if (session.campaignRow("campaign", id) === null)
    return { kind: "refused", reason: "unknownCampaign", message: `There is no campaign ${id}.` };
  if (after === fromNow)
    return { kind: "decisions", decisions: [], cursor: cursorAt(logId, id, position), more: false, position };
  // Read models that are made anew stay behind for a while; the log itself never does.
  if (after > position && after > (await log.head())) {
    const message = `The cursor stands at position ${after}, and the log ends before: it tells of decisions that are not there.`;
    return { kind: "refused", reason: "ahead", message };
  }
  const range = { after: Math.max(after, lookedUntil), before: position + 1, limit: pageSize };
  const events = range.after >= position ? [] : await readDecisions(log, id, range);
  const last = events.at(-1);
  if (last === undefined) return null;
  return {
    kind: "decisions",
    decisions: events.map(event => decisionNode(event)),
    cursor: cursorAt(logId, id, last.position),
    more: events.length === pageSize,
    position: last.position,
  };
}
