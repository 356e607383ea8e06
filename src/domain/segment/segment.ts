import type { Rule } from "./rule.ts";

type Brand<Name extends string> = string & { readonly __brand: Name };
/** Lower-case words joined by hyphens, at most 64 characters: "dormant-gold". */
export type SegmentId = Brand<"SegmentId">;
export const SegmentId = {
  parse: (raw: string): SegmentId | null =>
    raw.length <= 64 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(raw) ? (raw as SegmentId) : null,
};
export const segmentStream = (id: SegmentId): string => `segment-${id}`;

/** An audience; checked against the fact catalogue, the tags and the other segments before it is recorded. */
export type SegmentDefinition = {
  readonly id: SegmentId;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  readonly rule: Rule;
};

/** `version` counts the drafts of one segment from 1. */
export type SegmentVersion = {
  readonly id: SegmentId;
  readonly version: number;
  readonly definition: SegmentDefinition;
};
