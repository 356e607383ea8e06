import type { Instant } from "../../../../domain/instant.ts";
import type { JsonScalar } from "../../../../domain/json.ts";
import type { Sequence } from "../../../../domain/segment/rule.ts";
import { type FactMatch, factMatch } from "../../../tags/statistic/factMatch.ts";
import type { FieldSource } from "../../../tags/statistic/fieldReader.ts";
import { rowAt, type SelectedRows, tableAt } from "../../../tags/statistic/selectedRows.ts";

/** Facts that share the values of `same`, in order of (occurredAt, position). */
export type StepFacts = {
  readonly times: Instant[];
  /** The bits of the steps each meets; never 0. */
  readonly masks: number[];
  /** Their places among the selected rows. */
  readonly rows: number[];
};

/** Which steps the selected facts meet; grows with them. */
export type StepColumn = { taken: number; readonly groups: Map<string, StepFacts> };

export type TakeSteps = (rows: SelectedRows) => StepColumn;

/** `slot`: where the column is kept among what was derived from the rows. */
export function stepColumn({ steps, same }: Sequence, slot: number): TakeSteps {
  const matches = steps.map(({ facts: { types, where } }, index) => ({
    types: new Set(types),
    match: where === null ? null : factMatch(where),
    bit: 1 << index,
  }));
  return rows => {
    const column = (rows.derived[slot] as StepColumn | undefined) ?? { taken: 0, groups: new Map() };
    rows.derived[slot] = column;
    for (; column.taken < rows.length; column.taken += 1) put(column, rows, column.taken, matches, same);
    return column;
  };
}

type StepMatch = { readonly types: ReadonlySet<string>; readonly match: FactMatch | null; readonly bit: number };

function put(
  { groups }: StepColumn,
  rows: SelectedRows,
  index: number,
  matches: readonly StepMatch[],
  same: readonly string[],
): void {
  const table = tableAt(rows, index);
  const row = rowAt(rows, index);
  let mask = 0;
  for (const { types, match, bit } of matches)
    if (types.has(table.type) && (match === null || match(table, row))) mask |= bit;
  const key = mask === 0 ? null : keyOf(table, row, same);
  if (key === null) return;
  let facts = groups.get(key);
  if (facts === undefined) {
    facts = { times: [], masks: [], rows: [] };
    groups.set(key, facts);
  }
  facts.times.push(rows.times[index] as Instant);
  facts.masks.push(mask);
  facts.rows.push(index);
}

/** Null where the fact lacks one of the fields: it has nothing in common with any. */
function keyOf(source: FieldSource, row: number, same: readonly string[]): string | null {
  if (same.length === 0) return "";
  const values: JsonScalar[] = [];
  for (const field of same) {
    const stored = storedValue(source, row, field);
    if (stored === null) return null;
    values.push(...stored);
  }
  return JSON.stringify(values);
}

/** Money is stored in two parts. */
function storedValue(source: FieldSource, row: number, field: string): readonly JsonScalar[] | null {
  if (field === "occurredAt") return [source.occurredAt(row)];
  const value = source.value(row, field) ?? null;
  if (value !== null) return [value];
  const minorUnits = source.value(row, `${field}.minorUnits`) ?? null;
  return minorUnits === null ? null : [minorUnits, source.value(row, `${field}.currency`) ?? null];
}
