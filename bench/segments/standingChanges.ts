import { sameValue, type TagValue } from "../../src/domain/tag/tagValue.ts";
import type { Columns } from "../../src/projections/segments/columns/columns.ts";
import type { ValueChange } from "../../src/projections/segments/standing/standing.ts";
import type { Draw } from "./draw.ts";
import { type BenchTag, benchCustomer, day, now } from "./table.ts";

/**
 * One change of one customer after the other: half of them numbers and amounts, most of which drift a little; a quarter dates that
 * become today; the rest enumerations, booleans and sets. `before` is what stands when its turn comes.
 */
export function drawChanges(
  columns: Columns,
  tags: readonly BenchTag[],
  count: number,
  from: number,
  draw: Draw,
): ValueChange[] {
  const ofKind = (...kinds: readonly string[]): readonly BenchTag[] =>
    tags.filter(({ type }) => kinds.includes(type.kind));
  const numbers = ofKind("money", "number");
  const dates = ofKind("date");
  const enumerations = ofKind("enumeration");
  const booleans = ofKind("boolean");
  const sets = ofKind("set");
  const newest = new Map<string, TagValue>();
  const changes: ValueChange[] = [];
  while (changes.length < count) {
    const row = draw.below(columns.rows());
    const kind = draw.unit();
    const tag = draw.oneOf(
      kind < 0.5 ? numbers : kind < 0.75 ? dates : kind < 0.85 ? enumerations : kind < 0.95 ? booleans : sets,
    );
    const key = `${row} ${tag.code}`;
    const before = newest.has(key) ? (newest.get(key) as TagValue) : (columns.read(tag.code, row) ?? null);
    const after = changed(tag, before, columns.rows(), draw);
    if (sameValue(before, after)) continue;
    newest.set(key, after);
    const position = from + changes.length;
    const origin = { at: position, occurredAt: position, position, cause: "fact" as const, corrected: false };
    changes.push({ row, customerId: benchCustomer(row), code: tag.code, before, after, ...origin });
  }
  return changes;
}

/** What is neither a drift nor a visit of today is a value that some other customer has. */
function changed({ type, valueAt }: BenchTag, before: TagValue, rows: number, draw: Draw): TagValue {
  if (type.kind === "date") return now + Math.floor(draw.below(day) / 1000) * 1000;
  if ((type.kind === "money" || type.kind === "number") && typeof before === "number" && draw.unit() < 0.7)
    return before + Math.round((draw.unit() - 0.5) * 0.1 * before);
  return valueAt(draw.below(rows));
}
