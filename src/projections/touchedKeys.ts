import { type CustomerId, customerOfStream } from "../domain/ids.ts";
import { indexChanges } from "./indexRows.ts";
import type { ReadModelChanges } from "./readModelStore.ts";

/*
 * What a read depends on, by name. A commit touches the keys of all that it changes, so that a reader who knows the keys
 * touched since a snapshot knows which of its reads could differ now.
 */

/** The profile, timeline and entries of a customer, whether they are degraded, and whether they are known at all. */
export const customerKey = (id: CustomerId): string => `customer ${id}`;
export const identityKey = (system: string, id: string): string => `identity ${JSON.stringify([system, id])}`;
/** Who claims an account, and so who holds it. */
export const claimsKey = (ref: string): string => `claims ${ref}`;
/** Who says they are related to a customer, or have something to do with an account: `customerTarget`, `accountTarget`. */
export const relationsKey = (target: string): string => `relations ${target}`;

/** Beyond so many customers a commit is told as touching everything: nobody asks for single answers in between then. */
const mostCustomers = 200;

/** The keys a commit touches; null for all there are. */
export function touchedKeys({ customers, poisoned, mended, merges }: ReadModelChanges): readonly string[] | null {
  // Who is one person with whom changes what is shown of everybody related to them.
  if (merges.length > 0) return null;
  if (customers.length + poisoned.length + mended.length > mostCustomers) return null;
  const keys = new Set<string>();
  for (const { before, after } of customers) {
    keys.add(customerKey(after.id));
    const { identities, accounts, relations } = indexChanges(before, after);
    for (const { system, id } of [...identities.added, ...identities.removed]) keys.add(identityKey(system, id));
    for (const { ref } of [...accounts.added, ...accounts.removed]) keys.add(claimsKey(ref));
    for (const { target } of [...relations.added, ...relations.removed]) keys.add(relationsKey(target));
  }
  for (const stream of [...poisoned.map(poison => poison.stream), ...mended]) {
    const id = customerOfStream(stream);
    if (id !== null) keys.add(customerKey(id));
  }
  return [...keys];
}

/** Which snapshot first showed the newest touch of each key. Snapshots are numbered from 1 in the order they are taken. */
export type Touches = {
  /** `keys`: touched by commits that this snapshot shows and the one before did not; null for everything. */
  readonly shown: (snapshot: number, keys: readonly string[] | null) => void;
  /** Whether one of the keys may have been touched after that snapshot. */
  readonly after: (keys: readonly string[], snapshot: number) => boolean;
};

/** @param most keys remembered; beyond, everything counts as touched once */
export function createTouches(most = 100_000): Touches {
  const newest = new Map<string, number>();
  let everything = 0;
  return {
    shown: (snapshot, keys) => {
      if (keys === null || newest.size + keys.length > most) {
        newest.clear();
        everything = snapshot;
      } else for (const key of keys) newest.set(key, snapshot);
    },
    after: (keys, snapshot) => {
      if (everything > snapshot) return true;
      for (const key of keys) if ((newest.get(key) ?? 0) > snapshot) return true;
      return false;
    },
  };
}
