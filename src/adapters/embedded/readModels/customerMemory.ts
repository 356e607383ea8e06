import { LRUCache } from "lru-cache";
import type { Customer } from "../../../projections/customer/customer.ts";
import type { Activity } from "../../../projections/customer/customerText.ts";

/** How much is remembered, in characters of JSON; in memory it takes a few times that. */
const capacity = 8_000_000;

/**
 * Profiles read lately, for all sessions over one generation: taking a stored one apart costs more than all other reads
 * of a customer together. A profile is the fold of the first `eventCount` events of its stream (of several, since the merge or
 * split at `regroupedAt`) and written together with that count, so where a session's own snapshot shows the activity of a
 * profile remembered, it holds that profile.
 */
export type CustomerMemory = {
  readonly recall: (row: number, activity: Activity) => Customer | null;
  /** `size`: of the stored text, in characters. */
  readonly keep: (row: number, customer: Customer, size: number) => void;
};

export function createCustomerMemory(): CustomerMemory {
  const customers = new LRUCache<number, Customer>({ maxSize: capacity });
  return {
    recall: (row, { lastPosition, lastOccurredAt, eventCount, regroupedAt }) => {
      const known = customers.get(row);
      return known !== undefined &&
        known.eventCount === eventCount &&
        known.lastPosition === lastPosition &&
        known.regroupedAt === regroupedAt &&
        known.lastOccurredAt === lastOccurredAt
        ? known
        : null;
    },
    keep: (row, customer, size) => {
      customers.set(row, customer, { size });
    },
  };
}
