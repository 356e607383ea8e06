import type { Rule } from "../segment/rule.ts";

type Brand<Name extends string> = string & { readonly __brand: Name };
/** Lower-case words joined by hyphens, at most 64 characters: "retail-marketing". */
export type PolicyId = Brand<"PolicyId">;
export const PolicyId = {
  parse: (raw: string): PolicyId | null =>
    raw.length <= 64 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(raw) ? (raw as PolicyId) : null,
};
export const policyStream = (id: PolicyId): string => `policy-${id}`;

/** The rules of contact that campaigns share. */
export type PolicyDefinition = {
  readonly id: PolicyId;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  /** Nobody of whom this is true is contacted, or assigned. */
  readonly suppression: Rule | null;
  /** Customers kept out of all campaigns under this policy: the lowest `share` of 10,000 buckets under `salt`. */
  readonly holdout: { readonly salt: string; readonly share: number } | null;
  /** All of them hold: the most restrictive wins. */
  readonly caps: readonly Cap[];
  readonly quietHours: QuietHours | null;
  /** Purposes for which neither holdout, caps nor quiet hours hold: service messages. Consent and suppression always do. */
  readonly exempt: readonly string[];
};

/**
 * At most `most` contacts in the rolling window (T − within, T]. Counted are sends decided here, when they were decided, and
 * contacts reported from outside (`campaign-contacted`), when they occurred.
 */
export type Cap = {
  /** Channels it counts and holds for; empty: all together. */
  readonly channels: readonly string[];
  /** Purposes it counts and holds for; empty: all together. */
  readonly purposes: readonly string[];
  readonly most: number;
  readonly within: number;
};

/** Local times of day, in minutes after midnight; `from` after `to` goes over midnight. Half-open [from, to). */
export type QuietHours = {
  readonly from: number;
  readonly to: number;
  /** Profile attribute that names the customer's IANA zone; null: everybody lives in `zone`. */
  readonly zoneAttribute: string | null;
  /** Where the customer's is missing or no zone; null: unknown, and so nothing is sent. */
  readonly zone: string | null;
  /** hold: decided anew at the end of the quiet hours; drop: skipped. */
  readonly then: "hold" | "drop";
};
