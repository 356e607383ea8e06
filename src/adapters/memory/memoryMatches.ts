import { type MatchPair, type MatchValue, pairsAmong } from "../../projections/identity/matching.ts";
import type { ProposalKey, ProposalReads, ProposalRow } from "../../projections/identity/proposals.ts";
import type { ReadModelChanges } from "../../projections/readModelStore.ts";
import type { Tables } from "./memoryReadModelsTables.ts";
import { mapRange, within } from "./within.ts";

type Held = MatchValue & { readonly row: number };

/** By digest. Inner arrays are never changed in place. */
export type MatchTables = {
  policy: string;
  readonly values: Map<string, readonly Held[]>;
  readonly pairs: Map<string, readonly MatchPair[]>;
};

export const noMatches = (): MatchTables => ({ policy: "", values: new Map(), pairs: new Map() });
export const copyOfMatches = ({ policy, values, pairs }: MatchTables): MatchTables => ({
  policy,
  values: new Map(values),
  pairs: new Map(pairs),
});

export function applyMatches(tables: MatchTables, { customers, matching }: ReadModelChanges): void {
  const touched = new Set<string>();
  for (const { row, matches } of customers)
    for (const value of [...(matches?.removed ?? []), ...(matches?.added ?? [])]) {
      const others = (tables.values.get(value.digest) ?? []).filter(held => held.row !== row);
      const stands = matches?.added.includes(value) ?? false;
      tables.values.set(value.digest, stands ? [...others, { ...value, row }] : others);
      touched.add(value.digest);
    }
  if (matching === undefined) return;
  tables.policy = matching.text;
  for (const digest of touched)
    tables.pairs.set(digest, pairsAmong(tables.values.get(digest) ?? [], matching.sharedByAtMost));
}

export function memoryProposals(tables: Tables): ProposalReads {
  const isRejected = ({ first, second, digest }: MatchPair): boolean => {
    const [a, b] = [tables.customers.get(first), tables.customers.get(second)];
    if (a === undefined || b === undefined) return true;
    return [a.rejections?.[b.id], b.rejections?.[a.id]].some(rejection => rejection?.values.includes(digest));
  };
  const open = (): ProposalRow[] => {
    const found = new Map<string, MatchPair[]>();
    for (const pair of [...tables.matches.pairs.values()].flat())
      if (!isRejected(pair)) {
        const key = `${pair.first} ${pair.second}`;
        found.set(key, [...(found.get(key) ?? []), pair]);
      }
    return [...found.values()].map(rowOf).sort(byRows);
  };
  const rowOf = (pairs: readonly MatchPair[]): ProposalRow => {
    const { first, second } = pairs[0] as MatchPair;
    const values = pairs
      .map(({ digest, rule, since }) => ({ digest, rule, since }))
      .sort((a, b) => (a.digest < b.digest ? -1 : 1));
    return { first, second, customers: [tables.customers.get(first)!.id, tables.customers.get(second)!.id], values };
  };
  const rejections = () =>
    [...tables.customers.values()]
      .flatMap(({ id, rejections }) =>
        Object.values(rejections ?? {}).map(({ customer, position }) => ({
          position,
          customers: [id, customer] as const,
        })),
      )
      .sort(byPosition);

  return {
    openProposals: range => within<ProposalKey, ProposalRow>(open(), range, byRows),
    proposalOf: (a, b) => open().find(({ customers }) => customers.includes(a) && customers.includes(b)) ?? null,
    rejectedProposals: range =>
      within(
        rejections(),
        mapRange(range, position => ({ position })),
        byPosition,
      ),
    approvedProposals: range =>
      within(
        [...tables.merges.values()].filter(({ proposalId }) => proposalId !== null).sort(byPosition),
        mapRange(range, position => ({ position })),
        byPosition,
      ),
  };
}

const byRows = (a: ProposalKey, b: ProposalKey): number => a.first - b.first || a.second - b.second;
const byPosition = (a: { readonly position: number }, b: { readonly position: number }): number =>
  a.position - b.position;
