import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { Fact } from "../../../src/intake/fact.ts";
import { dataFolder, type Mapped, mapExtract, ofType, schemaFaults, sumsBy, testOnData } from "./extract.ts";

const folder = dataFolder("berka");
let mapped: Promise<Mapped> | null = null;
const berka = () => (mapped ??= mapExtract("berka", [folder]));
const expected = () => JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));

const details = ({ data }: Fact) => (data.details ?? {}) as Record<string, string>;
const countsBy = (facts: readonly Fact[], key: (fact: Fact) => unknown): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const fact of facts) counts[String(key(fact))] = (counts[String(key(fact))] ?? 0) + 1;
  return counts;
};

testOnData("berka", "every row of every file becomes a fact that the schemas accept", async () => {
  const { facts, refused, stopped } = await berka();
  const { rows } = expected();
  expect(countsBy(facts, fact => fact.type)).toEqual({
    "customer-registered": rows.client,
    "account-opened": rows.account,
    "relationship-established": rows.disp,
    "card-issued": rows.card,
    "loan-granted": rows.loan,
    "standing-order-set": rows.order,
    "transaction-posted": rows.trans,
  });
  expect({ refused, stopped, faults: schemaFaults(facts) }).toEqual({ refused: [], stopped: null, faults: [] });
  expect(new Set(facts.map(fact => fact.id)).size).toBe(facts.length);
});

testOnData("berka", "transactions keep their exact sums by type, operation and purpose", async () => {
  const transactions = ofType((await berka()).facts, "transaction-posted");
  const sums = (field: string) =>
    sumsBy(
      transactions,
      fact => details(fact)[field] ?? "(blank)",
      fact => fact.data.amount,
    );
  const { trans_by_type, trans_by_operation, trans_by_k_symbol } = expected();
  expect(sums("type")).toEqual(trans_by_type);
  expect(sums("operation")).toEqual(trans_by_operation);
  expect(sums("k_symbol")).toEqual(trans_by_k_symbol);
});

testOnData("berka", "credits and debits of each local month are exact", async () => {
  const transactions = ofType((await berka()).facts, "transaction-posted");
  const month = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Prague", year: "numeric", month: "2-digit" });
  const sums = sumsBy(
    transactions,
    fact => `${month.format(new Date(fact.occurredAt)).slice(0, 7)} ${fact.data.direction}`,
    fact => fact.data.amount,
  );
  for (const [name, { n, credit, debit }] of Object.entries<{ n: number; credit: string; debit: string }>(
    expected().by_month,
  )) {
    expect([sums[`${name} credit`]?.sum, sums[`${name} debit`]?.sum]).toEqual([credit, debit]);
    expect((sums[`${name} credit`]?.n ?? 0) + (sums[`${name} debit`]?.n ?? 0)).toBe(n);
  }
});

testOnData("berka", "loans, orders, cards, relationships and accounts agree with the published figures", async () => {
  const { facts } = await berka();
  const figures = expected();
  const loans = sumsBy(
    ofType(facts, "loan-granted"),
    fact => details(fact).status!,
    fact => fact.data.principal,
  );
  expect(
    Object.fromEntries(Object.entries(loans).map(([code, { n, sum }]) => [code, { n, amount: Number(sum) }])),
  ).toEqual(figures.loan_by_status);
  const orders = ofType(facts, "standing-order-set");
  expect(
    sumsBy(
      orders,
      fact => details(fact).k_symbol ?? "",
      fact => fact.data.amount,
    ),
  ).toEqual(figures.order_by_k_symbol);
  expect(
    sumsBy(
      orders,
      () => "all",
      fact => fact.data.amount,
    ).all?.sum,
  ).toBe(figures.order_sum);
  expect(countsBy(ofType(facts, "card-issued"), fact => fact.data.product)).toEqual(figures.card_by_type);
  expect(countsBy(ofType(facts, "relationship-established"), fact => fact.data.kind)).toEqual({
    owner: figures.disp_by_type.OWNER,
    disponent: figures.disp_by_type.DISPONENT,
  });
  expect(countsBy(ofType(facts, "account-opened"), fact => details(fact).frequency)).toEqual(
    figures.account_by_frequency,
  );
});

testOnData("berka", "the last balance reported for each example account is the published one", async () => {
  const transactions = ofType((await berka()).facts, "transaction-posted");
  const key = ({ occurredAt, data }: Fact) => `${occurredAt} ${String(data.sequence).padStart(3, "0")}`;
  for (const [account, days] of Object.entries<Record<string, string | null>>(expected().balance_examples)) {
    const entries = transactions
      .filter(({ data }) => (data.account as { id: string }).id === account)
      .sort((a, b) => (key(a) < key(b) ? -1 : 1));
    expect((entries.at(-1)?.data.balanceAfter as { amount: string } | undefined)?.amount ?? null).toBe(
      days["1994-03-30"],
    );
  }
});

testOnData("berka", "reading the same extract file by file, in small batches, gives the same facts", async () => {
  onTestFinished(() => {
    mapped = null;
  });
  const files = ["trans", "order", "loan", "card", "disp", "account", "client", "district"];
  const again = await mapExtract(
    "berka",
    files.map(name => join(folder, `${name}.csv.gz`)),
    37,
  );
  expect(again.facts).toEqual((await berka()).facts);
});
