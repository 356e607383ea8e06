import type { CampaignId } from "../../../domain/campaign/campaign.ts";
import type { Position, RecordedEvent } from "../../../domain/event.ts";
import type { LogReader } from "../../../domain/eventLog.ts";
import { decodeCursor } from "../../connection/cursor.ts";
import { ListOrder } from "../../connection/order.ts";
import type { Page } from "../../connection/page.ts";
import { cursorAt, decisionPlaces, isWanted, readDecisions, type Wanted } from "./decisionList.ts";
import { type DecisionNode, decisionNode } from "./decisionNode.ts";
import { SearchedPage } from "./searchedPage.ts";

/** `position`: no later decision is in the answer. */
type Parts = { readonly log: Pick<LogReader, "read">; readonly logId: string; readonly position: Position };
type Asked = Wanted & { readonly first: number; readonly after: string | null; readonly order: ListOrder };

const eventsAtOnce = 1_000;

/**
 * A page of a campaign's decisions. Where only some are wanted, no more than `mostLookedAt` are looked at for it. Throws CURSOR_INVALID.
 */
export async function decisionPage(
  { log, logId, position }: Parts,
  id: CampaignId,
  { first, after, order, ...wanted }: Asked,
  mostLookedAt = 10_000,
): Promise<Page<DecisionNode>> {
  const end = position + 1;
  const isBackward = order === ListOrder.NEWEST_FIRST;
  const isAny = wanted.outcome === null && wanted.reason === null;
  const found: RecordedEvent[] = [];
  let place = after === null ? null : decodeCursor(decisionPlaces(logId, id), after, "after");
  let left = mostLookedAt;
  let ended = false;
  while (found.length <= first && left > 0 && !ended) {
    const limit = isAny ? first + 1 : Math.min(eventsAtOnce, left);
    const range = isBackward
      ? ({ direction: "backward", before: Math.min(place ?? end, end), limit } as const)
      : { before: end, limit, ...(place === null ? {} : { after: place }) };
    const events = await readDecisions(log, id, range);
    for (const event of events) if (found.length <= first && isWanted(event, wanted)) found.push(event);
    ended = events.length < limit;
    left -= events.length;
    place = events.at(-1)?.position ?? place;
  }
  const isFull = found.length > first;
  const cursorOf = ({ position }: { readonly position: Position }) => cursorAt(logId, id, position);
  return new SearchedPage(
    found.slice(0, first).map(event => decisionNode(event)),
    { next: isFull || !ended, previous: after !== null },
    cursorOf,
    isFull || ended || place === null ? null : cursorOf({ position: place }),
  );
}
