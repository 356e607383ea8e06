import { describe, expect, test } from "vitest";
import * as facts from "./support/facts.ts";
import { testBank } from "./support/testBank.ts";

const a1 = `account(system: "core", id: "a1")`;

async function bankWithAccount() {
  const bank = testBank();
  const coffee = facts.moved("a1", "2024-02-02", "-12.30", { purpose: "coffee", mcc: "5814" });
  await bank.record(
    facts.registered("ada", "2024-01-01"),
    facts.opened("ada", "a1", "2024-01-02"),
    facts.moved("a1", "2024-02-01", "100.00", { balanceAfter: { amount: "100.00", currency: "CZK" } }),
    coffee,
    facts.moved("a1", "2024-02-03", "-0.70", { merchant: "Pekařství" }),
    facts.reversed(coffee, "a1", "2024-02-04"),
  );
  return bank;
}

describe("an account", () => {
  test("shows its holder, state and global id", async () => {
    const bank = await bankWithAccount();
    const { data } = await bank.query(`{ ${a1} {
      id ref system accountId product currency status openedAt closedAt details provenance { event { type } }
      holder { identities { nodes { id } } }
    } }`);
    expect(data.account).toEqual({
      id: Buffer.from("Account:core/a1").toString("base64url"),
      ref: "core/a1",
      system: "core",
      accountId: "a1",
      product: "current",
      currency: "CZK",
      status: "OPEN",
      openedAt: "2024-01-02T12:00:00.000Z",
      closedAt: null,
      details: {},
      provenance: { event: { type: "account-opened" } },
      holder: { identities: { nodes: [{ id: "ada" }] } },
    });
    expect((await bank.query(`{ node(id: "${data.account.id}") { ... on Account { ref } } }`)).data.node).toEqual({
      ref: "core/a1",
    });
  });

  test("nobody told of is null", async () => {
    expect((await testBank().query(`{ ${a1} { ref } }`)).data).toEqual({ account: null });
  });

  test("has a balance now and at any instant, without what was reversed", async () => {
    const bank = await bankWithAccount();
    const { data } = await bank.query(`{ ${a1} {
      balance { money { amount currency minorUnits } asOf computed position event { type } }
      first: balanceAt(at: "2024-02-01T12:00:00Z") { money { amount } computed }
      later: balanceAt(at: "2024-02-03T13:00:00+01:00") { money { amount } computed }
      before: balanceAt(at: "2024-02-01T11:59:59.999Z") { money { amount } }
    } }`);
    expect(data.account).toEqual({
      balance: {
        money: { amount: "99.30", currency: "CZK", minorUnits: "9930" },
        asOf: "2024-02-03T12:00:00.000Z",
        computed: true,
        position: "6",
        event: { type: "transaction-posted" },
      },
      first: { money: { amount: "100.00" }, computed: false },
      later: { money: { amount: "99.30" }, computed: true },
      before: null,
    });
  });

  test("lists its movements both ways, reversed ones marked, with the source's details", async () => {
    const bank = await bankWithAccount();
    const { data } = await bank.query(`{ ${a1} {
      transactions(order: NEWEST_FIRST) {
        nodes { amount { amount } balanceAfter { amount } reversed reversal { type }
                details { direction purpose mcc merchant } event { correlationId } }
      }
      oldest: transactions(first: 1) { nodes { occurredAt transactionId } pageInfo { hasNextPage } }
    } }`);
    const nothing = { purpose: null, mcc: null, merchant: null };
    expect(data.account.transactions.nodes).toEqual([
      {
        amount: { amount: "-0.70" },
        balanceAfter: null,
        reversed: false,
        reversal: null,
        details: { ...nothing, direction: "DEBIT", merchant: "Pekařství" },
        event: { correlationId: null },
      },
      {
        amount: { amount: "-12.30" },
        balanceAfter: null,
        reversed: true,
        reversal: { type: "transaction-reversed" },
        details: { ...nothing, direction: "DEBIT", purpose: "coffee", mcc: "5814" },
        event: { correlationId: null },
      },
      {
        amount: { amount: "100.00" },
        balanceAfter: { amount: "100.00" },
        reversed: false,
        reversal: null,
        details: { ...nothing, direction: "CREDIT" },
        event: { correlationId: null },
      },
    ]);
    expect(data.account.oldest).toMatchObject({
      nodes: [{ occurredAt: "2024-02-01T12:00:00.000Z" }],
      pageInfo: { hasNextPage: true },
    });
  });

  test("has a balance history of movements and reports", async () => {
    const bank = await bankWithAccount();
    await bank.record(
      facts.told("balance-reported", facts.account("a1"), "2024-02-05", {
        account: { system: "core", id: "a1" },
        balance: { amount: "99.00", currency: "CZK" },
      }),
    );
    const { data } = await bank.query(`{ ${a1} { balanceHistory {
      nodes { kind change { amount } reportedBalance { amount } balance { money { amount } } reversed }
    } } }`);
    const amount = (text: string | null) => text && { amount: text };
    const point = (
      kind: string,
      change: string | null,
      reported: string | null,
      balance: string,
      reversed = false,
    ) => ({
      kind,
      change: amount(change),
      reportedBalance: amount(reported),
      balance: { money: { amount: balance } },
      reversed,
    });
    expect(data.account.balanceHistory.nodes).toEqual([
      point("TRANSACTION", "100.00", "100.00", "100.00"),
      point("TRANSACTION", "-12.30", null, "100.00", true),
      point("TRANSACTION", "-0.70", null, "99.30"),
      point("BALANCE_REPORT", null, "99.00", "99.00"),
    ]);
  });

  test("in yen has no decimals", async () => {
    const bank = testBank();
    await bank.record(
      facts.registered("ada", "2024-01-01"),
      facts.opened("ada", "y1", "2024-01-02", "JPY"),
      facts.moved("y1", "2024-02-01", "500", {}, "JPY"),
    );
    const { data } = await bank.query(
      `{ account(system: "core", id: "y1") { balance { money { amount minorUnits } } } }`,
    );
    expect(data.account.balance.money).toEqual({ amount: "500", minorUnits: "500" });
  });
});
