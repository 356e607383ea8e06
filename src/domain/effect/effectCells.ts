import { type Contribution, contributionsOf } from "./contribution.ts";
import { parseEnrolment } from "./enrolmentText.ts";
import { addAll, type GrowingSums, parseSums, printSums } from "./sums.ts";

export type CellKind = Contribution["kind"];
/** `text` null: the cell is empty and goes. */
export type CellChange = { readonly kind: CellKind; readonly key: string; readonly text: string | null };

/** The cells of one campaign, kept up to date from what becomes of single customers. */
export type EffectCells = {
  /** A customer's enrolment, as text, before and after; null where there is none. In any order, of any number of customers. */
  readonly change: (before: string | null, after: string | null) => void;
  /** Cells that are not what they were when last committed. */
  readonly changes: () => readonly CellChange[];
  readonly committed: () => void;
};

const talliedAtMost = 5_000;

/** Cells are read when they are first touched. `kept`: how many are held on to between commits. */
export function createEffectCells(read: (kind: CellKind, key: string) => string | null, kept = 10_000): EffectCells {
  const cells = { group: new Map<string, GrowingSums>(), day: new Map<string, GrowingSums>() };
  const touched = { group: new Set<string>(), day: new Set<string>() };

  const cellOf = (kind: CellKind, key: string): GrowingSums => {
    let cell = cells[kind].get(key);
    if (cell === undefined) {
      const text = read(kind, key);
      cell = text === null ? new Map() : parseSums(text);
      cells[kind].set(key, cell);
    }
    return cell;
  };
  /** How often each enrolment is to be added, less how often it is to be taken away. A wave leaves thousands of customers with one text. */
  let tally = new Map<string, number>();
  const count = (text: string | null, by: 1 | -1): void => {
    if (text === null) return;
    const times = (tally.get(text) ?? 0) + by;
    if (times === 0) tally.delete(text);
    else tally.set(text, times);
    if (tally.size >= talliedAtMost) takeTally();
  };
  const takeTally = (): void => {
    for (const [text, times] of tally)
      for (const { kind, key, sums } of contributionsOf(parseEnrolment(text))) {
        addAll(cellOf(kind, key), sums, times);
        touched[kind].add(key);
      }
    tally = new Map();
  };

  return {
    change: (before, after) => {
      if (before === after) return;
      count(before, -1);
      count(after, 1);
    },
    changes: () => {
      takeTally();
      return (["group", "day"] as const).flatMap(kind =>
        [...touched[kind]].map(key => {
          const cell = cellOf(kind, key);
          return { kind, key, text: cell.size === 0 ? null : printSums(cell) };
        }),
      );
    },
    committed: () => {
      for (const kind of ["group", "day"] as const) {
        touched[kind] = new Set();
        if (cells[kind].size > kept) cells[kind].clear();
      }
    },
  };
}
