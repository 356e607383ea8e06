import type { JsonObject, JsonValue } from "../domain/json.ts";

/** The same value with the keys of every object sorted, members that are `undefined` left out: its JSON text is canonical. */
export function canonicalValue(value: JsonValue): JsonValue {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(canonicalValue);
  const sorted: Record<string, JsonValue> = {};
  for (const key of Object.keys(value).sort()) {
    const member = (value as JsonObject)[key];
    if (member !== undefined) setMember(sorted, key, canonicalValue(member));
  }
  return sorted;
}

/** Sets an own member even where it is called `__proto__`. */
export function setMember(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key === "__proto__") Object.defineProperty(object, key, { value, enumerable: true, writable: true });
  else object[key] = value;
}

const deepest = 200;

/** Whether a value nests deeper than code that walks it by recursion can be trusted with. Itself walks without recursion. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap(item => (item !== null && typeof item === "object" ? Object.values(item) : []));
  }
  return false;
}
