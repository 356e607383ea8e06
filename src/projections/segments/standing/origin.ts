import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { SegmentCause } from "../feed/segmentChange.ts";

/** What brought a change of membership about; the fields are those of `SegmentChange`. */
export type Origin = {
  readonly cause: SegmentCause;
  readonly position: Position;
  readonly at: Instant;
  readonly occurredAt: Instant;
  readonly corrected: boolean;
};

const weight: Readonly<Record<SegmentCause, number>> = {
  merge: 5,
  fact: 4,
  clock: 3,
  backfill: 2,
  definition: 1,
  rebuild: 0,
};

/**
 * What several changes of one instant have brought about together: the cause that explains most (a merge before a fact before the
 * clock), the newest position, and a correction where one of them is one. `occurredAt` is then the earliest of the corrections,
 * because what was told since that moment was not so; else that of the newest position.
 */
export function mergeOrigins(a: Origin, b: Origin): Origin {
  if (a === b || sameOrigin(a, b)) return a;
  const [older, newer] = b.position >= a.position ? [a, b] : [b, a];
  const corrections = [older, newer].filter(({ corrected }) => corrected);
  return {
    cause: weight[b.cause] > weight[a.cause] ? b.cause : a.cause,
    position: newer.position,
    at: Math.max(a.at, b.at),
    occurredAt:
      corrections.length > 0 ? Math.min(...corrections.map(({ occurredAt }) => occurredAt)) : newer.occurredAt,
    corrected: corrections.length > 0,
  };
}

const sameOrigin = (a: Origin, b: Origin): boolean =>
  a.position === b.position &&
  a.cause === b.cause &&
  a.at === b.at &&
  a.occurredAt === b.occurredAt &&
  a.corrected === b.corrected;
