import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { places } from "../../src/demo/tables/places.ts";
import { spendingCategories } from "../../src/demo/tables/spending.ts";
import type { Fact } from "../../src/intake/fact.ts";
import { accountOf, cleanBankFor, refOf } from "./bankFor.ts";

const facts = cleanBankFor({ seed: 21, customers: 2000, factsPerCustomer: 150 });
const posted = facts.filter(({ type }) => type === "transaction-posted");
const purchases = posted.filter(({ data }) => data.operation === "card-purchase");
const isWeekend = ({ occurredAt }: Fact): boolean => [0, 6].includes(new Date(occurredAt).getUTCDay());
const inMonth = (list: readonly Fact[], month: string): number =>
  list.filter(({ occurredAt }) => occurredAt.slice(5, 7) === month).length;
const inCategory = (...mccs: readonly string[]): readonly Fact[] =>
  purchases.filter(({ data }) => mccs.includes(data.mcc as string));

test("wages come on the 15th or the last day of the month, or on the workday before", () => {
  const wages = posted.filter(({ data }) => data.purpose === "salary");
  for (const wage of wages) {
    expect(isWeekend(wage)).toBe(false);
    const day = Number(wage.occurredAt.slice(8, 10));
    expect((day >= 13 && day <= 15) || day >= 26).toBe(true);
  }
  expect(wages.length).toBeGreaterThan(5000);
});

test("people buy more before Christmas, travel in summer and eat out at weekends", () => {
  expect(inMonth(purchases, "12")).toBeGreaterThan(inMonth(purchases, "02") * 1.2);
  const travel = inCategory("7011", "4511", "7512");
  expect(inMonth(travel, "07")).toBeGreaterThan(inMonth(travel, "11") * 2);
  const meals = inCategory("5812", "5813");
  const groceries = inCategory("5411");
  const share = (list: readonly Fact[]): number => list.filter(isWeekend).length / list.length;
  expect(share(groceries)).toBeGreaterThan(0.25);
  expect(share(groceries)).toBeLessThan(0.32);
  expect(share(meals)).toBeGreaterThan(0.4);
});

test("some customers join, some leave, some fall silent, some come of age", () => {
  const customersOf = (list: readonly Fact[]): number => new Set(list.map(fact => refOf(fact)?.id)).size;
  const registered = facts.filter(({ type }) => type === "customer-registered");
  const joined = registered.filter(({ occurredAt }) => occurredAt >= "2024");
  expect(joined.length / registered.length).toBeGreaterThan(0.2);
  expect(joined.length / registered.length).toBeLessThan(0.4);
  const closed = (reason: string): readonly Fact[] =>
    facts.filter(({ type, data }) => type === "account-closed" && data.reason === reason);
  expect(customersOf(closed("customer-left"))).toBeGreaterThan(30);
  expect(customersOf(closed("customer-left"))).toBeLessThan(150);
  expect(customersOf(closed("came-of-age"))).toBeGreaterThan(10);

  const open = facts.filter(
    ({ type, data }) => type === "account-opened" && String(data.product).startsWith("current"),
  );
  const gone = new Set(facts.filter(({ type }) => type === "account-closed").map(accountOf));
  const lately = new Set(
    posted.filter(({ occurredAt, data }) => occurredAt >= "2025-10" && data.operation !== "fee").map(accountOf),
  );
  const silent = open.filter(fact => !gone.has(accountOf(fact)) && !lately.has(accountOf(fact)));
  expect(silent.length / open.length).toBeGreaterThan(0.05);
  expect(silent.length / open.length).toBeLessThan(0.25);
});

test("few customers hold dollars or yen, and a yen amount has no decimals", () => {
  const money = posted.map(({ data }) => data.amount as { readonly amount: string; readonly currency: string });
  const of = (currency: string) => money.filter(entry => entry.currency === currency);
  expect(of("EUR").length + of("USD").length + of("JPY").length).toBe(money.length);
  expect(of("USD").length).toBeGreaterThan(50);
  expect(of("USD").length).toBeLessThan(money.length / 50);
  expect(of("JPY").length).toBeGreaterThan(20);
  expect(of("JPY").every(({ amount }) => /^\d+$/.test(amount))).toBe(true);
  expect(of("EUR").every(({ amount }) => /^\d+\.\d\d$/.test(amount))).toBe(true);
});

test("nobody can be reached: e-mail at example.com, telephone numbers kept free for fiction", () => {
  for (const { type, data } of facts) {
    if (type !== "customer-registered") continue;
    const { email, phone, district } = data.attributes as Record<string, string>;
    expect(email).toMatch(/^[a-z]+\.[a-z]+\.\d+@example\.com$/);
    if (phone !== undefined) expect(phone).toMatch(/^\+447700900\d{3}$/);
    expect(places.map(place => place.district)).toContain(district);
  }
});

const mccFile = join(process.env.C360_DATA ?? "../shared/data", "mcc", "mcc.csv.gz");
if (!existsSync(mccFile)) console.warn(`No ${mccFile}: merchant codes are not compared with the published list`);
test.skipIf(!existsSync(mccFile))("every merchant category is on the published list", () => {
  const published = new Set(
    gunzipSync(readFileSync(mccFile))
      .toString("utf8")
      .split("\n")
      .map(line => line.slice(0, 4)),
  );
  const used = spendingCategories.map(({ mcc }) => mcc);
  expect(used.length).toBeGreaterThanOrEqual(40);
  expect(used.filter(mcc => !published.has(mcc))).toEqual([]);
  expect(new Set(purchases.map(({ data }) => data.mcc))).toEqual(new Set(used));
});
