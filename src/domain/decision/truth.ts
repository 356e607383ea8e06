/** What became of a rule for one customer. A rule that failed says why, and is never taken for either answer. */
export type Truth = boolean | { readonly unknown: string };

export const isUnknown = (truth: Truth): truth is { readonly unknown: string } => typeof truth !== "boolean";
