import type { SegmentReads } from "./segmentTables.ts";
import { type FeedToken, printToken } from "./token.ts";

/**
 * otherLog: given out by another system, or before its log was replaced; feedBegunAnew: the feed could not be carried over into
 * rebuilt read models; ahead: it tells of changes that this feed does not have (yet), as after an older backup was restored.
 */
export type ExpiryReason = "otherLog" | "feedBegunAnew" | "ahead";

/** Take the members at `sequence`, forget what was known before, and go on with `token`. */
export type Resync = { readonly sequence: number; readonly size: number; readonly token: string };

export type Resumption =
  | { readonly kind: "from"; readonly sequence: number }
  | {
      readonly kind: "expired";
      readonly reason: ExpiryReason;
      readonly message: string;
      readonly resync: Resync;
    }
  /** The segment has no feed: it was never published, or not yet according to these read models. */
  | { readonly kind: "unknownSegment"; readonly message: string };

/** Whether a reader can go on after a token, by one session; `log`: the id of this system's log. */
export function resume(
  token: FeedToken,
  log: string,
  reads: Pick<SegmentReads, "segmentEpoch" | "standingSegment">,
): Resumption {
  const standing = reads.standingSegment(token.segment);
  const epoch = reads.segmentEpoch();
  if (standing === null || epoch === null)
    return {
      kind: "unknownSegment",
      message: `the segment ${token.segment} has no changes to tell: it is not published`,
    };
  const { id: segment, sequence, size } = standing;
  const expired = (reason: ExpiryReason, message: string): Resumption => ({
    ...{ kind: "expired", reason, message: `${message}; take the members anew and go on from there` },
    resync: { sequence, size, token: printToken({ log, epoch, segment, sequence }) },
  });
  if (token.log !== log) return expired("otherLog", "this token is of another log");
  if (token.epoch !== epoch)
    return expired("feedBegunAnew", "the changes were begun anew since this token was given out");
  if (token.sequence > sequence)
    return expired("ahead", `this token is of change ${token.sequence}, but there are only ${sequence}`);
  return { kind: "from", sequence: token.sequence };
}
