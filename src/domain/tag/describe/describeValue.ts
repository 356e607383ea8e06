import { printValue } from "../print/printValue.ts";
import type { Standards } from "../standards.ts";
import type { TagValue, ValueType } from "../tagValue.ts";

/** A value for people: "12.30 CZK", "30 days", "gold", "missing". */
export function describeValue(value: TagValue, type: ValueType, standards: Standards): string {
  if (value === null) return "missing";
  const literal = printValue(value, type, standards);
  if (Array.isArray(literal)) return `{${literal.join(", ")}}`;
  if (type.kind === "money") return `${literal} ${type.currency}`;
  return type.kind === "number" && type.unit !== null ? `${literal} ${type.unit}` : String(literal);
}

const mostNamed = 10;

/** "a, b or c"; long lists are cut short. */
export function listed(words: readonly string[], joint: "and" | "or"): string {
  if (words.length > mostNamed)
    return `${words.slice(0, mostNamed).join(", ")} ${joint} ${words.length - mostNamed} more`;
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${joint} ${words.at(-1)}`;
}

export const numbered = (noun: string, count: number): string => (count === 1 ? noun : `${noun}s`);
