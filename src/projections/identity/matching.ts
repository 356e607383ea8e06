import { createHash } from "node:crypto";
import {
  type IdentityPolicy,
  type MatchingRule,
  plainly,
  type ValueForm,
} from "../../domain/customer/identityPolicy.ts";
import type { Position } from "../../domain/event.ts";
import type { JsonScalar } from "../../domain/json.ts";
import type { Customer } from "../customer/customer.ts";
import { ownValue } from "../customer/entities.ts";
import { type ReadModelChanges, type ReadModelStore, ReadModelsOutdated } from "../readModelStore.ts";

export type MatchingPolicy = IdentityPolicy["matching"];

/**
 * What one customer says under one rule, in a form that equal customers share. A digest so that lists of them are short and show
 * nothing at a glance; no secret goes into it, since the same store holds the profiles in clear.
 */
export type MatchValue = {
  readonly digest: string;
  readonly rule: string;
  /** The event since which it holds. */
  readonly since: Position;
};

/** All that a customer can be matched by. Nothing where an attribute is missing, ignored or not of its form. */
export function matchValuesOf({ attributes }: Pick<Customer, "attributes">, policy: MatchingPolicy): MatchValue[] {
  const ignored = new Set(policy.ignored.map(plainly));
  return policy.rules.flatMap(rule => valueUnder(attributes, rule, ignored) ?? []);
}

function valueUnder(
  attributes: Customer["attributes"],
  rule: MatchingRule,
  ignored: ReadonlySet<string>,
): MatchValue | null {
  const hash = createHash("sha256").update(rule.name);
  let since = 0;
  for (const { name, form } of rule.attributes) {
    const attribute = ownValue(attributes, name);
    const value = attribute === null ? null : normalForm(attribute.value, form);
    if (attribute === null || value === null || ignored.has(value) || ignored.has(plainly(String(attribute.value))))
      return null;
    hash.update(`\0${value}`);
    since = Math.max(since, attribute.position);
  }
  return { digest: hash.digest("hex").slice(0, 32), rule: rule.name, since };
}

/** Null where the value cannot be one of the form. */
export function normalForm(value: JsonScalar, form: ValueForm): string | null {
  const text = plainly(String(value ?? ""));
  switch (form) {
    case "email":
      return /^[^\s@]+@[^\s@]+$/.test(text) ? text : null;
    case "phone": {
      const digits = text.replace(/[^\d+]/g, "").replace(/^(\+|00)/, "");
      return /^\d{7,15}$/.test(digits) ? digits : null;
    }
    case "date":
      return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? null;
    case "text":
      return text === "" ? null : text.replace(/\s+/g, " ");
  }
}

/** Two customers, by row, who have a value in common; `first` appeared before `second`. */
export type MatchPair = { readonly first: number; readonly second: number } & MatchValue;

/** All pairs among those who have a value; none where so many have it that it says nothing. */
export function pairsAmong(
  holders: readonly (MatchValue & { readonly row: number })[],
  sharedByAtMost: number,
): MatchPair[] {
  if (holders.length > sharedByAtMost) return [];
  const sorted = holders.toSorted((a, b) => a.row - b.row);
  return sorted.flatMap((a, index) =>
    sorted.slice(index + 1).map(b => ({
      first: a.row,
      second: b.row,
      digest: a.digest,
      rule: a.rule,
      since: Math.max(a.since, b.since),
    })),
  );
}

export type MatchChanges = { readonly added: readonly MatchValue[]; readonly removed: readonly MatchValue[] };

/** Null where nothing changed, as with all but a few events. */
export function matchChanges(before: Customer | null, after: Customer, policy: MatchingPolicy): MatchChanges | null {
  if (policy.rules.length === 0 || before?.attributes === after.attributes) return null;
  const had = new Map((before === null ? [] : matchValuesOf(before, policy)).map(value => [keyOf(value), value]));
  const added = matchValuesOf(after, policy).filter(value => !had.delete(keyOf(value)));
  return added.length === 0 && had.size === 0 ? null : { added, removed: [...had.values()] };
}

const keyOf = ({ digest, since }: MatchValue): string => `${digest} ${since}`;

/** Two programs with the same text find the same matches. */
export const matchingText = ({ rules, ignored, sharedByAtMost }: MatchingPolicy): string =>
  rules.length === 0 ? "" : JSON.stringify([rules, ignored, sharedByAtMost]);

/** The changes of a commit together with what they change of who matches whom. */
export function withMatches<Changes extends Pick<ReadModelChanges, "customers">>(
  changes: Changes,
  policy: MatchingPolicy,
): Changes & Pick<ReadModelChanges, "matching"> {
  if (policy.rules.length === 0) return changes;
  const customers: ReadModelChanges["customers"][number][] = [];
  for (const change of changes.customers) {
    const matches = matchChanges(change.before, change.after, policy);
    customers.push(matches === null ? change : { ...change, matches });
  }
  return { ...changes, customers, matching: { text: matchingText(policy), sharedByAtMost: policy.sharedByAtMost } };
}

/** Matches found by other rules are not mixed with those of today: throws ReadModelsOutdated. */
export function assertSameMatching(
  store: Pick<ReadModelStore, "checkpoint" | "matching">,
  policy: MatchingPolicy,
): void {
  if (store.checkpoint().position === 0 || store.matching() === matchingText(policy)) return;
  throw new ReadModelsOutdated(
    "the read models were matched by other rules than those of the identity policy: rebuild them",
  );
}
