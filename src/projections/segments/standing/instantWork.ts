import type { CustomerId } from "../../../domain/ids.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import { createFlipList, type FlipList } from "./flips/flipList.ts";
import { mergeOrigins, type Origin } from "./origin.ts";

/** What one instant does to one customer. */
export type RowWork = {
  row: number;
  /** Null: nobody has said yet. */
  customerId: CustomerId | null;
  origin: Origin;
  /** Leaves that turned. */
  readonly flips: FlipList;
  /** new: without any value before; returned: with values that nobody told of. */
  arrival: "new" | "returned" | null;
  /** Columns whose value could not be evaluated before, or cannot now. */
  failing: Set<TagCode> | null;
};

export type InstantWork = {
  readonly of: (row: number, origin: Origin) => RowWork;
  readonly count: () => number;
  readonly at: (index: number) => RowWork;
  readonly clear: () => void;
};

const sparesKept = 1000;

export function createInstantWork(): InstantWork {
  /** Those in use come first; they are used again, because to make one at each change would be dear. */
  const works: RowWork[] = [];
  let count = 0;
  /** Most instants are of one customer: only from the second on they are looked up. */
  let byRow = new Map<number, RowWork>();

  const begin = (row: number, origin: Origin): RowWork => {
    let work = works[count];
    if (work === undefined) {
      work = { row, customerId: null, origin, flips: createFlipList(), arrival: null, failing: null };
      works.push(work);
    } else {
      work.row = row;
      work.customerId = null;
      work.origin = origin;
      work.flips.count = 0;
      work.arrival = null;
      work.failing = null;
    }
    if (count === 1) byRow.set((works[0] as RowWork).row, works[0] as RowWork);
    if (count > 0) byRow.set(row, work);
    count += 1;
    return work;
  };

  return {
    of: (row, origin) => {
      const last = works[count - 1];
      const known = count > 0 && last?.row === row ? last : count > 1 ? byRow.get(row) : undefined;
      if (known === undefined) return begin(row, origin);
      known.origin = mergeOrigins(known.origin, origin);
      return known;
    },
    count: () => count,
    at: index => works[index] as RowWork,
    clear: () => {
      if (count > 1) byRow = new Map();
      count = 0;
      if (works.length > sparesKept) works.length = sparesKept;
    },
  };
}
