import type { Instant } from "../instant.ts";
import type { TagCode } from "../tag/definition.ts";
import type { FactFilter, FactSelection } from "../tag/factSelection.ts";
import type { AttributeSource, Measure } from "../tag/rule.ts";
import type { ValueType } from "../tag/tagValue.ts";
import type { CalendarUnit, Window } from "../tag/window.ts";
import type { SegmentId } from "./segment.ts";

/**
 * Who belongs: true or false of every customer at every instant T. There are no other truths: a test of what is missing is
 * false, and `not` of it true. What could not be evaluated is neither, and never counted as one of them.
 */
export type Rule =
  /** Of nothing: `all` is true, `any` false; definitions have at least one part. */
  | { readonly kind: "all" | "any"; readonly of: readonly Rule[] }
  | { readonly kind: "not"; readonly of: Rule }
  | { readonly kind: "value"; readonly subject: Subject; readonly test: Test }
  | EventLeaf
  | { readonly kind: "sequence"; readonly sequence: Sequence }
  /** Customers related at T, one level deep; `where` holds of each by its own tags and facts. Of nobody: any false, all and none true. */
  | {
      readonly kind: "relation";
      readonly kinds: readonly string[];
      readonly direction: "outgoing" | "incoming" | "both";
      readonly quantifier: "any" | "all" | "none" | { readonly atLeast: number };
      readonly where: Rule;
    }
  /** Members of a published segment, at T. */
  | { readonly kind: "segment"; readonly id: SegmentId }
  /** A list uploaded by hand: a manual boolean tag. */
  | { readonly kind: "list"; readonly code: TagCode }
  /** Who was a member at that instant, as it was recorded then; the same for good. */
  | { readonly kind: "snapshot"; readonly segment: SegmentId; readonly at: Instant }
  /** Customers whose bucket is in [from, to), of 10,000 buckets: see `sampleBucket`. */
  | { readonly kind: "sample"; readonly salt: string; readonly from: number; readonly to: number }
  /** The n customers with the highest or lowest value of a number, money or date tag; ties go to whom the log met first. */
  | { readonly kind: "top"; readonly count: number; readonly by: TagCode; readonly order: "highest" | "lowest" };

/** What a test is about. `type` is that of the value it gives. */
export type Subject =
  | { readonly kind: "tag"; readonly code: TagCode; readonly type: ValueType }
  | { readonly kind: "attribute"; readonly source: AttributeSource; readonly type: ValueType }
  | { readonly kind: "measure"; readonly measure: Measure; readonly facts: FactSelection; readonly type: ValueType };

/** A value in the scale of the subject's type: minor units, decimals scaled, instants. */
export type Scalar = boolean | number | string;

/**
 * `notEquals`, `notIn` and `containsNone` are the opposites of `equals`, `in` and `containsAny`, and so true of what is
 * missing; everything else but `missing` is false of it. Lengths are milliseconds.
 */
export type Test =
  | { readonly kind: "equals" | "notEquals"; readonly value: Scalar }
  /** Of a set: it holds any of them. */
  | { readonly kind: "in" | "notIn"; readonly values: readonly Scalar[] }
  | { readonly kind: "lessThan" | "atMost" | "moreThan" | "atLeast"; readonly value: number }
  /** Both ends belong to it. */
  | { readonly kind: "between"; readonly from: number; readonly to: number }
  /** Of text and enumerations, by code units, upper and lower case told apart. */
  | { readonly kind: "contains" | "startsWith" | "endsWith"; readonly text: string }
  | { readonly kind: "containsAny" | "containsAll" | "containsNone"; readonly values: readonly string[] }
  | { readonly kind: "exists" | "missing" }
  /** Dates in (T − length, T], in (T, T + length], and up to T − length. */
  | { readonly kind: "withinLast" | "withinNext" | "olderThan"; readonly length: number }
  /** The local day of the date, in the subject's zone; `day` as "2024-02-29". */
  | { readonly kind: "onDay"; readonly day: string }
  /** A yearly return of the date's day falls on today or one of the next `days` local days; 29 February returns on 28 in other years. */
  | { readonly kind: "anniversary"; readonly days: number }
  /** With another tag of the same type; false where either is missing. */
  | { readonly kind: "compareTo"; readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">="; readonly code: TagCode };

/** Facts of some types that meet a condition, whenever they occurred. */
export type Facts = { readonly types: readonly string[]; readonly where: FactFilter | null };

export type EventLeaf =
  /** At least `times` such facts in their window; `didNot`: fewer. */
  | { readonly kind: "did" | "didNot"; readonly facts: FactSelection; readonly times: number }
  /** The first such fact ever lies in the window of `facts`. */
  | { readonly kind: "first"; readonly facts: FactSelection }
  /** In at least `atLeast` of the last `periods` whole calendar units before the one that has begun. */
  | {
      readonly kind: "regularly";
      readonly facts: Facts;
      readonly unit: CalendarUnit;
      readonly zone: string;
      readonly periods: number;
      readonly atLeast: number;
    }
  /** At least `times` in (T − quiet − active, T − quiet], none in (T − quiet, T]. */
  | {
      readonly kind: "stopped";
      readonly facts: Facts;
      readonly active: number;
      readonly times: number;
      readonly quiet: number;
    }
  /** One in (T − recent, T], none in (T − recent − quiet, T − recent], and one before that. */
  | { readonly kind: "restarted"; readonly facts: Facts; readonly recent: number; readonly quiet: number };

/**
 * Facts that follow one another, in order of (occurredAt, position): one for each step that is not `absent`, all in the window,
 * consecutive ones at least `minGap` and at most `maxGap` apart, the last at most `within` after the first. An absent step: no such fact
 * between the one before and the one after it (strictly, in the same order); at the end: none after it up to T, or up to
 * and including `maxGap` after it where that is said, and then only once that much time has gone by. It is never the first step.
 */
export type Sequence = {
  readonly steps: readonly SequenceStep[];
  readonly window: Window;
  /** Between facts of one instant there is no time at all: any `minGap` asks for another instant. */
  readonly minGap: number | null;
  readonly maxGap: number | null;
  readonly within: number | null;
  /** Fields that have one and the same stored value in the facts of all steps that are not absent; absent ones are looked for with it. */
  readonly same: readonly string[];
};
export type SequenceStep = { readonly facts: Facts; readonly absent: boolean };
