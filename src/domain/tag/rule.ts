import type { EnrolmentRule } from "../effect/enrolmentRule.ts";
import type { JsonScalar } from "../json.ts";
import type { Rule } from "../segment/rule.ts";
import type { TagCode } from "./definition.ts";
import type { FactFilter, FactSelection, FieldForm } from "./factSelection.ts";
import type { TagValue, ValueType } from "./tagValue.ts";

/** What is measured on a field of the selected facts. `occurredAt` is a field that every fact has. */
export type Measure =
  | { readonly kind: "count" }
  /** Local calendar days in `zone` with at least one selected fact. */
  | { readonly kind: "distinctDays"; readonly zone: string }
  | {
      readonly kind: "sum" | "average" | "minimum" | "maximum" | "distinct" | "first" | "last" | "mostFrequent" | "set";
      readonly field: string;
      readonly form: FieldForm;
    };
/*
 * first and last are in order of (occurredAt, position); mostFrequent: ties go to the value seen last; average is rounded half
 * to even at the tag's decimals. Facts without the field do not count. Without facts count, distinct and sum are 0, the others missing.
 */

/** What stands at T of the things facts set and end: accounts, cards, loans, standing orders, holdings, relationships. */
export type Standing = "account" | "card" | "loan" | "standing-order" | "holding" | "relationship";

export type AttributeSource =
  /** A profile attribute: what customer-registered and customer-attributes-changed say, newest occurredAt first. */
  | { readonly kind: "attribute"; readonly name: string; readonly form: FieldForm }
  | { readonly kind: "preference"; readonly name: string; readonly form: FieldForm }
  /** Boolean: granted and not withdrawn; missing while nothing was said. */
  | { readonly kind: "consent"; readonly channel: string; readonly purpose: string }
  /** Sum of the balances, at T, of all the customer's accounts in the currency; missing without any. */
  | { readonly kind: "balance"; readonly currency: string }
  | { readonly kind: "registeredAt" }
  | { readonly kind: "standing"; readonly what: Standing; readonly where: FactFilter | null };

/**
 * Arithmetic, comparison and logic over other tags of the same customer; exact, rounded half to even once at the end. Anything
 * missing in an operand makes the result missing, but for `coalesce` and `exists`, and `any` is true if one part is, `all`
 * false if one is, whatever else is missing. Dividing by zero gives missing.
 */
export type Expression =
  | { readonly kind: "tag"; readonly code: TagCode }
  /** A constant, in the scale of the type it says. */
  | { readonly kind: "value"; readonly value: JsonScalar | readonly string[]; readonly type: ValueType }
  | {
      readonly kind: "add" | "subtract" | "multiply" | "divide" | "minimum" | "maximum";
      readonly of: readonly Expression[];
    }
  | {
      readonly kind: "compare";
      readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">=";
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "all" | "any"; readonly of: readonly Expression[] }
  | { readonly kind: "not" | "exists"; readonly of: Expression }
  | { readonly kind: "in"; readonly of: Expression; readonly values: readonly JsonScalar[] }
  | { readonly kind: "if"; readonly when: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: "coalesce"; readonly of: readonly Expression[] }
  /** Whole local calendar days, or completed years, from the date to T. */
  | { readonly kind: "daysSince" | "yearsSince"; readonly of: Expression; readonly zone: string };

export type TagRule =
  | { readonly kind: "attribute"; readonly source: AttributeSource }
  | { readonly kind: "statistic"; readonly measure: Measure; readonly facts: FactSelection }
  | { readonly kind: "formula"; readonly expression: Expression }
  /** The value of the first tier whose condition is true; `otherwise` (may be null) when none is. */
  | {
      readonly kind: "tiers";
      readonly tiers: readonly { readonly value: TagValue; readonly when: Expression }[];
      readonly otherwise: TagValue;
    }
  /** Over the customers related to this one at T, one level deep, by their own tags. `any`/`all`: `of` is a boolean tag; missing counts as false. Of nobody: any false, all true, count and sum 0. */
  | {
      readonly kind: "relation";
      readonly kinds: readonly string[];
      readonly direction: "outgoing" | "incoming" | "both";
      readonly measure: "any" | "all" | "count" | "sum";
      /** Null only for count: all related customers are counted, else those for whom the tag is true. */
      readonly of: TagCode | null;
      readonly includeSelf: boolean;
    }
  /** Set by hand: the newest assignment that has not expired. */
  | { readonly kind: "manual" }
  /** Recomputed over the whole population at each refresh and constant between them. */
  | {
      readonly kind: "rfm";
      readonly output: "recency" | "frequency" | "monetary" | "cell";
      readonly recency: TagCode;
      readonly frequency: TagCode;
      readonly monetary: TagCode;
      readonly groups: number;
      /** Ties in a value are broken by this system's id of the customer, in natural order; customers without one come last, by customer id. */
      readonly tieSystem: string | null;
    }
  /** The newest score that a model outside reported (`score-reported` facts). */
  | { readonly kind: "score"; readonly model: string; readonly decimals: number }
  /** Likeness to the customers of a seed list, 0 to 1, fitted at each refresh. */
  | { readonly kind: "lookAlike"; readonly seed: TagCode; readonly features: readonly TagCode[] }
  /** Boolean: whether a segment's rule is true of the customer. Kept for the sake of segments only, so that it has no outside form and is never recorded. */
  | { readonly kind: "condition"; readonly rule: Rule }
  /** Text: what a campaign has to say about the customer. Kept for the sake of effects only, like a condition. */
  | EnrolmentRule;
