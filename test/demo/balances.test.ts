import { expect, test } from "vitest";
import { parseMinorUnits } from "../../src/domain/money.ts";
import type { Fact } from "../../src/intake/fact.ts";
import { accountOf, bankFor } from "./bankFor.ts";

type Amount = { readonly amount: string; readonly currency: string };
const minorUnits = (money: Amount): number => parseMinorUnits(money.amount, money.currency === "JPY" ? 0 : 2)!;

/** Facts of each account that an intake accepts, in order of what happened. */
function historyOf(facts: readonly Fact[]): Map<string, Fact[]> {
  const byAccount = new Map<string, Fact[]>();
  const seen = new Set<string>();
  for (const fact of facts) {
    const isMovement = fact.type === "transaction-posted" || fact.type === "transaction-reversed";
    if ((!isMovement && fact.type !== "balance-reported") || fact.id.endsWith("-bad") || seen.has(fact.id)) continue;
    seen.add(fact.id);
    const history = byAccount.get(accountOf(fact)) ?? [];
    byAccount.set(accountOf(fact), history);
    history.push(fact);
  }
  for (const history of byAccount.values())
    history.sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0));
  return byAccount;
}

const many = { late: 5000, reversed: 8000, reversedBeforeOriginal: 30_000, duplicate: 3000, bad: 2000 };

/*
 * Two ways to read a reversal: the transaction never counted (as our profiles do), or it counted until it was taken
 * back (as the bank's own books do). The reports must hold for both.
 */
test.each(["never counted", "counted until taken back"])(
  "every reported balance follows from the one before, to the minor unit, when a reversed transaction %s",
  reading => {
    const { facts } = bankFor({ customers: 600, months: 14, troubles: many, until: "2025-09-10T08:00:00Z" });
    const histories = historyOf(facts);
    const reversed = new Map(facts.filter(({ corrects }) => corrects !== undefined).map(fact => [fact.corrects, fact]));
    let reports = 0;
    for (const [account, history] of histories) {
      const amountOf = new Map<string, number>();
      let balance: number | null = null;
      for (const fact of history) {
        if (fact.type === "balance-reported") {
          const reported = minorUnits(fact.data.balance as Amount);
          if (balance !== null)
            expect(`${account} ${fact.occurredAt} ${balance}`).toBe(`${account} ${fact.occurredAt} ${reported}`);
          balance = reported;
          reports++;
        } else if (fact.type === "transaction-posted") {
          const amount = minorUnits(fact.data.amount as Amount) * (fact.data.direction === "credit" ? 1 : -1);
          amountOf.set(fact.id, amount);
          if (reading === "counted until taken back" || !reversed.has(fact.id)) balance = balance! + amount;
        } else if (reading === "counted until taken back") balance! -= amountOf.get(fact.corrects!)!;
      }
    }
    expect(reports).toBeGreaterThan(5000);
    expect(reversed.size).toBeGreaterThan(1000);
  },
);

test("an account is reported when it opens and at the end of each month until it closes", () => {
  const { facts } = bankFor({ customers: 300, months: 24 });
  const reports = new Map<string, Set<string>>();
  for (const fact of facts)
    if (fact.type === "balance-reported")
      reports.set(accountOf(fact), (reports.get(accountOf(fact)) ?? new Set()).add(fact.occurredAt));
  const closed = new Map(
    facts.filter(({ type }) => type === "account-closed").map(fact => [accountOf(fact), fact.occurredAt]),
  );
  const opened = facts.filter(
    ({ type, id }, index) => type === "account-opened" && facts.findIndex(f => f.id === id) === index,
  );
  const monthEnds = Array.from({ length: 24 }, (_, month) =>
    new Date(Date.UTC(2024, month + 1, 1) - 1000).toISOString().replace(".000", ""),
  );
  for (const { occurredAt, ...fact } of opened) {
    const account = accountOf(fact as Fact);
    const from = occurredAt < "2024-01-01T00:00:00Z" ? "2024-01-01T00:00:00Z" : occurredAt;
    const until = closed.get(account) ?? "9999";
    expect([...reports.get(account)!].sort()).toEqual([from, ...monthEnds.filter(end => end > from && end < until)]);
  }
  expect(opened.length).toBeGreaterThan(300);
  expect(closed.size).toBeGreaterThan(5);
});

test("a closed account was emptied before and sees no movement after", () => {
  const { facts } = bankFor({ customers: 1500, troubles: { late: 0, reversed: 0, duplicate: 0, bad: 0 } });
  const histories = historyOf(facts);
  const closings = facts.filter(({ type }) => type === "account-closed");
  for (const closing of closings) {
    let balance = 0;
    for (const fact of histories.get(accountOf(closing))!) {
      expect(fact.occurredAt < closing.occurredAt).toBe(true);
      if (fact.type === "balance-reported") balance = minorUnits(fact.data.balance as Amount);
      else balance += minorUnits(fact.data.amount as Amount) * (fact.data.direction === "credit" ? 1 : -1);
    }
    expect(balance).toBe(0);
  }
  expect(closings.length).toBeGreaterThan(30);
});
