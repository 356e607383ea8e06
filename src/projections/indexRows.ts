import { customerStream } from "../domain/ids.ts";
import type { Customer, Relationship } from "./customer/customer.ts";

/** Rows of the indexes over customers, derived from the profile and from nothing else. */
export type IdentityKey = { readonly system: string; readonly id: string };
export type AccountKey = { readonly ref: string; readonly ordinal: number };
/** `target`: `customer-<id>` or `account-<ref>`. A relationship to a customer on an account has both. */
export type RelationKey = { readonly target: string; readonly relationshipId: string };
export type Relation = RelationKey & { readonly relationship: Relationship };

export type IndexChanges = {
  readonly identities: { readonly added: readonly IdentityKey[]; readonly removed: readonly IdentityKey[] };
  readonly accounts: { readonly added: readonly AccountKey[]; readonly removed: readonly AccountKey[] };
  /** `added` also replaces what stood under the same key. */
  readonly relations: { readonly added: readonly Relation[]; readonly removed: readonly RelationKey[] };
};

export const accountTarget = (ref: string): string => `account-${ref}`;
export const customerTarget = customerStream;

export function indexChanges(before: Customer | null, after: Customer): IndexChanges {
  return {
    identities:
      before?.identities === after.identities
        ? none
        : difference(before?.identities ?? [], after.identities, ({ system, id }) => JSON.stringify([system, id])),
    accounts:
      before?.accounts === after.accounts
        ? none
        : difference(accountKeys(before), accountKeys(after), ({ ref, ordinal }) => `${ordinal} ${ref}`),
    relations:
      before?.relationships === after.relationships
        ? none
        : difference(relations(before), relations(after), relation =>
            JSON.stringify([relation.target, relation.relationshipId, relation.relationship]),
          ),
  };
}

const none = { added: [], removed: [] };

/** The place of an account in the profile: accounts are only ever added, so it stays until the customer is folded anew. */
export const accountKeys = (customer: Customer | null): AccountKey[] =>
  Object.keys(customer?.accounts ?? {}).map((ref, ordinal) => ({ ref, ordinal }));

export const relations = (customer: Customer | null): Relation[] =>
  Object.values(customer?.relationships ?? {}).flatMap(relationship => {
    const { relationshipId } = relationship;
    const targets = [
      ...(relationship.customer === null ? [] : [customerTarget(relationship.customer)]),
      ...(relationship.account === null ? [] : [accountTarget(relationship.account)]),
    ];
    return targets.map(target => ({ target, relationshipId, relationship }));
  });

function difference<Row>(before: readonly Row[], after: readonly Row[], keyOf: (row: Row) => string) {
  if (before.length === 0) return { added: after, removed: [] };
  const standing = new Map(before.map(row => [keyOf(row), row]));
  const added = after.filter(row => !standing.delete(keyOf(row)));
  return { added, removed: [...standing.values()] };
}
