import type { ServerResponse } from "node:http";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { FeedRefusal } from "../../segment/feed/readSegmentFeed.ts";
import { readSnapshot, type SnapshotPage, type SnapshotPlace } from "../../segment/feed/readSnapshot.ts";
import { type FeedSource, look } from "./feedSource.ts";
import { createLineWriter } from "./lineWriter.ts";
import { answerProblem, refusalProblem } from "./problem.ts";

const pageSize = 1_000;

/**
 * The members after one change, as lines: the first tells the token to follow the changes from, the last one that these were
 * all. Without that last line they were not, and the whole is to be asked for again.
 */
export async function exportMembers(
  source: FeedSource,
  response: ServerResponse,
  id: SegmentId,
  stallMs: number,
): Promise<void> {
  const lines = createLineWriter(response, stallMs);
  let place: SnapshotPlace | null = null;
  let first: SnapshotPage | null = null;
  do {
    const from: SnapshotPlace | null = place;
    const page: SnapshotPage | FeedRefusal | null = await look(source, session =>
      readSnapshot(session, source.logId, id, from, pageSize),
    );
    if (page !== null && "kind" in page) {
      if (first === null) return answerProblem(response, refusalProblem(page));
      break;
    }
    // Members of another epoch, or of a feed that was restored to less, are not the rest of these.
    if (page === null || page.token !== (first ?? page).token) break;
    const { sequence, token, size } = page;
    const head = first === null ? [{ kind: "snapshot", sequence, size, token }] : [];
    first ??= page;
    place = page.next;
    const end = place === null ? [{ kind: "complete", size, token }] : [];
    const members = page.customerIds.map(customerId => ({ kind: "member", customerId }));
    if (!(await lines.write(...head, ...members, ...end))) return;
  } while (place !== null);
  response.end();
}
