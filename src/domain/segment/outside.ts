import type {
  OutsideAttribute,
  OutsideFacts,
  OutsideFilter,
  OutsideMeasure,
  OutsideScalar,
  OutsideValueType,
  OutsideWindow,
} from "../tag/outside.ts";

/*
 * A segment as people and machines write it: the same JSON in files and in GraphQL inputs. Where there is a choice, an object has
 * exactly one member, named after what was chosen (`@oneOf` in GraphQL); a choice without parameters is `true`.
 */

export type OutsideSegment = {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  readonly rule: OutsideSegmentRule;
};

/** Exactly one member. */
export type OutsideSegmentRule = {
  readonly all?: readonly OutsideSegmentRule[];
  readonly any?: readonly OutsideSegmentRule[];
  readonly not?: OutsideSegmentRule;
  readonly tag?: { readonly code: string } & OutsideTest;
  readonly attribute?: { readonly of: OutsideAttribute; readonly type: OutsideValueType } & OutsideTest;
  /** `type` default: number without decimals for count, distinct and distinctDays; else it has to be said. */
  readonly measure?: {
    readonly of: OutsideMeasure;
    readonly facts: OutsideFacts;
    readonly type?: OutsideValueType;
  } & OutsideTest;
  readonly did?: OutsideDid;
  readonly didNot?: OutsideDid;
  readonly first?: OutsideFacts;
  readonly regularly?: OutsideKinds & {
    readonly unit: "day" | "week" | "month" | "quarter" | "year";
    readonly zone: string;
    readonly periods: number;
    readonly atLeast: number;
  };
  /** `times` default: 1. */
  readonly stopped?: OutsideKinds & { readonly active: string; readonly times?: number; readonly quiet: string };
  readonly restarted?: OutsideKinds & { readonly recent: string; readonly quiet: string };
  readonly sequence?: {
    readonly steps: readonly (OutsideKinds & { readonly absent?: boolean })[];
    /** Default: lifetime. */
    readonly window?: OutsideWindow;
    readonly minGap?: string;
    readonly maxGap?: string;
    readonly within?: string;
    readonly same?: readonly string[];
  };
  readonly relation?: {
    readonly kinds: readonly string[];
    /** Default: both. */
    readonly direction?: "outgoing" | "incoming" | "both";
    /** Exactly one of these four. */
    readonly any?: OutsideSegmentRule;
    readonly all?: OutsideSegmentRule;
    readonly none?: OutsideSegmentRule;
    readonly atLeast?: { readonly count: number; readonly where: OutsideSegmentRule };
  };
  readonly segment?: string;
  readonly list?: string;
  /** `at`: RFC 3339. */
  readonly snapshot?: { readonly segment: string; readonly at: string };
  /** Either `percent` ("12.5", of the lowest buckets) or `buckets`, a half-open range of the 10,000. */
  readonly sample?: {
    readonly salt: string;
    readonly percent?: string | number;
    readonly buckets?: { readonly from: number; readonly to: number };
  };
  /** Exactly one of `highest` and `lowest`: the code of the tag. */
  readonly top?: { readonly count: number; readonly highest?: string; readonly lowest?: string };
};

/** Exactly one member, beside those of the subject. Days and instants for dates, decimals as text. */
export type OutsideTest = {
  readonly equals?: OutsideScalar;
  readonly notEquals?: OutsideScalar;
  readonly in?: readonly OutsideScalar[];
  readonly notIn?: readonly OutsideScalar[];
  readonly lessThan?: OutsideScalar;
  readonly atMost?: OutsideScalar;
  readonly moreThan?: OutsideScalar;
  readonly atLeast?: OutsideScalar;
  readonly between?: { readonly from: OutsideScalar; readonly to: OutsideScalar };
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly containsAny?: readonly string[];
  readonly containsAll?: readonly string[];
  readonly containsNone?: readonly string[];
  readonly exists?: true;
  readonly missing?: true;
  /** ISO 8601 durations: "P30D". */
  readonly withinLast?: string;
  readonly withinNext?: string;
  readonly olderThan?: string;
  readonly onDay?: string;
  readonly anniversary?: { readonly days: number };
  readonly compareTo?: {
    readonly operator: "equal" | "notEqual" | "lessThan" | "atMost" | "moreThan" | "atLeast";
    readonly tag: string;
  };
};

export type OutsideKinds = { readonly types: readonly string[]; readonly where?: OutsideFilter };
/** `times` default: 1. */
export type OutsideDid = OutsideFacts & { readonly times?: number };
