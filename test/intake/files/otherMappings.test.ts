import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Fact } from "../../../src/intake/fact.ts";
import { dataFolder, type Mapped, mapExtract, ofType, schemaFaults, sumsBy, testOnData } from "./extract.ts";

const expected = (name: string) => JSON.parse(readFileSync(join(dataFolder(name), "expected.json"), "utf8"));
const amount = (fact: Fact) => fact.data.amount ?? fact.data.balance;

/** Maps a data set, and holds that each row was read and each fact is one that the schemas accept, under its own id. */
async function whole(name: string): Promise<Mapped> {
  const mapped = await mapExtract(name, [dataFolder(name)]);
  expect({ refused: mapped.refused, stopped: mapped.stopped }).toEqual({ refused: [], stopped: null });
  expect(schemaFaults(mapped.facts).slice(0, 5)).toEqual([]);
  expect(new Set(mapped.facts.map(fact => fact.id)).size).toBe(mapped.facts.length);
  return mapped;
}

testOnData("cdnow", "purchases of the shop keep their number and exact sum, and customers come once", async () => {
  const { facts } = await whole("cdnow");
  const figures = expected("cdnow");
  const purchases = ofType(facts, "transaction-posted");
  expect(sumsBy(purchases, () => "all", amount).all).toEqual({ n: figures.rows, sum: figures.amount });
  expect(purchases.reduce((sum, { data }) => sum + (data.details as { cds: number }).cds, 0)).toBe(figures.cds);
  expect(ofType(facts, "customer-registered")).toHaveLength(figures.customers);
});

testOnData("bank-churn", "balances and departures agree with the published figures", async () => {
  const { facts } = await whole("bank-churn");
  const figures = expected("bank-churn");
  expect(sumsBy(ofType(facts, "balance-reported"), () => "all", amount).all).toEqual({
    n: figures.rows,
    sum: figures.balance_sum,
  });
  expect(ofType(facts, "account-closed")).toHaveLength(figures.exited);
});

testOnData(
  "bank-marketing",
  "contacts and answers agree with the published figures, and the years follow from the order",
  async () => {
    const { facts } = await whole("bank-marketing");
    const figures = expected("bank-marketing");
    const contacts = ofType(facts, "campaign-contacted");
    const details = contacts.map(({ data }) => data.details as { contacts: number; durationSeconds: number });
    expect(details.reduce((sum, each) => sum + each.contacts, 0)).toBe(figures.contacts_this_campaign_total);
    expect(details.reduce((sum, each) => sum + each.durationSeconds, 0)).toBe(figures.duration_seconds_total);
    const assigned = ofType(facts, "campaign-assigned");
    expect(assigned.map(({ subject, occurredAt }) => [subject, occurredAt])).toEqual(
      contacts.map(({ subject, occurredAt }) => [subject, occurredAt]),
    );
    expect(ofType(facts, "campaign-responded").filter(({ data }) => data.response === "accepted")).toHaveLength(
      figures.y.yes,
    );
    expect(sumsBy(ofType(facts, "balance-reported"), () => "all", amount).all?.sum).toBe(`${figures.balance_sum}.00`);
    const times = contacts.map(fact => fact.occurredAt);
    expect([times[0]?.slice(0, 7), times.at(-1)?.slice(0, 7)]).toEqual(["2008-05", "2010-11"]);
  },
);

testOnData(
  "credit-card-default",
  "bills, payments and delays of each month agree with the published figures",
  async () => {
    const { facts } = await whole("credit-card-default");
    const figures = expected("credit-card-default");
    const payments = sumsBy(ofType(facts, "transaction-posted"), ({ id }) => id.slice(-7), amount);
    const statements = ofType(facts, "behaviour-observed").map(
      ({ data }) => data.properties as { month: string; billed?: number; monthsLate: number },
    );
    for (const [month, each] of Object.entries<Record<string, number>>(figures.by_month)) {
      const ofMonth = statements.filter(statement => statement.month === month);
      expect(ofMonth.reduce((sum, { billed = 0 }) => sum + billed, 0)).toBe(each.billed);
      expect(ofMonth.filter(({ monthsLate }) => monthsLate >= 1)).toHaveLength(each["late (status >= 1)"]!);
      expect(payments[month]).toEqual({ n: each.payers, sum: `${each.paid}.00` });
    }
    expect(statements.filter(({ month }) => month === "2005-10")).toHaveLength(figures.default_next_month);
  },
);

testOnData("cookie-cats", "arms, returns and rounds agree with the published figures", async () => {
  const { facts } = await whole("cookie-cats");
  const { arms, zero_rounds, rows } = expected("cookie-cats");
  const playerOf = ({ subject }: Fact) => (subject as { customer: { id: string } }).customer.id;
  const assignments = ofType(facts, "campaign-assigned");
  const armOf = new Map(assignments.map(fact => [playerOf(fact), String(fact.data.arm)]));
  const observed = (name: string) => ofType(facts, "behaviour-observed").filter(({ data }) => data.name === name);
  const roundsOf = (fact: Fact) => (fact.data.properties as { rounds: number }).rounds;
  const inArm = (of: readonly Fact[], arm: string) => of.filter(fact => armOf.get(playerOf(fact)) === arm);
  const rounds = observed("rounds-played");
  expect({
    rows: assignments.length,
    zero_rounds: rounds.filter(fact => roundsOf(fact) === 0).length,
    arms: Object.fromEntries(
      Object.keys(arms).map(arm => [
        arm,
        {
          n: inArm(assignments, arm).length,
          day1: inArm(observed("played-on-day-1"), arm).length,
          day7: inArm(observed("played-on-day-7"), arm).length,
          rounds: inArm(rounds, arm).reduce((sum, fact) => sum + roundsOf(fact), 0),
        },
      ]),
    ),
  }).toEqual({
    rows,
    zero_rounds,
    arms: Object.fromEntries(
      Object.entries<PublishedArm>(arms).map(([arm, figures]) => [
        arm,
        {
          n: figures.n,
          day1: figures.retention_1.count,
          day7: figures.retention_7.count,
          rounds: figures.sum_gamerounds.sum,
        },
      ]),
    ),
  });
});
type PublishedArm = {
  readonly n: number;
  readonly retention_1: { readonly count: number };
  readonly retention_7: { readonly count: number };
  readonly sum_gamerounds: { readonly sum: number };
};
