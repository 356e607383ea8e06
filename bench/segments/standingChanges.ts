import type { CustomerId } from "../../src/domain/ids.ts";
import type { TagValue } from "../../src/domain/tag/tagValue.ts";
import type { Columns } from "../../src/projections/segments/columns/columns.ts";
import type { ValueChange } from "../../src/projections/segments/standing/standing.ts";
import type { Draw } from "./draw.ts";
import { type BenchColumn, benchColumns, benchNow } from "./standingTable.ts";

const ofKind = (...kinds: readonly string[]): readonly BenchColumn[] =>
  benchColumns.filter(({ type }) => kinds.includes(type.kind));
const [flags, enumerations, amounts, dates, sets] = [
  ofKind("boolean"),
  ofKind("enumeration"),
  ofKind("money"),
  ofKind("date"),
  ofKind("set"),
];

/**
 * One change of one customer after the other: half of them amounts, most of which drift a little; a quarter dates that become
 * today; the rest flags, enumerations and sets. `before` is what stands when its turn comes.
 */
export function drawChanges(
  columns: Columns,
  customers: number,
  count: number,
  from: number,
  draw: Draw,
): ValueChange[] {
  const newest = new Map<string, TagValue>();
  const changes: ValueChange[] = [];
  while (changes.length < count) {
    const row = draw.below(customers);
    const kind = draw.unit();
    const column = draw.oneOf(
      kind < 0.5 ? amounts : kind < 0.75 ? dates : kind < 0.85 ? enumerations : kind < 0.95 ? flags : sets,
    );
    const key = `${row} ${column.code}`;
    const before = newest.has(key) ? (newest.get(key) as TagValue) : (columns.read(column.code, row) ?? null);
    const after = changed(column, before, draw);
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    newest.set(key, after);
    const position = from + changes.length;
    const customerId = columns.idAt(row) as CustomerId;
    const origin = { at: position, occurredAt: position, position, cause: "fact" as const, corrected: false };
    changes.push({ row, customerId, code: column.code, before, after, ...origin });
  }
  return changes;
}

function changed({ type, value }: BenchColumn, before: TagValue, draw: Draw): TagValue {
  if (type.kind === "date") return benchNow + draw.below(86_400_000);
  if (type.kind === "money" && typeof before === "number" && draw.unit() < 0.7)
    return before + Math.floor((draw.unit() - 0.5) * 0.1 * before);
  return value(draw, draw.unit());
}
