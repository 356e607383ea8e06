import type { Rule } from "../../../domain/segment/rule.ts";
import { sampleBucket } from "../../../domain/segment/sampleBucket.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { Populations, Surroundings } from "./surroundings.ts";
import { type AskTruth, forGood } from "./truth.ts";

/** The bucket of a customer is the same for ever. */
export const sampleLeaf =
  ({ salt, from, to }: Extract<Rule, { kind: "sample" }>): AskTruth =>
  ({ subject: { customerId }, collector }) => {
    const bucket = sampleBucket(salt, customerId);
    collector?.arithmetic.push(`bucket ${bucket} of 10000`);
    return forGood(bucket >= from && bucket < to);
  };

/** Holds for as long as whoever tells it says nothing else. */
export function snapshotLeaf(
  { segment, at }: Extract<Rule, { kind: "snapshot" }>,
  { populations }: Surroundings,
): AskTruth {
  const { isInSnapshot } = needed(populations, "a snapshot");
  return ({ subject }) => forGood(isInSnapshot(segment, at, subject.customerId));
}

export function topLeaf(top: Extract<Rule, { kind: "top" }>, { populations }: Surroundings): AskTruth {
  const { isAmongTop } = needed(populations, "the best by a tag");
  return ({ subject }) => forGood(isAmongTop(top, subject.customerId));
}

/** Where membership is found by the segment's rule, `compile` makes that ready; null where it stands. */
export function segmentLeaf(id: SegmentId, { populations }: Surroundings, compile: (rule: Rule) => AskTruth): AskTruth {
  const membership = needed(populations, "a segment").segment(id);
  if (membership === null) throw new Error(`there is no segment ${id}`);
  if (membership.kind === "rule") return compile(membership.rule);
  return ({ subject }) => forGood(membership.isMember(subject.customerId));
}

function needed(populations: Populations | null, what: string): Populations {
  if (populations === null) throw new Error(`${what} cannot be asked about here`);
  return populations;
}
