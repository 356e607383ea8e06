import type { TagCode } from "../../../domain/tag/definition.ts";
import { mergeOrigins, type Origin } from "./origin.ts";

/** What one instant does to one customer. */
export type RowWork = {
  readonly row: number;
  origin: Origin;
  /** Leaves that turned, as `flipOf` writes them. */
  readonly flips: number[];
  /** new: without any value before; returned: with values that nobody told of. */
  arrival: "new" | "returned" | null;
  /** Columns whose value could not be evaluated before, or cannot now. */
  failing: Set<TagCode> | null;
};

export type InstantWork = {
  readonly of: (row: number, origin: Origin) => RowWork;
  readonly all: () => Iterable<RowWork>;
  readonly isOpen: () => boolean;
  readonly clear: () => void;
};

export function createInstantWork(): InstantWork {
  const works = new Map<number, RowWork>();
  // Changes of one customer stand together mostly, and most instants are of one customer.
  let last: RowWork | null = null;
  return {
    of: (row, origin) => {
      let work = last?.row === row ? last : works.get(row);
      if (work === undefined) {
        work = { row, origin, flips: [], arrival: null, failing: null };
        works.set(row, work);
      } else work.origin = mergeOrigins(work.origin, origin);
      last = work;
      return work;
    },
    all: () => works.values(),
    isOpen: () => works.size > 0,
    clear: () => {
      works.clear();
      last = null;
    },
  };
}
