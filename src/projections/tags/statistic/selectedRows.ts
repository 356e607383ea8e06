import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { FactFilter } from "../../../domain/tag/factSelection.ts";
import type { FactTable, History } from "../history/history.ts";
import { type BoundMatch, bindMatch } from "./boundMatch.ts";
import { type FactMatch, factMatch } from "./factMatch.ts";

/** Facts of these types that meet the condition. Tags with the same selection share one plan and so its rows. */
export type SelectionPlan = {
  readonly slot: number;
  readonly types: readonly string[];
  readonly where: FactFilter | null;
  readonly match: FactMatch | null;
};

export const selectionPlan = (slot: number, types: readonly string[], where: FactFilter | null): SelectionPlan => ({
  slot,
  types: [...new Set(types)],
  where,
  match: where === null ? null : factMatch(where),
});

/** The selected facts of one history, as known at a position, in order of (occurredAt, position). Ended facts are not among them. */
export type SelectedRows = {
  readonly known: Position;
  length: number;
  /** May be longer than `length`. */
  times: readonly Instant[];
  /** Null where row i of the only table is selected fact i. */
  rows: number[] | null;
  /** Which of `tables` each row is from; null where there is one table. */
  origins: number[] | null;
  tables: FactTable[];
  /** How much of each table is taken up. */
  taken: number[];
  disorders: number[];
  /** The highest position that any row of the tables, selected or not, came or ended with. */
  newest: Position;
  /** What was derived from the rows, by column slot; begun anew with them. */
  derived: unknown[];
};

export const noRows = (known: Position): SelectedRows => ({
  known,
  length: 0,
  times: [],
  rows: null,
  origins: null,
  tables: [],
  taken: [],
  disorders: [],
  newest: 0,
  derived: [],
});

export const tableAt = (selected: SelectedRows, index: number): FactTable =>
  selected.tables[selected.origins === null ? 0 : (selected.origins[index] as number)] as FactTable;

export const rowAt = (selected: SelectedRows, index: number): number =>
  selected.rows === null ? index : (selected.rows[index] as number);

export const positionAt = (selected: SelectedRows, index: number): Position =>
  tableAt(selected, index).position(rowAt(selected, index));

/** How many of the rows are before the instant. */
export function rowsBefore({ times, length }: SelectedRows, instant: Instant): number {
  if (length === 0 || (times[length - 1] as Instant) < instant) return length;
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as Instant) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Takes up what came to the tables: only the new rows where they came behind the others, everything anew otherwise. */
export function refresh(selected: SelectedRows, plan: SelectionPlan, history: History): void {
  const { types } = plan;
  if (types.length !== 1) {
    refreshMerged(selected, plan, history);
    return;
  }
  const table = history.table(types[0] as string);
  if (table === null) return;
  if (selected.tables[0] !== table || selected.disorders[0] !== table.disorder) begin(selected, plan, [table]);
  const taken = selected.taken[0] as number;
  if (table.length > taken) takeFrom(selected, plan, table, taken);
}

function refreshMerged(selected: SelectedRows, plan: SelectionPlan, history: History): void {
  const { types } = plan;
  const tables: FactTable[] = [];
  for (const type of types) {
    const table = history.table(type);
    if (table !== null) tables.push(table);
  }
  if (!areTaken(selected, tables)) begin(selected, plan, tables);
  if (areTakenWhole(selected)) return;
  if (!mergeFrom(selected, plan)) {
    begin(selected, plan, tables);
    mergeFrom(selected, plan);
  }
}

function areTaken({ tables, disorders }: SelectedRows, found: readonly FactTable[]): boolean {
  if (found.length !== tables.length) return false;
  for (let index = 0; index < found.length; index += 1) {
    const table = found[index] as FactTable;
    if (table !== tables[index] || table.disorder !== disorders[index]) return false;
  }
  return true;
}

function areTakenWhole({ tables, taken }: SelectedRows): boolean {
  for (let index = 0; index < tables.length; index += 1)
    if ((tables[index] as FactTable).length !== taken[index]) return false;
  return true;
}

function begin(selected: SelectedRows, plan: SelectionPlan, tables: FactTable[]): void {
  const [only] = tables;
  const whole =
    plan.types.length === 1 &&
    plan.match === null &&
    selected.known === Number.POSITIVE_INFINITY &&
    only?.ends() === null;
  selected.length = 0;
  selected.times = whole ? (only as FactTable).times() : [];
  selected.rows = whole ? null : [];
  selected.origins = plan.types.length === 1 ? null : [];
  selected.tables = tables;
  selected.taken = tables.map(() => 0);
  selected.disorders = tables.map(table => table.disorder);
  selected.newest = 0;
  selected.derived = [];
}

function takeFrom(selected: SelectedRows, plan: SelectionPlan, table: FactTable, taken: number): void {
  const { length } = table;
  const positions = table.positions();
  const ends = table.ends();
  selected.taken[0] = length;
  let newest = selected.newest;
  for (let row = taken; row < length; row += 1) {
    newest = Math.max(newest, positions[row] as Position, ends === null ? 0 : (ends[row] as Position));
  }
  selected.newest = newest;
  const { rows, known } = selected;
  if (rows === null) {
    selected.times = table.times();
    selected.length = length;
    return;
  }
  const { match } = plan;
  const bound = boundMatch(plan, table, length - taken);
  const times = table.times();
  const kept = selected.times as Instant[];
  for (let row = taken; row < length; row += 1) {
    if ((positions[row] as Position) > known || (ends !== null && isEnded(ends[row] as Position, known))) continue;
    if (bound !== null ? !bound(row) : match !== null && !match(table, row)) continue;
    rows.push(row);
    kept.push(times[row] as Instant);
  }
  selected.length = rows.length;
}

/** False, with nothing done that counts, where a new row belongs before one that is there. */
function mergeFrom(selected: SelectedRows, plan: SelectionPlan): boolean {
  const { tables, taken, known } = selected;
  const rows = selected.rows as number[];
  const origins = selected.origins as number[];
  const times = selected.times as Instant[];
  const { match } = plan;
  const matches: (BoundMatch | null)[] = [];
  for (let index = 0; index < tables.length; index += 1) {
    const table = tables[index] as FactTable;
    matches.push(boundMatch(plan, table, table.length - (taken[index] as number)));
  }
  let lastTime = rows.length === 0 ? Number.NEGATIVE_INFINITY : (times[times.length - 1] as Instant);
  let lastPosition = rows.length === 0 ? 0 : positionAt(selected, rows.length - 1);
  for (;;) {
    let origin = -1;
    let time = 0;
    let position = 0;
    for (let index = 0; index < tables.length; index += 1) {
      const table = tables[index] as FactTable;
      const row = taken[index] as number;
      if (row >= table.length) continue;
      const at = table.occurredAt(row);
      const place = table.position(row);
      if (origin !== -1 && (at > time || (at === time && place > position))) continue;
      origin = index;
      time = at;
      position = place;
    }
    if (origin === -1) break;
    const table = tables[origin] as FactTable;
    const row = taken[origin] as number;
    taken[origin] = row + 1;
    const end = table.endedBy(row);
    selected.newest = Math.max(selected.newest, position, end);
    if (position > known || isEnded(end, known)) continue;
    const bound = matches[origin] as BoundMatch | null;
    if (bound !== null ? !bound(row) : match !== null && !match(table, row)) continue;
    if (time < lastTime || (time === lastTime && position < lastPosition)) return false;
    lastTime = time;
    lastPosition = position;
    rows.push(row);
    origins.push(origin);
    times.push(time);
  }
  selected.length = rows.length;
  return true;
}

/** Whether a fact with this `endedBy` counts no more as far as `known` tells. */
export const isEnded = (end: Position, known: Position): boolean => end !== 0 && end <= known;

const fewRows = 4;

/** Null where `match` is to be asked: looking up a condition's columns costs more than asking a few rows one by one. */
const boundMatch = ({ where }: SelectionPlan, table: FactTable, rows: number): BoundMatch | null =>
  where === null || rows <= fewRows ? null : bindMatch(where, table);
