import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import { counts } from "../../tags/evaluation/newestRow.ts";
import type { RuleSurroundings } from "../../tags/evaluation/ruleSurroundings.ts";
import type { FactTable, History } from "../../tags/history/history.ts";
import { rowAt, tableAt } from "../../tags/statistic/selectedRows.ts";
import { rowsByField } from "./rowsByField.ts";

/** One fact of a history. A class: thousands of them are made each second, for a moment. */
export class Told {
  readonly at: Instant;
  readonly #table: FactTable;
  readonly #row: number;

  constructor(table: FactTable, row: number, at: Instant) {
    this.at = at;
    this.#table = table;
    this.#row = row;
  }
  get position(): Position {
    return this.#table.position(this.#row);
  }
  value(field: string): JsonScalar | undefined {
    return this.#table.value(this.#row, field);
  }
  /** Null where it is no text. */
  text(field: string): string | null {
    const value = this.value(field);
    return typeof value === "string" ? value : null;
  }
}

/** Adds to `found` the facts of one type that name a thing and occurred up to `at`, in order of (occurredAt, position). Gives when the next of them occurs. */
export type FactsNaming = (
  history: History,
  name: string,
  moment: { readonly at: Instant; readonly known: Position },
  found: Told[],
) => Instant | null;

/** Facts of a type by what they name in `field`. Ended facts are not among them. */
export function factsNaming(type: string, field: string, { derived, selectionOf }: RuleSurroundings): FactsNaming {
  const { plan, columnFor } = selectionOf([type], null);
  const slot = columnFor(["by", field]);
  return (history, name, moment, found) => {
    const table = history.table(type);
    if (table === null) return null;
    if (table.length <= fewRows) return amongFew(table, field, name, moment, found);
    const { at, known } = moment;
    const rows = derived.rowsOf(plan, history, known);
    for (const index of rowsByField(rows, field, slot).get(name) ?? none) {
      const time = rows.times[index] as Instant;
      if (time > at) return time;
      found.push(new Told(tableAt(rows, index), rowAt(rows, index), time));
    }
    return null;
  };
}

const none: readonly number[] = [];

/** Of so many facts each is asked: an index of them costs more, and stays in memory with the history. */
const fewRows = 8;

function amongFew(
  table: FactTable,
  field: string,
  name: string,
  { at, known }: Parameters<FactsNaming>[2],
  found: Told[],
): Instant | null {
  for (let row = 0; row < table.length; row += 1) {
    if (!counts(table, row, known) || table.value(row, field) !== name) continue;
    const time = table.occurredAt(row);
    if (time > at) return time;
    found.push(new Told(table, row, time));
  }
  return null;
}
