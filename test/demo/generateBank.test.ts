import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { toCloudEvent } from "../../src/demo/cloudEvent.ts";
import { bankSummary, generateBank } from "../../src/demo/generateBank.ts";
import { type BankOptions, parseBankOptions } from "../../src/demo/parameters.ts";
import { bankFor, cleanBankFor } from "./bankFor.ts";

test("seed 1 with 1,000 customers gives these very bytes, on every machine", () => {
  expect(hashOf({ seed: 1, customers: 1000 })).toBe("f00d23a12f92c2020838c420c495ca1e51bc2f4f9688ffc7a1a030fecd6125b0");
});

test("the same options give the same bytes, another seed others", () => {
  const options = { seed: 3, customers: 120, months: 4 };
  expect(hashOf(options)).toBe(hashOf({ ...options }));
  expect(hashOf({ ...options, seed: 4 })).not.toBe(hashOf(options));
  expect(hashOf({ ...options, seed: 3 + 2 ** 32 })).not.toBe(hashOf(options));
});

test("a bank of 100 customers is how a bank of 230 begins", () => {
  const small = bankFor({ customers: 100, months: 6 }).facts;
  const large = bankFor({ customers: 230, months: 6 }).facts;
  expect(large.slice(0, small.length)).toEqual(small);
});

test.each([1, 2, 49, 50, 51, 333])("a bank of %i has that many registered customers", customers => {
  const facts = cleanBankFor({ customers, months: 5 });
  const registered = facts.filter(({ type }) => type === "customer-registered");
  expect(new Set(registered.map(({ subject }) => JSON.stringify(subject))).size).toBe(customers);
  expect(registered).toHaveLength(customers);
});

test("nothing but bad facts happens at or after `until`, also where it falls inside a month", () => {
  const until = "2023-07-11T13:30:00Z";
  const facts = cleanBankFor({ until, months: 3 });
  expect(facts.every(({ occurredAt }) => occurredAt < until)).toBe(true);
  const moved = facts.filter(({ type }) => type === "transaction-posted").map(({ occurredAt }) => occurredAt);
  expect(moved.every(at => at > "2023-05-01T00:00:00Z")).toBe(true);
  expect(moved.some(at => at.startsWith("2023-07-11"))).toBe(true);
});

test("a customer's clean facts come in the order in which they happened", () => {
  const facts = cleanBankFor({ customers: 50 });
  expect(facts.map(({ occurredAt }) => occurredAt)).toEqual(facts.map(({ occurredAt }) => occurredAt).sort());
});

test.each([60, 100, 200])("about %i facts per customer are made when asked for", factsPerCustomer => {
  const options = { seed: 11, customers: 1000, months: 12, factsPerCustomer };
  const mean = bankSummary(options).facts / options.customers;
  expect(mean).toBeGreaterThan(factsPerCustomer * 0.85);
  expect(mean).toBeLessThan(factsPerCustomer * 1.15);
});

test("the summary counts what was handed on", () => {
  const { facts, summary } = bankFor({ customers: 200 });
  expect(summary.customers).toBe(200);
  expect(summary.facts).toBe(facts.length);
  expect(Object.values(summary.byType).reduce((sum, count) => sum + count, 0)).toBe(facts.length);
  expect(summary.unattributed).toBe(facts.filter(({ subject }) => "unattributed" in subject).length);
  const { accepted, duplicates, quarantined } = summary.expected;
  expect(accepted + duplicates + quarantined).toBe(facts.length);
  expect(bankSummary({ seed: 7, customers: 200 })).toEqual(summary);
});

test("options out of range are refused by name, all at once", () => {
  const options = { seed: -1, customers: 0, months: 2.5, until: "yesterday", troubles: { late: 100_001 } };
  const parsed = parseBankOptions(options);
  expect(!parsed.ok && parsed.refusal.map(({ field }) => field)).toEqual([
    "seed",
    "customers",
    "months",
    "troubles.late",
    "until",
  ]);
  expect(() => generateBank(options).next()).toThrow(/seed must be a whole number/);
});

function hashOf(options: BankOptions): string {
  const hash = createHash("sha256");
  for (const batch of generateBank(options))
    hash.update(batch.map(fact => `${JSON.stringify(toCloudEvent(fact))}\n`).join(""));
  return hash.digest("hex");
}
