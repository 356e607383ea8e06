import type { JsonObject } from "../domain/json.ts";

/** One of a schema's `x-checks`: true of a fact, it puts a flag on it; the fact is taken all the same. */
export type OddityCheck = {
  readonly flag: string;
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
};

const none: readonly string[] = [];

/** Flags of stored data. Dates and instants are compared as texts: their stored forms sort by time. */
export function odditiesOf(checks: readonly OddityCheck[], stored: JsonObject): readonly string[] {
  if (checks.length === 0) return none;
  const flags = checks
    .filter(({ field, before, after }) => {
      const value = stored[field];
      const other = stored[(before ?? after) as string];
      if (typeof value !== "string" || typeof other !== "string") return false;
      return before !== undefined ? value < other : value > other;
    })
    .map(check => check.flag);
  return flags.length === 0 ? none : flags;
}
