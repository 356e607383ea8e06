import type { JsonObject, JsonValue } from "../domain/json.ts";

/** Dotted paths of the values that differ between two JSON values, in order; a list counts as one value. */
export function changedPaths(before: JsonValue | undefined, after: JsonValue | undefined, at = ""): string[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap(name => changedPaths(before[name], after[name], at === "" ? name : `${at}.${name}`));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [at];
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
