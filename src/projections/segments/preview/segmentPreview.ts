import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { Result } from "../../../domain/result.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";

/** What an answer is of: every fact up to `position`, and none after it, as things are at the instant `at`. */
export type Reflected = { readonly position: Position; readonly at: Instant };

/** Why there is no figure; never a figure that is not exact. */
export type PreviewRefusal =
  /** A tag in the rule could not be evaluated for some customers; null where it is not known which. */
  | {
      readonly kind: "failed";
      readonly code: TagCode | null;
      readonly customers: number;
      readonly examples: readonly CustomerId[];
      readonly message: string;
    }
  /** Values that the rule needs are being filled: ask again. */
  | {
      readonly kind: "filling";
      readonly codes: readonly TagCode[];
      readonly done: number;
      readonly total: number;
      readonly message: string;
    }
  /** It did not come about within the time there is. */
  | { readonly kind: "tooSlow"; readonly seconds: number; readonly message: string }
  /** The rule names what is not there (any more), such as a segment that is not published. */
  | { readonly kind: "unknown"; readonly path: string; readonly message: string };

export type Previewed<Answer> = Promise<Result<Reflected & Answer, PreviewRefusal>>;

export type Reach = {
  readonly channel: string;
  readonly purpose: string;
  readonly reachable: number;
  /** Why not the others: one reason each, the first that applies. */
  readonly withdrawn: number;
  readonly neverGranted: number;
};

/** How the values of a tag are spread inside against everyone; buckets are the same for both. */
export type Portrait = {
  readonly code: TagCode;
  readonly type: ValueType;
  readonly inside: { readonly customers: number; readonly missing: number };
  readonly everyone: { readonly customers: number; readonly missing: number };
  readonly buckets: readonly PortraitBucket[];
};
export type PortraitBucket = {
  /** One value, or a half-open range of numbers, money or dates (null: without an end); values beyond the most frequent ones are together in `others`. */
  readonly of:
    | { readonly kind: "value"; readonly value: TagValue }
    | { readonly kind: "range"; readonly from: number | null; readonly to: number | null }
    | { readonly kind: "others" };
  readonly inside: number;
  readonly everyone: number;
};

/** `rows` are exclusive cursors: members strictly after one, by ascending row. */
export type SegmentPreview = {
  readonly count: (rule: Rule) => Previewed<{ readonly count: number; readonly customers: number }>;
  readonly members: (
    rule: Rule,
    afterRow: number,
    limit: number,
  ) => Previewed<{ readonly members: readonly { readonly row: number; readonly id: CustomerId }[] }>;
  readonly reach: (
    rule: Rule,
    asked: readonly { readonly channel: string; readonly purpose: string }[],
  ) => Previewed<{ readonly count: number; readonly reach: readonly Reach[] }>;
  readonly portrait: (rule: Rule, codes: readonly TagCode[]) => Previewed<{ readonly portraits: readonly Portrait[] }>;
  /** `both[i][j]`: in rule i and in rule j; `both[i][i]` is the size of i. */
  readonly overlap: (rules: readonly Rule[]) => Previewed<{ readonly both: readonly (readonly number[])[] }>;
  readonly top: (
    rule: Rule,
    by: TagCode,
    order: "highest" | "lowest",
    limit: number,
  ) => Previewed<{
    readonly members: readonly { readonly row: number; readonly id: CustomerId; readonly value: TagValue }[];
  }>;
  /** Who would enter and who would leave if `draft` took the place of `live`. */
  readonly rehearse: (
    draft: Rule,
    live: Rule,
    limit: number,
  ) => Previewed<{
    readonly entrants: { readonly count: number; readonly first: readonly CustomerId[] };
    readonly leavers: { readonly count: number; readonly first: readonly CustomerId[] };
    readonly stay: number;
  }>;
  /** Members at a past instant by what was known at `known`, evaluated from the facts; `instants` ascending. */
  readonly asOf: (
    rule: Rule,
    instants: readonly Instant[],
    known: Position | null,
  ) => Previewed<{ readonly sizes: readonly number[] }>;
  readonly membersAsOf: (
    rule: Rule,
    at: Instant,
    known: Position | null,
    afterRow: number,
    limit: number,
  ) => Previewed<{ readonly members: readonly { readonly row: number; readonly id: CustomerId }[] }>;
};
