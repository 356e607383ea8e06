/**
 * What a field of a fact holds, as its schema says it. `open`: whatever the source sent under a name of its own (`details.*`,
 * `attributes.*`): text, number or boolean. decimal: exact decimal text; instant: UTC text; date: YYYY-MM-DD.
 */
export type FieldContent =
  | { readonly kind: "text" }
  | { readonly kind: "enumeration"; readonly values: readonly string[] }
  | { readonly kind: "boolean" | "integer" | "number" | "decimal" | "money" | "date" | "instant" | "open" };

/** The answer to "can a tag ask for this field of this fact type?". */
export type FieldAnswer =
  | { readonly kind: "known"; readonly content: FieldContent }
  /** Kept sealed from tags: personal. */
  | { readonly kind: "sealed" }
  /** Kept out of histories: an id that only tells facts apart. */
  | { readonly kind: "unasked" }
  /** There is no such field; `known` names those there are, open maps as `details.*`. */
  | { readonly kind: "unknown"; readonly known: readonly string[] };

/** What the facts of the catalogue can answer; in their newest versions. */
export type FactFields = {
  /** All fact types, in order of their names. */
  readonly types: readonly string[];
  /** `path` is dotted: "purpose", "details.cds". Null where there is no such fact type. */
  readonly find: (type: string, path: string) => FieldAnswer | null;
};
