import type { Instant } from "../instant.ts";

/**
 * The type of a tag's value. `decimals`: digits after the point that the tag shows; `zone` (IANA) says at whose midnight a
 * calendar date begins.
 */
export type ValueType =
  | { readonly kind: "boolean" }
  | { readonly kind: "enumeration"; readonly values: readonly string[] }
  | { readonly kind: "number"; readonly decimals: number; readonly unit: string | null }
  | { readonly kind: "money"; readonly currency: string }
  | { readonly kind: "date"; readonly zone: string }
  | { readonly kind: "text" }
  | { readonly kind: "set" };

/**
 * A value, or null where the customer has none ("missing" is not false, 0 or ""). Numbers are integers scaled by the type's
 * `decimals`, money is minor units of the type's currency, a date is an instant, a set is sorted and without repeats.
 */
export type TagValue = null | boolean | number | string | Instant | readonly string[];

export const sameValue = (a: TagValue, b: TagValue): boolean =>
  a === b ||
  (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((member, index) => member === b[index]));
