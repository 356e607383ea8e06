import type { CustomerId } from "../../../domain/ids.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { MaybePromise, ReadSession } from "../../../projections/readModels.ts";
import { printToken } from "../../../projections/segments/feed/token.ts";
import { whenReady } from "../../maybePromise.ts";
import { type FeedRefusal, notStanding } from "./readSegmentFeed.ts";

/** Where a snapshot is being read: its sequence, and the row of the last member told. */
export type SnapshotPlace = { readonly sequence: number; readonly row: number };

export type SnapshotPage = {
  readonly segmentId: SegmentId;
  readonly sequence: number;
  readonly token: string;
  readonly size: number;
  readonly customerIds: readonly CustomerId[];
  /** Null where this was the last page. */
  readonly next: SnapshotPlace | null;
};

/**
 * A page of the members after one change: the newest of this session, or that of the page before. Null where the place is none of
 * this feed.
 */
export function readSnapshot(
  session: ReadSession,
  log: string,
  id: SegmentId,
  place: SnapshotPlace | null,
  limit: number,
): MaybePromise<SnapshotPage | FeedRefusal | null> {
  const standing = session.standingSegment(id);
  const epoch = session.segmentEpoch();
  if (standing === null || epoch === null) return notStanding(session, id);
  const { sequence, row } = place ?? { sequence: standing.sequence, row: -1 };
  if (sequence > standing.sequence) return null;
  const rows = session.segmentMembersAt(id, sequence, row, limit + 1);
  const told = rows.slice(0, limit);
  return whenReady(customerIdsAt(session, told), customerIds => ({
    segmentId: id,
    sequence,
    token: printToken({ log, epoch, segment: id, sequence }),
    size: session.segmentSizeAt(id, sequence),
    customerIds,
    next: rows.length > limit ? { sequence, row: told.at(-1) ?? row } : null,
  }));
}

function customerIdsAt(session: ReadSession, rows: readonly number[]): MaybePromise<readonly CustomerId[]> {
  const found = rows.map(row =>
    whenReady(session.customerList({ after: row - 1, before: row + 1, direction: "forward", limit: 1 }), ([view]) => {
      if (view === undefined) throw new Error(`row ${row} is a member of a segment but nobody's`);
      return view.customer.id;
    }),
  );
  return found.some(id => id instanceof Promise) ? Promise.all(found) : (found as readonly CustomerId[]);
}
