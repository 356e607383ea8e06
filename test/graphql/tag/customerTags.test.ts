import { describe, expect, test } from "vitest";
import * as facts from "../support/facts.ts";
import { bigSpender, czk, definition, spend30d, tagBank } from "./support/tagBank.ts";

const debits = { types: ["transaction-posted"], where: { field: "direction", equals: "debit" } } as const;
const spendRule = { statistic: { measure: { sum: { field: "amount" } }, facts: debits } } as const;
const spendIn = (rolling: string) => ({
  statistic: { measure: { sum: { field: "amount" } }, facts: { ...debits, window: { rolling } } },
});
const lastComplaint = {
  statistic: { measure: { last: { field: "complaintId" } }, facts: { types: ["complaint-recorded"] } },
} as const;

const customer = (name: string) => `customer(identity: { system: "core", id: "${name}" })`;

/** ada spent 200 in May (its first 150 leaves the window on 3 June) and bo nothing; today is 1 June 2026. */
async function spendingBank() {
  const bank = tagBank();
  await bank.define(spend30d, bigSpender);
  await bank.record(
    facts.registered("ada", "2026-01-01"),
    facts.registered("bo", "2026-01-01"),
    facts.opened("ada", "a1", "2026-01-02"),
    facts.moved("a1", "2026-04-20", "-70.00"),
    facts.moved("a1", "2026-05-04", "-150.00"),
    facts.moved("a1", "2026-05-20", "-50.00"),
    facts.moved("a1", "2026-05-21", "900.00"),
  );
  return bank;
}

describe("a customer's tag", () => {
  test("has a typed value, the version that says so, and the instant until which it holds", async () => {
    const bank = await spendingBank();
    const { data, errors } = await bank.query(`{ ${customer("ada")} {
      spend: tag(code: "spend-30d") { code state version validUntil at knownPosition tag { name }
        value { kind display money { amount minorUnits currency } number boolean } }
      big: tag(code: "big-spender") { state value { boolean display } validUntil }
    } }`);
    expect(errors).toBeUndefined();
    expect(data.customer).toEqual({
      spend: {
        code: "spend-30d",
        state: "PRESENT",
        version: 1,
        validUntil: "2026-06-03T12:00:00.000Z",
        at: "2026-06-01T00:00:00.000Z",
        knownPosition: String(bank.engine.checkpoint()),
        tag: { name: "Spend, 30 days" },
        value: {
          kind: "MONEY",
          display: "200.00 CZK",
          money: { amount: "200.00", minorUnits: "20000", currency: "CZK" },
          number: null,
          boolean: null,
        },
      },
      big: { state: "PRESENT", value: { boolean: true, display: "true" }, validUntil: "2026-06-03T12:00:00.000Z" },
    });
  });

  test("is exact to the millisecond at any instant, and by any version", async () => {
    const bank = await spendingBank();
    await bank.draftTag({
      ...spend30d,
      rule: { statistic: { measure: { sum: { field: "amount" } }, facts: { types: ["transaction-posted"] } } },
    });
    const { data } = await bank.query(`{ ${customer("ada")} {
      last: tag(code: "spend-30d", at: "2026-06-03T11:59:59.999Z") { value { display } validUntil }
      gone: tag(code: "spend-30d", at: "2026-06-03T12:00:00Z") { value { display } }
      draft: tag(code: "spend-30d", version: 2) { value { display } version definition { status } }
    } }`);
    expect(data.customer).toEqual({
      last: { value: { display: "200.00 CZK" }, validUntil: "2026-06-03T12:00:00.000Z" },
      gone: { value: { display: "50.00 CZK" } },
      draft: { value: { display: "1170.00 CZK" }, version: 2, definition: { status: "DRAFT" } },
    });
  });

  test("is computed anew where the stored value has run out since the log last moved", async () => {
    let now = Date.parse("2026-06-01T00:00:00Z");
    const bank = tagBank({ now: () => now });
    await bank.define(spend30d);
    await bank.record(facts.opened("ada", "a1", "2026-01-02"), facts.moved("a1", "2026-05-04", "-150.00"));
    const value = async () => {
      const { data } = await bank.query(`{ ${customer("ada")} { tag(code: "spend-30d") { value { display } at } } }`);
      return data.customer.tag;
    };
    now = Date.parse("2026-06-03T11:59:59.999Z");
    expect(await value()).toEqual({ value: { display: "150.00 CZK" }, at: "2026-06-03T11:59:59.999Z" });
    now += 1;
    expect(await value()).toEqual({ value: { display: "0.00 CZK" }, at: "2026-06-03T12:00:00.000Z" });
  });

  test("says what null means: missing, being filled, or not in force; an unknown code is an error", async () => {
    const bank = await spendingBank();
    const income = { average: { field: "amount" } } as const;
    await bank.define(
      definition({
        code: "income",
        type: { money: { currency: "CZK" } },
        rule: {
          statistic: {
            measure: income,
            facts: { types: ["transaction-posted"], where: { field: "direction", equals: "credit" } },
          },
        },
      }),
    );
    await bank.draftTag(definition({ code: "draft-only" }));
    await bank.draftTag(definition({ code: "new" }));
    // Published, but the projector has not come to it.
    await bank.backend.definitions.publish("new", 1, { kind: "person", id: "ada" });
    const tag = `{ state value { display } version }`;
    const { data, errors } = await bank.query(`{
      ada: ${customer("ada")} { income: tag(code: "income") ${tag} draftOnly: tag(code: "draft-only") ${tag} }
      bo: ${customer("bo")} { income: tag(code: "income") ${tag} unknown: tag(code: "incom") ${tag} }
    }`);
    expect(data).toEqual({
      ada: {
        income: { state: "PRESENT", value: { display: "900.00 CZK" }, version: 1 },
        draftOnly: { state: "NOT_IN_FORCE", value: null, version: null },
      },
      bo: { income: { state: "MISSING", value: null, version: 1 }, unknown: null },
    });
    expect(errors).toMatchObject([
      {
        path: ["bo", "unknown"],
        code: "BAD_USER_INPUT",
        message: "There is no tag `incom`; `tags` lists those there are.",
      },
    ]);
  });

  test("goes on showing the version before, while a new one is being filled", async () => {
    const bank = await spendingBank();
    await bank.draftTag({ ...spend30d, description: "Now in two weeks.", rule: spendIn("P14D") });
    const before = bank.engine.checkpoint();
    await bank.backend.definitions.publish("spend-30d", 2, { kind: "person", id: "ada" });
    const show = async () =>
      (await bank.query(`{ ${customer("ada")} { tag(code: "spend-30d") { state version value { display } } } }`)).data
        .customer.tag;
    expect(bank.engine.checkpoint()).toBe(before);
    expect(await show()).toEqual({ state: "PRESENT", version: 1, value: { display: "200.00 CZK" } });
    await bank.engine.drain();
    expect(await show()).toEqual({ state: "PRESENT", version: 2, value: { display: "50.00 CZK" } });
  });

  test("may be one that no figure can tell exactly; the others still answer", async () => {
    const bank = await spendingBank();
    await bank.define(definition({ code: "total", type: czk, rule: spendRule }));
    await bank.record(
      facts.moved("a1", "2026-05-22", "-90071992547409.91"),
      facts.moved("a1", "2026-05-23", "-90071992547409.91"),
    );
    const { data, errors } =
      await bank.query(`{ ${customer("ada")} { tags(filter: { codes: ["total", "big-spender"] }) {
      nodes { code state problem value { display } } } } }`);
    expect(errors).toBeUndefined();
    expect(data.customer.tags.nodes).toEqual([
      { code: "big-spender", state: "FAILED", problem: expect.stringContaining("too large to be exact"), value: null },
      { code: "total", state: "FAILED", problem: expect.stringContaining("too large to be exact"), value: null },
    ]);
  });
});

describe("a customer's tags", () => {
  test("come by code, paged, with those that have no value unless they are not wanted", async () => {
    const bank = await spendingBank();
    await bank.define(
      definition({ code: "complaints", category: "service", rule: lastComplaint, type: { text: true } }),
    );
    const { data } = await bank.query(`{ ${customer("ada")} {
      all: tags { totalCount nodes { code state } }
      present: tags(filter: { present: true }) { totalCount nodes { code } }
      category: tags(filter: { category: "behaviour" }, first: 1) { totalCount nodes { code } pageInfo { hasNextPage endCursor } }
      service: tags(filter: { category: "service", search: "TEST" }) { nodes { code } }
    } }`);
    expect(data.customer).toMatchObject({
      all: {
        totalCount: 3,
        nodes: [
          { code: "big-spender", state: "PRESENT" },
          { code: "complaints", state: "MISSING" },
          { code: "spend-30d", state: "PRESENT" },
        ],
      },
      present: { totalCount: 2, nodes: [{ code: "big-spender" }, { code: "spend-30d" }] },
      category: { totalCount: 2, nodes: [{ code: "big-spender" }], pageInfo: { hasNextPage: true } },
      service: { nodes: [{ code: "complaints" }] },
    });
    const after = data.customer.category.pageInfo.endCursor;
    const next = await bank.query(
      `{ ${customer("ada")} { tags(filter: { category: "behaviour" }, first: 1, after: "${after}") { nodes { code } } } }`,
    );
    expect(next.data.customer.tags.nodes).toEqual([{ code: "spend-30d" }]);
  });
});

describe("an explanation", () => {
  test("names the events, the arithmetic, the inputs and the next change", async () => {
    const bank = await spendingBank();
    const { data, errors } = await bank.query(`{ ${customer("ada")} { tag(code: "spend-30d") { explain {
      value { display } definition { version sentence } arithmetic details nextChange inputs { code }
      evidence(first: 1) { totalCount nodes { type occurredAt data } pageInfo { hasNextPage endCursor } }
    } } } }`);
    expect(errors).toBeUndefined();
    const { explain } = data.customer.tag;
    expect(explain).toMatchObject({
      value: { display: "200.00 CZK" },
      definition: { version: 1 },
      nextChange: "2026-06-03T12:00:00.000Z",
      inputs: [],
      evidence: {
        totalCount: 2,
        nodes: [{ type: "transaction-posted", occurredAt: "2026-05-04T12:00:00.000Z" }],
        pageInfo: { hasNextPage: true },
      },
    });
    expect(explain.arithmetic.join("\n")).toContain("200.00 CZK");
    const next = await bank.query(`{ ${customer("ada")} { tag(code: "spend-30d") { explain {
      evidence(first: 5, after: "${explain.evidence.pageInfo.endCursor}") { nodes { occurredAt } pageInfo { hasNextPage } }
      back: evidence(last: 1) { nodes { occurredAt } }
    } } } }`);
    const last = [{ occurredAt: "2026-05-20T12:00:00.000Z" }];
    expect(next.data.customer.tag.explain).toEqual({
      evidence: { nodes: last, pageInfo: { hasNextPage: false } },
      back: { nodes: last },
    });
  });

  test("of a formula leads to the tags it is computed from", async () => {
    const bank = await spendingBank();
    const { data } = await bank.query(`{ ${customer("ada")} { tag(code: "big-spender") { explain {
      value { boolean } nextChange inputs { code value { display } explain { evidence { totalCount } } } } } } }`);
    expect(data.customer.tag.explain).toEqual({
      value: { boolean: true },
      nextChange: "2026-06-03T12:00:00.000Z",
      inputs: [{ code: "spend-30d", value: { display: "200.00 CZK" }, explain: { evidence: { totalCount: 2 } } }],
    });
  });
});

describe("a tag's history", () => {
  test("is its value in steps, exact to the millisecond", async () => {
    const bank = await spendingBank();
    const { data, errors } = await bank.query(`{ ${customer("ada")} { tag(code: "spend-30d") {
      history(from: "2026-04-20T00:00:00Z") { continuesAt steps { from until value { display } } }
      cut: history(from: "2026-04-20T00:00:00Z", first: 2) { continuesAt steps { from } }
    } } }`);
    expect(errors).toBeUndefined();
    const { history, cut } = data.customer.tag;
    expect(history.continuesAt).toBeNull();
    expect(history.steps).toEqual([
      { from: "2026-04-20T00:00:00.000Z", until: "2026-04-20T12:00:00.000Z", value: { display: "0.00 CZK" } },
      { from: "2026-04-20T12:00:00.000Z", until: "2026-05-04T12:00:00.000Z", value: { display: "70.00 CZK" } },
      { from: "2026-05-04T12:00:00.000Z", until: "2026-05-20T12:00:00.000Z", value: { display: "220.00 CZK" } },
      { from: "2026-05-20T12:00:00.000Z", until: "2026-06-01T00:00:00.001Z", value: { display: "200.00 CZK" } },
    ]);
    expect(cut).toEqual({
      continuesAt: "2026-05-04T12:00:00.000Z",
      steps: [{ from: "2026-04-20T00:00:00.000Z" }, { from: "2026-04-20T12:00:00.000Z" }],
    });
  });
});
