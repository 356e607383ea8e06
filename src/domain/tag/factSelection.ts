import type { JsonScalar } from "../json.ts";
import type { Window } from "./window.ts";

/** A condition on one fact. `field` is a dotted path into its stored data ("purpose", "details.cds", "amount.currency"). */
export type FactFilter =
  | { readonly kind: "all" | "any"; readonly of: readonly FactFilter[] }
  | { readonly kind: "not"; readonly of: FactFilter }
  | { readonly kind: "in"; readonly field: string; readonly values: readonly JsonScalar[] }
  /** Money is compared in minor units of `currency`; a fact in another currency does not match. */
  | {
      readonly kind: "compare";
      readonly field: string;
      readonly operator: "<" | "<=" | ">" | ">=";
      readonly value: number | string;
      readonly as: FieldForm;
    }
  | {
      readonly kind: "text";
      readonly field: string;
      readonly operator: "contains" | "startsWith" | "endsWith";
      readonly value: string;
    }
  | { readonly kind: "exists"; readonly field: string };

/**
 * How a field's stored value is read. decimal: number or decimal text, scaled by 10^`decimals` (more digits are rounded half
 * to even); money: `{minorUnits, currency}` of that currency, in minor units; date: YYYY-MM-DD or an instant's text.
 */
export type FieldForm =
  | { readonly kind: "text" }
  | { readonly kind: "boolean" }
  | { readonly kind: "decimal"; readonly decimals: number }
  | { readonly kind: "money"; readonly currency: string }
  | { readonly kind: "date"; readonly zone: string };

/** The facts of a customer that a statistic looks at. Reversed and corrected facts never count. */
export type FactSelection = {
  /** Fact types; a fact of any of them is looked at. */
  readonly types: readonly string[];
  readonly where: FactFilter | null;
  readonly window: Window;
};
