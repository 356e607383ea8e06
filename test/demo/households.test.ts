import { expect, test } from "vitest";
import type { ExternalRef, Fact } from "../../src/intake/fact.ts";
import { accountOf, cleanBankFor, refOf } from "./bankFor.ts";

const facts = cleanBankFor({ seed: 5, customers: 2000, months: 12 });
const registeredAt = new Map(
  facts.filter(({ type }) => type === "customer-registered").map(fact => [refOf(fact)!.id, fact.occurredAt]),
);
const opened = facts.filter(({ type }) => type === "account-opened");
const relationships = facts.filter(({ type }) => type === "relationship-established");
const kinds = (kind: string): readonly Fact[] => relationships.filter(({ data }) => data.kind === kind);
const ends = (fact: Fact): string => `${refOf(fact)!.id}-${(fact.data.customer as ExternalRef).id}`;
const mirrored = (fact: Fact): string => `${(fact.data.customer as ExternalRef).id}-${refOf(fact)!.id}`;

test("a relationship names a customer who is registered by then", () => {
  const between = relationships.filter(({ data }) => data.customer !== undefined);
  for (const fact of between) {
    expect(registeredAt.get(refOf(fact)!.id)! <= fact.occurredAt).toBe(true);
    expect(registeredAt.get((fact.data.customer as ExternalRef).id)! <= fact.occurredAt).toBe(true);
  }
  expect(new Set(between.map(({ data }) => data.kind))).toEqual(
    new Set(["spouse", "parent", "child", "employer", "employee", "guarantor"]),
  );
});

test.each([
  ["spouse", "spouse"],
  ["parent", "child"],
  ["employer", "employee"],
])("whoever is %s of somebody has that person as %s", (kind, inverse) => {
  const pairs = kinds(kind).map(ends).sort();
  expect(pairs.length).toBeGreaterThan(10);
  expect(pairs).toEqual(kinds(inverse).map(mirrored).sort());
  expect(new Set(pairs).size).toBe(pairs.length);
});

test("every account has one owner, and some have a disponent who is somebody else", () => {
  const owners = new Map(kinds("owner").map(fact => [accountOf(fact), refOf(fact)!.id]));
  expect(owners).toEqual(new Map(opened.map(fact => [accountOf(fact), refOf(fact)!.id])));
  const disponents = kinds("disponent");
  expect(disponents.length).toBeGreaterThan(100);
  for (const fact of disponents) expect(owners.get(accountOf(fact))).not.toBe(refOf(fact)!.id);
});

test("spouses are of age, and parents at least 18 years older than their children", () => {
  const born = new Map(
    facts
      .filter(({ type }) => type === "customer-registered")
      .map(fact => [refOf(fact)!.id, Date.parse(String((fact.data.attributes as Record<string, string>).birthDate))]),
  );
  const years = (from: number, to: number): number => (to - from) / (365.25 * 86_400_000);
  for (const fact of kinds("spouse"))
    expect(years(born.get(refOf(fact)!.id)!, Date.parse(fact.occurredAt))).toBeGreaterThanOrEqual(17.99);
  for (const fact of kinds("parent"))
    expect(years(born.get(refOf(fact)!.id)!, born.get((fact.data.customer as ExternalRef).id)!)).toBeGreaterThan(18);
});

test("what is paid from one customer to another leaves one account and arrives at the other", () => {
  const legs = new Map<string, Fact[]>();
  for (const fact of facts)
    if (fact.correlationId?.startsWith("transfer-"))
      legs.set(fact.correlationId, [...(legs.get(fact.correlationId) ?? []), fact]);
  for (const [debit, credit, ...others] of legs.values()) {
    expect(others).toEqual([]);
    expect([debit!.data.direction, credit!.data.direction]).toEqual(["debit", "credit"]);
    expect(debit!.data.amount).toEqual(credit!.data.amount);
    expect(debit!.data.counterparty).toBe(accountOf(credit!));
    expect(credit!.data.counterparty).toBe(accountOf(debit!));
  }
  expect(legs.size).toBeGreaterThan(1000);
});

test("a card is used between its issue and its end only", () => {
  const issued = new Map(
    facts.filter(({ type }) => type === "card-issued").map(({ data, occurredAt }) => [data.cardId, occurredAt]),
  );
  const ended = new Map<unknown, string>();
  for (const { type, data, occurredAt } of facts)
    if (type === "card-status-changed" && !ended.has(data.cardId)) ended.set(data.cardId, occurredAt);
  const used = facts.filter(({ type, data }) => type === "transaction-posted" && data.cardId !== undefined);
  for (const { data, occurredAt } of used) {
    expect(issued.get(data.cardId)! < occurredAt).toBe(true);
    expect(occurredAt < (ended.get(data.cardId) ?? "9999")).toBe(true);
  }
  expect(used.length).toBeGreaterThan(10_000);
});
