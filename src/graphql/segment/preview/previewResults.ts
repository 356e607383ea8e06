import { type ClassType, createUnionType } from "type-graphql";
import { SegmentRefused } from "../refusalType.ts";
import { OverlapType } from "./overlapType.ts";
import { SegmentPreviewType } from "./previewType.ts";
import { RehearsalType } from "./rehearsalType.ts";
import { SegmentFailed, SegmentFilling, SegmentTooSlow, SegmentUnknown, unansweredTypeName } from "./unansweredType.ts";

/** An answer about an audience, a rule that was refused, or why there is no figure. */
const resultOf = (name: string, answer: ClassType<object>, answerName: string, description: string) =>
  createUnionType({
    name,
    description,
    types: () => [answer, SegmentRefused, SegmentFailed, SegmentFilling, SegmentTooSlow, SegmentUnknown] as const,
    resolveType: value =>
      "position" in value
        ? answerName
        : "reason" in value
          ? "SegmentRefused"
          : unansweredTypeName(value as { readonly kind?: unknown }),
  });

export const SegmentPreviewResult = resultOf(
  "SegmentPreviewResult",
  SegmentPreviewType,
  "SegmentPreview",
  "A preview, or why there is none.",
);
export const SegmentOverlapResult = resultOf(
  "SegmentOverlapResult",
  OverlapType,
  "SegmentOverlap",
  "An overlap, or why there is none.",
);
export const SegmentRehearsalResult = resultOf(
  "SegmentRehearsalResult",
  RehearsalType,
  "SegmentRehearsal",
  "A rehearsal, or why there is none.",
);
