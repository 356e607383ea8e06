import { describe, expect, test } from "vitest";
import type { Fact } from "../../src/intake/fact.ts";
import * as facts from "./support/facts.ts";
import { spend30d, tagBank } from "./tag/support/tagBank.ts";

const may = (day: number, hour = 12) => Date.UTC(2026, 4, day, hour);
const iso = (instant: number) => new Date(instant).toISOString();
const ada = (args: string) => `customer(identity: { system: "core", id: "ada" }, ${args})`;

/** Everything is recorded at noon of the day it happens, but for a payment of 10 May that comes on 20 May. */
async function bankOfMay() {
  const clock = { now: may(1) };
  const bank = tagBank({ now: () => clock.now }, undefined, () => clock.now);
  const on = async (day: number, ...told: readonly Fact[]) => {
    clock.now = may(day);
    const [outcome] = await bank.record(...told);
    return outcome?.kind === "accepted" ? outcome.position : null;
  };
  await on(1, facts.registered("ada", "2026-05-01", { segment: "mass" }));
  await on(2, facts.opened("ada", "a1", "2026-05-02"));
  await bank.define(spend30d);
  const first = facts.moved("a1", "2026-05-05", "-100.00");
  await on(5, first);
  await on(8, facts.attributesChanged("ada", "2026-05-08", { segment: "affluent" }));
  const late = await on(20, facts.moved("a1", "2026-05-10", "-40.00"));
  const reversal = await on(25, facts.reversed(first, "a1", "2026-05-25"));
  clock.now = may(30);
  return { bank, late, reversal, clock };
}

const all = `{
  attribute(name: "segment") { value }
  accounts { nodes { balance { money { amount } } transactions { nodes { amount { amount } reversed } } } }
  timeline { nodes { type } }
  tag(code: "spend-30d") { state at knownPosition value { display } }
}`;

describe("a customer of the past", () => {
  test("is the profile, balances, timeline and tags as they were true", async () => {
    const { bank } = await bankOfMay();
    const { data, errors } = await bank.query(`{
      seventh: ${ada(`asOf: "${iso(may(7))}"`)} ${all}
      tenth: ${ada(`asOf: "${iso(may(10))}"`)} ${all}
      before: ${ada(`asOf: "2026-04-30T00:00:00Z"`)} { id }
    }`);
    expect(errors).toBeUndefined();
    expect(data.before).toBeNull();
    expect(data.seventh).toMatchObject({
      attribute: { value: "mass" },
      // The reversal is known today, so the payment never counted.
      accounts: {
        nodes: [{ balance: null, transactions: { nodes: [{ amount: { amount: "-100.00" }, reversed: true }] } }],
      },
      timeline: {
        nodes: [
          { type: "identity-linked" },
          { type: "customer-registered" },
          { type: "account-opened" },
          { type: "transaction-posted" },
        ],
      },
      tag: { state: "PRESENT", at: iso(may(7)), value: { display: "0.00 CZK" } },
    });
    expect(data.tenth).toMatchObject({
      attribute: { value: "affluent" },
      accounts: { nodes: [{ balance: { money: { amount: "-40.00" } } }] },
      tag: { value: { display: "40.00 CZK" } },
    });
  });

  test("is what we knew then, before the late payment and the reversal", async () => {
    const { bank, late } = await bankOfMay();
    const { data, errors } = await bank.query(`{
      earlier: ${ada(`knownAt: "${iso(may(12))}"`)} ${all}
      withLate: ${ada(`asOf: "${iso(may(12))}", knownPosition: "${late}"`)} ${all}
    }`);
    expect(errors).toBeUndefined();
    expect(data.earlier).toMatchObject({
      attribute: { value: "affluent" },
      accounts: {
        nodes: [
          {
            balance: { money: { amount: "-100.00" } },
            transactions: { nodes: [{ amount: { amount: "-100.00" }, reversed: false }] },
          },
        ],
      },
      tag: { state: "PRESENT", at: iso(may(12)), value: { display: "100.00 CZK" } },
    });
    expect(data.earlier.timeline.nodes).toHaveLength(5);
    expect(data.withLate).toMatchObject({
      accounts: { nodes: [{ balance: { money: { amount: "-140.00" } } }] },
      tag: { knownPosition: String(late), value: { display: "140.00 CZK" } },
    });
  });

  test("has the tags of the definitions in force then, and an explanation as it would have been given", async () => {
    const { bank, clock } = await bankOfMay();
    clock.now = may(31);
    await bank.define({ ...spend30d, rule: inAWeek });
    const explain = `explain { value { display } definition { version } evidence { nodes { occurredAt } } }`;
    const { data } = await bank.query(`{
      undefined: ${ada(`knownAt: "2026-05-01T13:00:00Z"`)} { tag(code: "spend-30d") { state value { display } } }
      earlier: ${ada(`knownAt: "${iso(may(20))}"`)} { tag(code: "spend-30d") { version value { display } ${explain} } }
      now: ${ada(`asOf: "${iso(may(12))}"`)} { tag(code: "spend-30d") { version value { display } } }
      named: ${ada(`asOf: "${iso(may(12))}"`)} { tag(code: "spend-30d", version: 1) { version value { display } } }
    }`);
    expect(data).toEqual({
      undefined: { tag: { state: "NOT_IN_FORCE", value: null } },
      earlier: {
        tag: {
          version: 1,
          value: { display: "140.00 CZK" },
          explain: {
            value: { display: "140.00 CZK" },
            definition: { version: 1 },
            evidence: { nodes: [{ occurredAt: iso(may(5)) }, { occurredAt: iso(may(10)) }] },
          },
        },
      },
      now: { tag: { version: 2, value: { display: "40.00 CZK" } } },
      named: { tag: { version: 1, value: { display: "40.00 CZK" } } },
    });
  });

  test("is refused for a position beyond what is reflected, and for two of them", async () => {
    const { bank } = await bankOfMay();
    const { errors } = await bank.query(`{
      beyond: ${ada(`knownPosition: "999"`)} { id }
      twice: ${ada(`knownPosition: "1", knownAt: "${iso(may(1))}"`)} { id }
    }`);
    expect(errors?.map(({ code, path }) => [path, code])).toEqual([
      [["beyond"], "BAD_USER_INPUT"],
      [["twice"], "BAD_USER_INPUT"],
    ]);
  });
});

describe("an event", () => {
  test("tells which values it restated, and when they had been told", async () => {
    const { bank, late, reversal } = await bankOfMay();
    const restatement = `restatement { customer { identities { nodes { id } } } cut { code }
      stretches { code from to before { display } after { display } definition { version } } }`;
    const { data, errors } = await bank.query(`{
      late: event(position: "${late}") { ${restatement} }
      reversal: event(position: "${reversal}") { ${restatement} }
      definition: events(filter: { types: ["tag-drafted"] }) { nodes { ${restatement} } }
    }`);
    expect(errors).toBeUndefined();
    expect(data.late.restatement).toEqual({
      customer: { identities: { nodes: [{ id: "ada" }] } },
      cut: [],
      stretches: [
        {
          code: "spend-30d",
          from: iso(may(10)),
          to: iso(may(20)),
          before: { display: "100.00 CZK" },
          after: { display: "140.00 CZK" },
          definition: { version: 1 },
        },
      ],
    });
    expect(
      data.reversal.restatement.stretches.map(({ from, to, before, after }: Record<string, { display: string }>) => [
        from,
        to,
        before?.display,
        after?.display,
      ]),
    ).toEqual([
      [iso(may(5)), iso(may(10)), "100.00 CZK", "0.00 CZK"],
      [iso(may(10)), iso(may(25)), "140.00 CZK", "40.00 CZK"],
    ]);
    expect(data.definition.nodes).toEqual([{ restatement: null }]);
  });
});

const inAWeek = {
  statistic: {
    measure: { sum: { field: "amount" } },
    facts: {
      types: ["transaction-posted"],
      where: { field: "direction", equals: "debit" },
      window: { rolling: "P7D" },
    },
  },
} as const;
