import type { Range } from "../../../projections/readModels.ts";

/** Bounds of a range that has none: beyond every key. */
export const lowest = Number.MIN_SAFE_INTEGER;
export const highest = Number.MAX_SAFE_INTEGER;

/** A list's statement for each direction, written out once. */
export const bothWays = (sql: (order: "ASC" | "DESC") => string): Readonly<Record<Range<0>["direction"], string>> => ({
  forward: sql("ASC"),
  backward: sql("DESC"),
});
