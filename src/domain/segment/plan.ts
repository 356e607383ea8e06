import type { Instant } from "../instant.ts";
import type { TagCode } from "../tag/definition.ts";
import type { SegmentId } from "./segment.ts";

/**
 * A rule as it is worked out over values that are kept of every customer: tags, and conditions kept like tags for the rule's
 * sake. Time has no part in it any more. Opposites are `not`, so a test of a missing value is false throughout.
 */
export type Plan =
  | { readonly kind: "all" | "any"; readonly of: readonly Plan[] }
  | { readonly kind: "not"; readonly of: Plan }
  | { readonly kind: "column"; readonly code: TagCode; readonly test: ColumnTest }
  /** Two columns of the same type; false where either is missing. */
  | {
      readonly kind: "compare";
      readonly left: TagCode;
      readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">=";
      readonly right: TagCode;
    }
  | { readonly kind: "segment"; readonly id: SegmentId }
  | { readonly kind: "snapshot"; readonly segment: SegmentId; readonly at: Instant }
  | { readonly kind: "sample"; readonly salt: string; readonly from: number; readonly to: number }
  | { readonly kind: "top"; readonly count: number; readonly by: TagCode; readonly order: "highest" | "lowest" };

/** A test of one value; false where it is missing. */
export type ColumnTest =
  | { readonly kind: "exists" }
  | { readonly kind: "is"; readonly value: boolean }
  /** Numbers, money, dates: in one of the ranges [from, to), ascending and apart; ends may be infinite. */
  | { readonly kind: "within"; readonly ranges: readonly Range[] }
  /** Text and enumerations. */
  | { readonly kind: "oneOf"; readonly values: readonly string[] }
  | { readonly kind: "contains" | "startsWith" | "endsWith"; readonly text: string }
  /** Sets. */
  | { readonly kind: "holdsAny" | "holdsAll"; readonly values: readonly string[] };
export type Range = { readonly from: number; readonly to: number };
