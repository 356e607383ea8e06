import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnData, publicData, publishedFigures } from "./support/publicData.ts";
import { type RunningBank, startBank } from "./support/runningBank.ts";
import { askTags, counted, countWhere, publishExamples, refresh, sumOf, type TagTable } from "./support/tagsOfData.ts";

type Rfm = {
  readonly customers: number;
  readonly frequency_total: number;
  readonly monetary_total: string;
  readonly cells_used: number;
  readonly n_555: number;
  readonly n_111: number;
  readonly top_cells: readonly [string, number][];
  readonly examples: Readonly<
    Record<string, { recency_days: number; frequency: number; monetary: string; score: string }>
  >;
};
type Published = {
  readonly rfm: Rfm;
  readonly by_month: Readonly<Record<string, { n: number; credit: string; debit: string }>>;
  readonly balance_examples: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  readonly accounts_ever_negative: { readonly n: number };
  readonly loan_by_status: Readonly<Record<string, { readonly n: number }>>;
  readonly disp_by_type: { readonly OWNER: number };
  readonly segments: Readonly<Record<string, { readonly n: number; readonly first_ids: readonly number[] }>>;
};

/** The last instant of a local day; Prague is an hour ahead of UTC, two in summer. */
const endOf = (day: string): string =>
  new Date(Date.parse(`${day}T23:59:59.999+0${isSummer(day) ? 2 : 1}:00`)).toISOString();
const isSummer = (day: string): boolean =>
  (day >= "1993-03-28" && day < "1993-09-26") || (day >= "1994-03-27" && day < "1994-09-25");
/** Windows of whole days end with the last day's facts, which all stand at its first instant. */
const asOf = "1994-03-30T00:00:00+02:00";

describeOnData(["berka"], "tags of the Berka bank", () => {
  const published = publishedFigures<Published>("berka");
  let bank: RunningBank;
  let table: TagTable;

  beforeAll(async () => {
    bank = await startBank();
    await bank.importExtract("berka", [publicData("berka")]);
    const codes = await publishExamples(bank.ask, "berka");
    await refresh(bank.ask, "rfm-cell", asOf);
    table = await askTags(bank.ask, "berka", codes, asOf);
  }, 180_000);
  afterAll(() => bank?.close());

  test("recency, frequency, monetary value and cell of each published client are exact", () => {
    const told = Object.keys(published.rfm.examples).map(id => {
      const tags = table.get(id);
      return [
        id,
        {
          recency_days: Number(tags?.recency),
          frequency: Number(tags?.frequency),
          monetary: tags?.monetary,
          score: tags?.["rfm-cell"],
        },
      ];
    });
    expect(Object.fromEntries(told)).toEqual(published.rfm.examples);
  });

  test("the population, its totals and the size of every published cell are exact", () => {
    const { customers, frequency_total, monetary_total, cells_used, n_555, n_111, top_cells } = published.rfm;
    const cells = counted(table, "rfm-cell");
    const sizes = new Map(cells);
    expect({
      customers: countWhere(table, tags => tags.recency !== null),
      frequency: sumOf(table, "frequency", 0),
      monetary: sumOf(table, "monetary"),
      cells: cells.length,
      in555: sizes.get("555"),
      in111: sizes.get("111"),
    }).toEqual({
      customers,
      frequency: String(frequency_total),
      monetary: monetary_total,
      cells: cells_used,
      in555: n_555,
      in111: n_111,
    });
    expect(top_cells.map(([cell]) => sizes.get(cell))).toEqual(top_cells.map(([, size]) => size));
    expect(sizes.get("555")).toBe(cells[0]?.[1]);
  });

  test("spread says the same of the refreshed cells as a walk over all customers", async () => {
    const { tag } = await bank.ask<{
      tag: { spread: { covered: number; values: { value: { display: string }; customers: number }[] } };
    }>('{ tag(code: "rfm-cell") { spread(limit: 500) { covered values { value { display } customers } } } }');
    expect(tag.spread.covered).toBe(published.rfm.customers);
    expect(
      tag.spread.values
        .map(({ value, customers }) => [value.display, customers])
        .sort((a, b) => Number(b[1]) - Number(a[1]) || (String(a[0]) < String(b[0]) ? -1 : 1)),
    ).toEqual(counted(table, "rfm-cell"));
  });

  test.each(Object.entries(published.by_month))("transactions and money in and out of %s", async (month, figures) => {
    const lastDay = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
    const told = await askTags(
      bank.ask,
      "berka",
      ["transactions-month", "credit-month", "debit-month"],
      endOf(month === "1994-03" ? "1994-03-30" : lastDay),
    );
    expect({
      n: Number(sumOf(told, "transactions-month", 0)),
      credit: sumOf(told, "credit-month"),
      debit: sumOf(told, "debit-month"),
    }).toEqual({ n: figures.n, credit: figures.credit, debit: figures.debit });
  });

  test("the balance tag is the published balance of each account on each day, and missing before the first", async () => {
    const { customers } = await owners(bank, Object.keys(published.balance_examples));
    for (const day of ["1993-06-30", "1993-12-31", "1994-01-31", "1994-03-30"]) {
      const balances = await askTags(bank.ask, "berka", ["balance"], endOf(day));
      expect(
        Object.fromEntries(customers.map(([account, client]) => [account, balances.get(client)?.balance])),
      ).toEqual(
        Object.fromEntries(Object.entries(published.balance_examples).map(([account, days]) => [account, days[day]])),
      );
    }
  });

  test("ingredients of the published audiences have their sizes", () => {
    const owner = (tags: Readonly<Record<string, string | null>>) => tags["is-owner"] === "true";
    const opened = (tags: Readonly<Record<string, string | null>>) => tags["account-opened"] !== null;
    const number = (text: string | null | undefined) => Number(text ?? 0);
    const size = (name: string) => Object.entries(published.segments).find(([title]) => title.startsWith(name))?.[1].n;
    expect(countWhere(table, tags => owner(tags) && number(tags.balance) >= 50_000)).toBe(size("S01"));
    expect(countWhere(table, tags => owner(tags) && number(tags["pension-90d"]) >= 1)).toBe(size("S03"));
    expect(
      countWhere(table, tags => owner(tags) && number(tags["transfers-in-90d"]) >= 2 && tags["pension-90d"] === "0"),
    ).toBe(size("S04"));
    expect(countWhere(table, tags => owner(tags) && opened(tags) && tags["own-transactions-14d"] === "0")).toBe(
      size("S05"),
    );
    expect(countWhere(table, tags => owner(tags) && number(tags["lowest-balance"]) < 0)).toBe(
      published.accounts_ever_negative.n,
    );
  });

  test("a value is explained down to the facts that make it up", async () => {
    const { customer } = await bank.ask<{ customer: { tag: Explained } }>(
      `{ customer(identity: { system: "berka", id: "2" }) {
        tag(code: "monetary", at: "${asOf}") {
          value { money { amount } }
          explain { arithmetic nextChange evidence(first: 100) { totalCount nodes { type data } } }
        }
      } }`,
    );
    const { value, explain } = customer.tag;
    const { frequency, monetary } = published.rfm.examples["2"] as Rfm["examples"][string];
    expect(value?.money.amount).toBe(monetary);
    expect(explain.evidence.totalCount).toBe(frequency);
    expect(explain.evidence.nodes.reduce((sum, { data }) => sum + (data as Posted).amount.minorUnits, 0)).toBe(
      Math.round(Number(monetary) * 100),
    );
    expect(explain.arithmetic.join("\n")).toContain(monetary);
    expect(explain.nextChange).not.toBeNull();
  });

  test("a cell is explained by what the refresh found it from", async () => {
    const { customer } = await bank.ask<{ customer: { tag: { explain: { inputs: Input[] } } } }>(
      `{ customer(identity: { system: "berka", id: "2" }) {
        tag(code: "rfm-cell") { explain { inputs { code value { display } } } }
      } }`,
    );
    const { recency_days, frequency, monetary } = published.rfm.examples["2"] as Rfm["examples"][string];
    expect(Object.fromEntries(customer.tag.explain.inputs.map(({ code, value }) => [code, value?.display]))).toEqual({
      recency: String(recency_days),
      frequency: String(frequency),
      monetary: `${monetary} CZK`,
    });
  });

  test("the read models with tags match a replay of the whole log", async () => {
    expect(await bank.verify()).toMatchObject({ state: "DONE", error: null, matches: true, findings: [] });
  });
});

type Input = { readonly code: string; readonly value: { readonly display: string } | null };
type Posted = { readonly amount: { readonly minorUnits: number } };
type Explained = {
  readonly value: { readonly money: { readonly amount: string } } | null;
  readonly explain: {
    readonly arithmetic: readonly string[];
    readonly nextChange: string | null;
    readonly evidence: {
      readonly totalCount: number;
      readonly nodes: readonly { readonly type: string; readonly data: unknown }[];
    };
  };
};

async function owners(bank: RunningBank, accounts: readonly string[]) {
  const customers: [account: string, client: string][] = [];
  for (const account of accounts) {
    const { customer } = await bank.ask<{ customer: { identities: { nodes: { system: string; id: string }[] } } }>(
      `{ customer(account: { system: "berka", id: "${account}" }) { identities(first: 5) { nodes { system id } } } }`,
    );
    customers.push([account, customer.identities.nodes.find(({ system }) => system === "berka")?.id ?? ""]);
  }
  return { customers };
}
