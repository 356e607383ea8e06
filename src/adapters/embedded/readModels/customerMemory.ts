import { LRUCache } from "lru-cache";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Activity } from "../../../projections/customer/customerText.ts";

/** Of what is remembered, in characters as JSON; in memory it takes a few times that. */
const capacity = 8_000_000;
const rowsKept = 20_000;

/**
 * What sessions over one generation have read of customers lately. A customer is the fold of the first `eventCount`
 * events of their stream, and everything stored of them is written together with that count: what one session read is
 * what every session reads whose own snapshot shows the same activity. Only that may be remembered here; what other
 * customers' events can change (who holds an account, who is related to whom) may not.
 */
export type CustomerMemory = {
  /** A customer keeps the row they were given. `find` gives null where the snapshot has none. */
  readonly rowOf: (id: CustomerId, find: () => number | null) => number | null;
  /** `read` also gives the size of the value, in characters. `what` tells it from other values of the customer. */
  readonly recall: <Value extends object>(
    row: number,
    activity: Activity,
    what: string,
    read: () => readonly [value: Value, size: number],
  ) => Value;
};

export function createCustomerMemory(): CustomerMemory {
  const rows = new LRUCache<CustomerId, number>({ max: rowsKept });
  const values = new LRUCache<string, object>({ maxSize: capacity });
  return {
    rowOf: (id, find) => {
      const known = rows.get(id);
      if (known !== undefined) return known;
      const row = find();
      if (row !== null) rows.set(id, row);
      return row;
    },
    recall: <Value extends object>(
      row: number,
      { lastPosition, eventCount }: Activity,
      what: string,
      read: () => readonly [Value, number],
    ) => {
      const key = `${row}/${lastPosition}/${eventCount}/${what}`;
      const known = values.get(key) as Value | undefined;
      if (known !== undefined) return known;
      const [value, size] = read();
      values.set(key, value, { size });
      return value;
    },
  };
}
