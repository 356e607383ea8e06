import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import { counts } from "../../tags/evaluation/newestRow.ts";
import type { RuleSurroundings } from "../../tags/evaluation/ruleSurroundings.ts";
import type { FactTable, History } from "../../tags/history/history.ts";
import { positionAt, rowAt, type SelectedRows, tableAt } from "../../tags/statistic/selectedRows.ts";
import { rowsByField } from "./rowsByField.ts";

/** One fact of a history. */
export type Told = {
  readonly at: Instant;
  readonly position: Position;
  readonly value: (field: string) => JsonScalar | undefined;
};

/** Calls with the facts of one type that name a thing and occurred up to `at`, in order of (occurredAt, position). Gives when the next of them occurs. */
export type EachNaming = (
  history: History,
  name: string,
  moment: { readonly at: Instant; readonly known: Position },
  take: (fact: Told) => void,
) => Instant | null;

/** Facts of a type by what they name in `field`. Ended facts are not among them. */
export function factsNaming(type: string, field: string, { derived, selectionOf }: RuleSurroundings): EachNaming {
  const { plan, columnFor } = selectionOf([type], null);
  const slot = columnFor(["by", field]);
  return (history, name, moment, take) => {
    const table = history.table(type);
    if (table === null) return null;
    if (table.length <= fewRows) return amongFew(table, field, name, moment, take);
    const { at, known } = moment;
    const rows = derived.rowsOf(plan, history, known);
    const found = rowsByField(rows, field, slot).get(name);
    if (found === undefined) return null;
    for (const index of found) {
      const time = rows.times[index] as Instant;
      if (time > at) return time;
      take(toldAt(rows, index, time));
    }
    return null;
  };
}

/** Of so many facts each is asked: an index of them costs more, and stays in memory with the history. */
const fewRows = 8;

function amongFew(
  table: FactTable,
  field: string,
  name: string,
  { at, known }: Parameters<EachNaming>[2],
  take: (fact: Told) => void,
): Instant | null {
  for (let row = 0; row < table.length; row += 1) {
    if (!counts(table, row, known) || table.value(row, field) !== name) continue;
    const time = table.occurredAt(row);
    if (time > at) return time;
    take({ at: time, position: table.position(row), value: field => table.value(row, field) });
  }
  return null;
}

function toldAt(rows: SelectedRows, index: number, at: Instant): Told {
  const table = tableAt(rows, index);
  const row = rowAt(rows, index);
  return { at, position: positionAt(rows, index), value: field => table.value(row, field) };
}
