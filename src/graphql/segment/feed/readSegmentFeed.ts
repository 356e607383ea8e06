import type { SegmentId } from "../../../domain/segment/segment.ts";
import { type ExpiryReason, type Resync, resume } from "../../../projections/segments/feed/resume.ts";
import type { SegmentChange } from "../../../projections/segments/feed/segmentChange.ts";
import type { SegmentReads } from "../../../projections/segments/feed/segmentTables.ts";
import { printToken, readToken } from "../../../projections/segments/feed/token.ts";

/** Why a segment's changes cannot be followed at all. */
export type FeedRefusalReason = "unknownSegment" | "notPublished" | "malformedToken" | "otherSegment";
export type FeedRefusal = {
  readonly kind: "refused";
  readonly reason: FeedRefusalReason;
  readonly message: string;
};

/** The feed cannot go on from the token: the members at `sequence` are to be taken anew, and then what follows `token`. */
export type FeedExpired = {
  readonly kind: "expired";
  readonly reason: ExpiryReason;
  readonly message: string;
} & Resync;

export type FeedChanges = {
  readonly kind: "changes";
  readonly changes: readonly SegmentChange[];
  /** Of the newest change that is told. */
  readonly sequence: number;
  readonly token: string;
  /** For tokens of the changes in between. */
  readonly epoch: string;
  /** More is there already. */
  readonly more: boolean;
};

export type FeedEnded = { readonly kind: "ended"; readonly sequence: number; readonly token: string };

export type FeedReading = FeedChanges | FeedExpired | FeedEnded | FeedRefusal;

/** Where nothing was told yet: the feed is followed from its newest change on, and its token is told first. */
export const fromNow = "";

type Reads = Pick<SegmentReads, "segmentEpoch" | "standingSegment" | "segmentState" | "segmentFeed">;

/**
 * What follows a place in a segment's feed, by one session; null while nothing does. `place`: a token, or `fromNow`.
 * @param log the id of this system's log
 */
export function readSegmentFeed(
  reads: Reads,
  log: string,
  id: SegmentId,
  place: string,
  pageSize: number,
): FeedReading | null {
  const standing = reads.standingSegment(id);
  const epoch = reads.segmentEpoch();
  if (standing === null || epoch === null) return notStanding(reads, id);
  const { sequence: newest, archived } = standing;
  const tokenAt = (sequence: number): string => printToken({ log, epoch, segment: id, sequence });
  if (place === fromNow)
    return { kind: "changes", changes: [], sequence: newest, token: tokenAt(newest), epoch, more: false };

  const token = readToken(place);
  if (!token.ok) return refused("malformedToken", token.refusal.message);
  if (token.value.segment !== id)
    return refused("otherSegment", `This token is of segment ${token.value.segment}, not of ${id}.`);
  const from = resume(token.value, log, reads);
  if (from.kind === "unknownSegment") return notStanding(reads, id);
  if (from.kind === "expired") return { kind: "expired", reason: from.reason, message: from.message, ...from.resync };
  if (from.sequence === newest) return archived ? { kind: "ended", sequence: newest, token: place } : null;
  const changes = reads.segmentFeed(id, from.sequence, pageSize);
  const last = changes.at(-1)?.sequence;
  if (last !== from.sequence + changes.length || changes.length === 0)
    throw new Error(`the feed of segment ${id} has a gap after ${from.sequence}`);
  return { kind: "changes", changes, sequence: last, token: tokenAt(last), epoch, more: last < newest };
}

/** Why a segment without members kept has nothing to tell. */
export const notStanding = (reads: Pick<SegmentReads, "segmentState">, id: SegmentId): FeedRefusal =>
  reads.segmentState(id) === null
    ? refused("unknownSegment", `There is no segment ${id}.`)
    : refused("notPublished", `The segment ${id} has no members yet: publish it, and wait until they are found.`);

const refused = (reason: FeedRefusalReason, message: string): FeedRefusal => ({ kind: "refused", reason, message });
