import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { ReadModels } from "../../readModels.ts";
import type { SegmentChange, StandingSegment } from "./segmentChange.ts";

/** What a follower is told. Tokens and messages are made of it by whoever serves it. */
export type FeedPage =
  /** The changes that follow, in order and without a gap; `sequence` is that of the last. */
  | {
      readonly kind: "changes";
      readonly epoch: string;
      readonly changes: readonly SegmentChange[];
      readonly sequence: number;
      /** As of the session that they were read in: `sequence` below that of `standing` means that more is there already. */
      readonly standing: StandingSegment;
    }
  /** The feed was begun anew, or ends before what was told: what the follower knows cannot be continued. The last page. */
  | {
      readonly kind: "expired";
      readonly reason: "feedBegunAnew" | "ahead";
      readonly epoch: string;
      readonly standing: StandingSegment;
    }
  /** The segment was archived, and all its changes are told. The last page. */
  | { readonly kind: "ended"; readonly standing: StandingSegment }
  /** There is no such segment in the feed. The last page. */
  | { readonly kind: "unknown" };

export type FollowOptions = {
  /** The epoch of the token; default: that of the first look. */
  readonly epoch?: string;
  /** Changes in one page at most. */
  readonly pageSize?: number;
  /** Ends the following, without a page. */
  readonly signal: AbortSignal;
  /** Comes to an end where the feed does, instead of waiting for what comes. */
  readonly untilCaughtUp?: boolean;
};

/**
 * A segment's changes after a sequence, as pages, as long as the signal is not aborted. A follower is a position and nothing else: no
 * session is held and nothing is read ahead while it is not asked for the next page, and waiting ends with a commit. A generation
 * switch in between is not noticed, since the sequence goes on. Throws what reading throws.
 */
export async function* followFeed(
  models: Pick<ReadModels, "open" | "commits" | "waitForCommit">,
  segment: SegmentId,
  afterSequence: number,
  { epoch, pageSize = 500, signal, untilCaughtUp = false }: FollowOptions,
): AsyncGenerator<FeedPage, undefined, void> {
  let told = afterSequence;
  let expected = epoch ?? null;
  while (!signal.aborted) {
    // Counted before the look: a commit in between wakes at once.
    const seen = models.commits();
    const page = pageAfter(models, segment, told, expected, pageSize);
    if (page.kind === "nothingNew") {
      expected ??= page.epoch;
      if (untilCaughtUp) return;
      await models.waitForCommit(seen, signal);
      continue;
    }
    yield page;
    if (page.kind !== "changes") return;
    [told, expected] = [page.sequence, page.epoch];
  }
}

function pageAfter(
  models: Pick<ReadModels, "open">,
  segment: SegmentId,
  told: number,
  expected: string | null,
  pageSize: number,
): FeedPage | { readonly kind: "nothingNew"; readonly epoch: string } {
  const session = models.open();
  try {
    const standing = session.standingSegment(segment);
    const epoch = session.segmentEpoch();
    if (standing === null || epoch === null) return { kind: "unknown" };
    if (expected !== null && epoch !== expected) return { kind: "expired", reason: "feedBegunAnew", epoch, standing };
    if (told > standing.sequence) return { kind: "expired", reason: "ahead", epoch, standing };
    if (told === standing.sequence)
      return standing.archived ? { kind: "ended", standing } : { kind: "nothingNew", epoch };
    const changes = session.segmentFeed(segment, told, pageSize);
    const last = changes.at(-1);
    if (last === undefined || last.sequence !== told + changes.length)
      throw new Error(`the feed of segment ${segment} has a gap after ${told}`);
    return { kind: "changes", epoch, changes, sequence: last.sequence, standing };
  } finally {
    session.release();
  }
}
