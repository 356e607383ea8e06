import type { Instant } from "../instant.ts";
import type { Money } from "../money.ts";
import type { Rule } from "../segment/rule.ts";
import type { TagCode } from "../tag/definition.ts";

type Brand<Name extends string> = string & { readonly __brand: Name };
/** Lower-case words joined by hyphens, at most 64 characters: "gold-card". */
export type OfferId = Brand<"OfferId">;
export const OfferId = {
  parse: (raw: string): OfferId | null =>
    raw.length <= 64 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(raw) ? (raw as OfferId) : null,
};
export const offerStream = (id: OfferId): string => `offer-${id}`;

export type OfferDefinition = {
  readonly id: OfferId;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  /** Who may be offered it. */
  readonly eligible: Rule;
  /** What an acceptance is worth. */
  readonly value: Money;
  /** An enumeration or text tag by whose values the offer's success is learned apart; null: for everybody together. */
  readonly tier: TagCode | null;
  /** Half-open [from, until). */
  readonly from: Instant | null;
  readonly until: Instant | null;
};
