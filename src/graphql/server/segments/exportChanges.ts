import type { ServerResponse } from "node:http";
import { formatInstant } from "../../../domain/instant.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { ReadSession } from "../../../projections/readModels.ts";
import type { SegmentChange } from "../../../projections/segments/feed/segmentChange.ts";
import { printToken } from "../../../projections/segments/feed/token.ts";
import {
  type FeedExpired,
  type FeedRefusal,
  notStanding,
  readSegmentFeed,
} from "../../segment/feed/readSegmentFeed.ts";
import { type FeedSource, look } from "./feedSource.ts";
import { createLineWriter } from "./lineWriter.ts";
import { createNews } from "./news.ts";
import { answerProblem, expiredProblem, refusalProblem } from "./problem.ts";

export type ChangesAsked = {
  readonly id: SegmentId;
  /** Null: from the first change on. */
  readonly after: string | null;
  /** Changes at most. */
  readonly limit: number;
  /** Goes on where the feed ends, until the client hangs up. */
  readonly follow: boolean;
};

const pageSize = 500;
const heartbeatMs = 15_000;

/**
 * Changes as lines, each with the token to resume after it. Where all is told a line `caughtUp` says so: the last one, or, where
 * the feed is followed, one after each stretch of changes and every 15 seconds. Other last lines are `ended` (archived), `expired`
 * (take the members anew) and `closing` (the server stops: come again). Without any of them the limit was reached, or the
 * connection broke.
 * @param signal ends what is followed
 */
export async function exportChanges(
  source: FeedSource,
  response: ServerResponse,
  { id, after, limit, follow }: ChangesAsked,
  { stallMs, signal }: { readonly stallMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const first = after ?? (await look(source, session => placeBeforeAll(session, source.logId, id)));
  if (typeof first !== "string") return answerProblem(response, refusalProblem(first));
  const lines = createLineWriter(response, stallMs);
  const news = createNews(source, id, signal);
  let place = first;
  let left = limit;
  let open = true;
  try {
    while (open && left > 0) {
      const seen = news.count();
      const size = Math.min(left, pageSize);
      const reading = await look(source, session => readSegmentFeed(session, source.logId, id, place, size));
      if (reading === null) {
        open = await lines.write({ kind: "caughtUp", token: place });
        if (!follow) break;
        if (open) await news.after(seen, heartbeatMs);
        if (signal.aborted) open = (await lines.write({ kind: "closing", token: place })) && false;
      } else if (reading.kind === "changes") {
        place = reading.token;
        left -= reading.changes.length;
        open = await lines.write(...reading.changes.map(change => lineOf(source.logId, reading.epoch, change)));
      } else {
        open = false;
        if (reading.kind === "ended") await lines.write(reading);
        else if (response.headersSent) await lines.write({ kind: reading.kind, ...problemOf(id, reading) });
        else return answerProblem(response, problemOf(id, reading));
      }
    }
    response.end();
  } finally {
    news.stop();
  }
}

function placeBeforeAll(session: ReadSession, log: string, segment: SegmentId): string | FeedRefusal {
  const epoch = session.segmentEpoch();
  if (epoch === null || session.standingSegment(segment) === null) return notStanding(session, segment);
  return printToken({ log, epoch, segment, sequence: 0 });
}

const problemOf = (id: SegmentId, reading: FeedExpired | FeedRefusal) =>
  reading.kind === "expired" ? expiredProblem(id, reading) : refusalProblem(reading);

const lineOf = (log: string, epoch: string, change: SegmentChange): object => {
  const { segment, sequence, kind, customerId, cause, corrected, version, position, at, occurredAt } = change;
  const times = { at: formatInstant(at), occurredAt: formatInstant(occurredAt) };
  const token = printToken({ log, epoch, segment, sequence });
  return { kind, sequence, customerId, cause, corrected, version, position: String(position), ...times, token };
};
