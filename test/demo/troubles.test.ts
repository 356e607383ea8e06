import { expect, test } from "vitest";
import { badKinds } from "../../src/demo/summary.ts";
import type { Fact } from "../../src/intake/fact.ts";
import { accountOf, bankFor, cleanBankFor } from "./bankFor.ts";

const usual = bankFor({ seed: 9, customers: 3000 });
const transactions = usual.summary.byType["transaction-posted"]!;

test("the usual troubles come at their stated rates, give or take a fifth", () => {
  const { summary } = usual;
  const near = (count: number, per100000: number, of: number): void => {
    expect(count).toBeGreaterThan((of * per100000 * 0.8) / 100_000);
    expect(count).toBeLessThan((of * per100000 * 1.2) / 100_000);
  };
  near(summary.late, 400, transactions);
  near(summary.reversed, 150, transactions);
  near(summary.duplicates, 200, summary.facts);
  expect(summary.reversedBeforeOriginal).toBeGreaterThan(0);
  expect(summary.byType["transaction-reversed"]).toBeGreaterThanOrEqual(summary.reversed);
  const bad = badKinds.map(kind => summary.bad[kind]);
  near(
    bad.reduce((sum, count) => sum + count, 0),
    60,
    transactions,
  );
  expect(Math.min(...bad)).toBeGreaterThan(0);
});

test("the counts of the summary are those of the feed", () => {
  const { facts, summary } = usual;
  const first = new Map<string, Fact>();
  let repeated = 0;
  let reused = 0;
  for (const fact of facts) {
    const key = `${fact.source} ${fact.id}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, fact);
    else if (JSON.stringify(known) === JSON.stringify(fact)) repeated++;
    else reused++;
  }
  expect(repeated).toBe(summary.duplicates);
  expect(reused).toBe(summary.bad.idReused);
  const refused = [...first.values()].filter(({ id }) => id.endsWith("-bad"));
  expect(refused).toHaveLength(summary.expected.quarantined - reused);
  expect(first.size - refused.length).toBe(summary.expected.accepted);
});

test("late transactions and early reversals are the only clean facts out of order", () => {
  const troubles = { late: 1000, reversed: 1000, reversedBeforeOriginal: 50_000, duplicate: 0, bad: 0 };
  const { facts, summary } = bankFor({ customers: 50, months: 24, troubles });
  let latest = "";
  const outOfOrder = facts.filter(({ occurredAt }) => {
    if (occurredAt >= latest) latest = occurredAt;
    return occurredAt < latest;
  });
  expect(outOfOrder.every(({ type }) => type === "transaction-posted")).toBe(true);
  const delayed = summary.late + summary.reversedBeforeOriginal;
  expect(delayed).toBeGreaterThan(20);
  expect(outOfOrder.length).toBeLessThanOrEqual(delayed);
  expect(outOfOrder.length).toBeGreaterThan(delayed * 0.9);
});

test("a reversal names a transaction of its account, of the same month and before it; some arrive first", () => {
  const { facts, summary } = bankFor({ customers: 400, troubles: { duplicate: 0, reversedBeforeOriginal: 50_000 } });
  const positions = new Map(facts.map((fact, position) => [fact.id, { fact, position }]));
  let before = 0;
  for (const [position, reversal] of facts.entries()) {
    if (reversal.type !== "transaction-reversed") continue;
    const original = positions.get(reversal.corrects!)!;
    expect(original.fact.type).toBe("transaction-posted");
    expect(original.fact.source).toBe(reversal.source);
    expect(accountOf(original.fact)).toBe(accountOf(reversal));
    expect(original.fact.occurredAt < reversal.occurredAt).toBe(true);
    expect(original.fact.occurredAt.slice(0, 7)).toBe(reversal.occurredAt.slice(0, 7));
    if (original.position > position) before++;
  }
  expect(before).toBe(summary.reversedBeforeOriginal);
  expect(before).toBeGreaterThan(5);
});

test("troubles change nothing in the clean facts", () => {
  const clean = cleanBankFor({ seed: 9, customers: 150 });
  const { facts } = bankFor({ seed: 9, customers: 150 });
  const seen = new Map<string, Fact>();
  for (const fact of facts) if (!seen.has(fact.id)) seen.set(fact.id, fact);
  for (const fact of clean) expect(seen.get(fact.id)).toEqual(fact);
});
