import { Field, ObjectType, registerEnumType } from "type-graphql";
import { faultsInWords } from "../../domain/definition/faultsInWords.ts";
import type { Fault } from "../../domain/fault.ts";
import type { SegmentRefusal } from "../../domain/segment/refusal.ts";
import type { SegmentId } from "../../domain/segment/segment.ts";
import { FaultType } from "../quarantine/faultType.ts";

const SegmentRefusalReason = {
  INVALID: "invalid",
  UNKNOWN_SEGMENT: "unknownSegment",
  UNKNOWN_VERSION: "unknownVersion",
  WRONG_STATUS: "wrongStatus",
  TOO_MANY: "tooMany",
  CONFLICT: "conflict",
} as const satisfies Record<string, Exclude<SegmentRefusal["kind"], "dependents">>;
type SegmentRefusalReason = (typeof SegmentRefusalReason)[keyof typeof SegmentRefusalReason];

registerEnumType(SegmentRefusalReason, {
  name: "SegmentRefusalReason",
  description: "Why something was not done to a segment, or a rule not answered.",
  valuesConfig: {
    INVALID: { description: "What was given is wrong; `faults` say where and how." },
    UNKNOWN_SEGMENT: { description: "There is no segment of this id." },
    UNKNOWN_VERSION: { description: "The segment has no such version." },
    WRONG_STATUS: { description: "Not possible in the state the segment or version is in." },
    TOO_MANY: { description: "More than there may be." },
    CONFLICT: { description: "Others changed the segment at the same time; ask again." },
  },
});

@ObjectType("SegmentRefused", { simpleResolvers: true, description: "It was refused, and nothing was recorded." })
export class SegmentRefused {
  @Field(() => SegmentRefusalReason, { description: "Why, as a code." })
  reason!: SegmentRefusalReason;

  @Field(() => String, { nullable: true, description: "The segment's id, where it is known." })
  segmentId!: string | null;

  @Field(() => String, { description: "Why, and what to do." })
  message!: string;

  @Field(() => [FaultType], {
    description: "All that is wrong with what was given, each with its path: `rule.all[2].tag.atLeast`.",
  })
  faults!: readonly object[];
}

export const segmentRefused = (refusal: Exclude<SegmentRefusal, { kind: "dependents" }>): SegmentRefused => ({
  reason: refusal.kind,
  segmentId: "id" in refusal ? refusal.id : null,
  message: refusal.message,
  faults: refusal.kind === "invalid" ? refusal.faults : [],
});

/** A rule by itself that makes no sense. */
export const invalidRule = (faults: readonly Fault[]): SegmentRefused =>
  segmentRefused({ kind: "invalid", id: null, faults, message: faultsInWords(faults) });

export const nothingInForce = (id: SegmentId): SegmentRefused =>
  segmentRefused({
    kind: "wrongStatus",
    id,
    message: `no version of ${id} is in force: there is nothing to compare with; ask previewSegment about the rule by itself`,
  });
