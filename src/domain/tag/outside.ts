/*
 * A definition as people and machines write it: the same JSON in files under `tags/` and in GraphQL inputs. Where there is a
 * choice, an object has exactly one member, named after what was chosen (`@oneOf` in GraphQL); a choice without
 * parameters is `true`. `parseDefinition` turns it into what the rules work with, `printDefinition` back.
 */

/** "12.30", -5, true, "gold", "2024-02-29", ["a", "b"]: decimals as text or whole JSON numbers, days or RFC 3339 instants as text. */
export type OutsideLiteral = string | number | boolean | readonly string[];

export type OutsideDefinition = {
  readonly code: string;
  readonly name: string;
  /** A path of at most five steps: "behaviour/payments". */
  readonly category: string;
  readonly owner: string;
  readonly description: string;
  readonly type: OutsideValueType;
  /** Default: internal. */
  readonly sensitivity?: "public" | "internal" | "confidential" | "restricted";
  readonly rule: OutsideRule;
};

/** Exactly one member. */
export type OutsideValueType = {
  readonly boolean?: true;
  readonly enumeration?: { readonly values: readonly string[] };
  /** `decimals` 0 to 9, default 0. */
  readonly number?: { readonly decimals?: number; readonly unit?: string };
  readonly money?: { readonly currency: string };
  readonly date?: { readonly zone: string };
  readonly text?: true;
  readonly set?: true;
};

/** Exactly one member. */
export type OutsideRule = {
  readonly attribute?: OutsideAttribute;
  readonly statistic?: { readonly measure: OutsideMeasure; readonly facts: OutsideFacts };
  readonly formula?: OutsideExpression;
  readonly tiers?: {
    readonly tiers: readonly { readonly value: OutsideLiteral; readonly when: OutsideExpression }[];
    /** Default: none, the tag is missing. */
    readonly otherwise?: OutsideLiteral | null;
  };
  readonly relation?: {
    readonly kinds: readonly string[];
    /** Default: both. */
    readonly direction?: "outgoing" | "incoming" | "both";
    readonly measure: "any" | "all" | "count" | "sum";
    readonly of?: string | null;
    /** Default: false. */
    readonly includeSelf?: boolean;
  };
  readonly manual?: true;
  readonly rfm?: {
    readonly output: "recency" | "frequency" | "monetary" | "cell";
    readonly recency: string;
    readonly frequency: string;
    readonly monetary: string;
    /** Default: 5. */
    readonly groups?: number;
    readonly tieSystem?: string | null;
  };
  /** `decimals` default: those of the tag's type. */
  readonly score?: { readonly model: string; readonly decimals?: number };
  readonly lookAlike?: { readonly seed: string; readonly features: readonly string[] };
};

/** Exactly one member. `as` default: after the tag's type. */
export type OutsideAttribute = {
  readonly profile?: { readonly name: string; readonly as?: OutsideForm };
  readonly preference?: { readonly name: string; readonly as?: OutsideForm };
  readonly consent?: { readonly channel: string; readonly purpose: string };
  readonly balance?: { readonly currency: string };
  readonly registeredAt?: true;
  readonly standing?: {
    readonly what: "account" | "card" | "loan" | "standing-order" | "holding" | "relationship";
    readonly where?: OutsideFilter;
  };
};

/** How a field's values are read. Exactly one member. */
export type OutsideForm = {
  readonly text?: true;
  readonly boolean?: true;
  readonly decimal?: { readonly decimals: number };
  readonly money?: { readonly currency: string };
  readonly date?: { readonly zone: string };
};

/** Exactly one member. */
export type OutsideMeasure = {
  readonly count?: true;
  readonly distinctDays?: { readonly zone: string };
} & {
  readonly [Kind in
    | "sum"
    | "average"
    | "minimum"
    | "maximum"
    | "distinct"
    | "first"
    | "last"
    | "mostFrequent"
    | "set"]?: OutsideField;
};

/** `as` default: after the fact's schema and the tag's type. */
export type OutsideField = { readonly field: string; readonly as?: OutsideForm };

export type OutsideFacts = {
  readonly types: readonly string[];
  readonly where?: OutsideFilter;
  /** Default: lifetime. */
  readonly window?: OutsideWindow;
};

/**
 * `all`, `any`, `not`, or `field` with exactly one comparison. `as` says how the field and the literal are read; default: after
 * the fact's schema, and the tag's currency or zone.
 */
export type OutsideFilter = {
  readonly all?: readonly OutsideFilter[];
  readonly any?: readonly OutsideFilter[];
  readonly not?: OutsideFilter;
  readonly field?: string;
  readonly equals?: OutsideScalar;
  readonly in?: readonly OutsideScalar[];
  readonly lessThan?: OutsideScalar;
  readonly atMost?: OutsideScalar;
  readonly moreThan?: OutsideScalar;
  readonly atLeast?: OutsideScalar;
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly exists?: true;
  readonly as?: OutsideForm;
};
export type OutsideScalar = string | number | boolean;

/** Exactly one member. Durations are ISO 8601 in weeks, days, hours, minutes and seconds: "P30D", "PT36H". */
export type OutsideWindow = {
  readonly lifetime?: true;
  readonly rolling?: string;
  readonly ago?: { readonly from: string; readonly to: string };
  /** RFC 3339 instants, or days, which begin in `zone` (default: the zone of the tag's type). */
  readonly absolute?: { readonly from: string; readonly to: string; readonly zone?: string };
  /** `previous` default: 0, the unit that has begun. `current`: that one too, besides the previous ones. */
  readonly calendar?: {
    readonly unit: "day" | "week" | "month" | "quarter" | "year";
    readonly previous?: number;
    readonly current?: boolean;
    readonly zone: string;
  };
};

/** Exactly one member. Comparisons take two operands: left and right. */
export type OutsideExpression = {
  readonly tag?: string;
  readonly number?: string | number;
  readonly money?: { readonly amount: string | number; readonly currency: string };
  readonly boolean?: boolean;
  readonly text?: string;
  readonly date?: { readonly at: string; readonly zone: string };
  readonly set?: readonly string[];
  readonly not?: OutsideExpression;
  readonly exists?: OutsideExpression;
  /** The operand is text, an enumeration or a set; it is, or holds, one of the values. */
  readonly in?: { readonly of: OutsideExpression; readonly values: readonly string[] };
  readonly if?: {
    readonly when: OutsideExpression;
    readonly then: OutsideExpression;
    readonly else: OutsideExpression;
  };
  readonly daysSince?: { readonly of: OutsideExpression; readonly zone: string };
  readonly yearsSince?: { readonly of: OutsideExpression; readonly zone: string };
} & {
  readonly [Kind in
    | "add"
    | "subtract"
    | "multiply"
    | "divide"
    | "minimum"
    | "maximum"
    | "equal"
    | "notEqual"
    | "lessThan"
    | "atMost"
    | "moreThan"
    | "atLeast"
    | "all"
    | "any"
    | "coalesce"]?: readonly OutsideExpression[];
};
