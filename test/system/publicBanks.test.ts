import { afterAll, beforeAll, expect, test } from "vitest";
import { testAudiences } from "./support/audiencesOfData.ts";
import { describeOnData, publicData, publishedFigures } from "./support/publicData.ts";
import { type RunningBank, startBank } from "./support/runningBank.ts";
import { askTags, counted, countWhere, publishExamples, refresh, sumOf, type TagTable } from "./support/tagsOfData.ts";

type Tags = Readonly<Record<string, string | null>>;
const number = (text: string | null | undefined): number => Number(text ?? 0);
const sizeOf = (segments: Segments, name: string): number | undefined =>
  Object.entries(segments).find(([title]) => title.startsWith(name))?.[1].n;
type Segments = Readonly<Record<string, { readonly n: number }>>;

/** Imports a data set and publishes its example tags; the bank closes with the tests. */
function bankOf(name: string): { readonly bank: () => RunningBank; readonly codes: () => readonly string[] } {
  let bank: RunningBank;
  let codes: readonly string[];
  beforeAll(async () => {
    bank = await startBank();
    await bank.importExtract(name, [publicData(name)]);
    codes = await publishExamples(bank.ask, name);
  }, 240_000);
  afterAll(() => bank?.close());
  return { bank: () => bank, codes: () => codes };
}

describeOnData(["cdnow"], "tags and audiences of the CDNOW customers", () => {
  type Published = {
    readonly customers: number;
    readonly cds: number;
    readonly amount: string;
    readonly rows: number;
    readonly by_month: Readonly<Record<string, { n: number; customers: number; amount: string }>>;
    readonly rfm_1998_06_30: {
      readonly n_555: number;
      readonly n_111: number;
      readonly cells_used: number;
      readonly frequency_total: number;
      readonly frequency_1: number;
      readonly max_frequency: number;
      readonly top_spender: number;
      readonly examples: Readonly<
        Record<string, { recency_days: number; frequency: number; monetary: string; score: string }>
      >;
    };
    readonly segments: Segments;
  };
  const published = publishedFigures<Published>("cdnow");
  const asOf = "1998-06-30T00:00:00-04:00";
  const { bank, codes } = bankOf("cdnow");
  let table: TagTable;
  beforeAll(async () => {
    await refresh(bank().ask, "rfm-cell", asOf);
    table = await askTags(bank().ask, "cdnow", codes(), asOf);
  }, 240_000);

  test("recency, frequency, monetary value and cell of each published customer are exact", () => {
    const told = Object.keys(published.rfm_1998_06_30.examples).map(id => {
      const tags = table.get(id) as Tags;
      return [
        id,
        {
          recency_days: Number(tags.recency),
          frequency: Number(tags.frequency),
          monetary: tags.monetary,
          score: tags["rfm-cell"],
        },
      ];
    });
    expect(Object.fromEntries(told)).toEqual(published.rfm_1998_06_30.examples);
  });

  test("cells, totals and extremes are exact", () => {
    const cells = new Map(counted(table, "rfm-cell"));
    const { examples: _, ...figures } = published.rfm_1998_06_30;
    const byMoney = [...table].sort(([, a], [, b]) => number(b.monetary) - number(a.monetary));
    expect({
      n_555: cells.get("555"),
      n_111: cells.get("111"),
      cells_used: cells.size,
      frequency_total: Number(sumOf(table, "frequency", 0)),
      frequency_1: countWhere(table, ({ frequency }) => frequency === "1"),
      max_frequency: Math.max(...[...table.values()].map(({ frequency }) => number(frequency))),
      top_spender: Number(byMoney[0]?.[0]),
    }).toEqual(figures);
    expect({
      customers: table.size,
      rows: Number(sumOf(table, "purchases", 0)),
      cds: Number(sumOf(table, "discs", 0)),
      amount: sumOf(table, "monetary"),
    }).toEqual({
      customers: published.customers,
      rows: published.rows,
      cds: published.cds,
      amount: published.amount,
    });
  });

  test("audiences that need no sequence have their sizes", () => {
    const { segments } = published;
    expect(countWhere(table, tags => number(tags["purchase-days-1997"]) >= 3 && tags["purchases-1998"] === "0")).toBe(
      sizeOf(segments, "C1"),
    );
    expect(
      countWhere(table, tags => tags["first-purchase"]?.startsWith("1997-03") === true && number(tags.monetary) >= 100),
    ).toBe(sizeOf(segments, "C2"));
    expect(countWhere(table, tags => tags.frequency === "1" && number(tags.monetary) < 20)).toBe(
      sizeOf(segments, "C4"),
    );
  });

  test.each(["1997-03", "1997-11", "1998-06"])("purchases of %s", async month => {
    const { n, customers, amount } = published.by_month[month] as Published["by_month"][string];
    const [year, monthOfYear] = month.split("-").map(Number) as [number, number];
    // Days begin at local midnight; the last day's purchases count from its first instant on.
    const last = new Date(Date.UTC(year, monthOfYear, 0, 12)).toISOString();
    const told = await askTags(bank().ask, "cdnow", ["purchases-month", "spend-month"], last);
    expect({
      n: Number(sumOf(told, "purchases-month", 0)),
      customers: countWhere(told, tags => tags["purchases-month"] !== "0"),
      amount: sumOf(told, "spend-month"),
    }).toEqual({ n, customers, amount });
  });

  testAudiences("cdnow", bank, "1998-06-30T12:00:00Z");
});

describeOnData(["credit-card-default"], "tags and audiences of the Taiwanese card clients", () => {
  type Published = {
    readonly rows: number;
    readonly limit_sum: number;
    readonly by_month: Readonly<
      Record<string, { billed: number; paid: number; payers: number; "late (status >= 1)": number }>
    >;
    readonly segments: Segments;
    readonly examples: Readonly<Record<string, { billed: number; paid: number }>>;
  };
  const published = publishedFigures<Published>("credit-card-default");
  const { bank, codes } = bankOf("credit-card-default");
  let table: TagTable;
  beforeAll(async () => {
    table = await askTags(bank().ask, "credit-card-default", codes());
  }, 240_000);

  test("limits, and what single clients were billed and paid, are exact", () => {
    expect(table.size).toBe(published.rows);
    expect(sumOf(table, "credit-limit", 0)).toBe(String(published.limit_sum));
    const told = Object.keys(published.examples).map(id => {
      const tags = table.get(id) as Tags;
      return [id, { billed: Number(tags.billed), paid: Number(tags.paid) }];
    });
    expect(Object.fromEntries(told)).toEqual(published.examples);
  });

  test("audiences have their sizes", () => {
    const { segments } = published;
    expect(countWhere(table, tags => tags["months-late"] === "6")).toBe(sizeOf(segments, "K1"));
    expect(countWhere(table, tags => number(tags["last-bill"]) > 0.9 * number(tags["credit-limit"]))).toBe(
      sizeOf(segments, "K2"),
    );
    expect(countWhere(table, tags => tags.paid === "0.00" && number(tags["last-bill"]) > 0)).toBe(
      sizeOf(segments, "K3"),
    );
    expect(countWhere(table, tags => number(tags.paid) > 100_000)).toBe(sizeOf(segments, "K4"));
  });

  test.each(Object.entries(published.by_month))("bills, payments and delays of %s", async (month, figures) => {
    const [year, monthOfYear] = month.split("-").map(Number) as [number, number];
    const at = new Date(Date.UTC(year, monthOfYear, 0, 12)).toISOString();
    const asked = ["billed-month", "paid-month", "payments-month", "late-this-month"];
    const told = await askTags(bank().ask, "credit-card-default", asked, at);
    expect({
      billed: Number(sumOf(told, "billed-month", 0)),
      paid: Number(sumOf(told, "paid-month")),
      payers: countWhere(told, tags => tags["payments-month"] !== "0"),
      "late (status >= 1)": countWhere(told, tags => tags["late-this-month"] !== "0"),
    }).toEqual(figures);
  });

  testAudiences("credit-card-default", bank);
});

describeOnData(["bank-churn"], "tags and audiences of the bank that customers leave", () => {
  type Published = {
    readonly rows: number;
    readonly exited: number;
    readonly balance_sum: string;
    readonly zero_balance: number;
    readonly by_geography: Readonly<Record<string, { n: number; exited: number }>>;
    readonly by_products: Readonly<Record<string, { n: number; exited: number }>>;
    readonly segments: Segments;
  };
  const published = publishedFigures<Published>("bank-churn");
  const { bank, codes } = bankOf("bank-churn");
  let table: TagTable;
  beforeAll(async () => {
    table = await askTags(bank().ask, "bank-churn", codes());
  }, 120_000);

  test("balances, departures, countries and products are exact", () => {
    const by = (code: string) =>
      Object.fromEntries(
        counted(table, code).map(([value, n]) => [
          value,
          { n, exited: countWhere(table, tags => tags[code] === value && tags.exited === "true") },
        ]),
      );
    expect({
      rows: table.size,
      exited: countWhere(table, tags => tags.exited === "true"),
      balance_sum: sumOf(table, "balance"),
      zero_balance: countWhere(table, tags => tags["balance-tier"] === "none"),
      by_geography: by("country"),
      by_products: by("products-held"),
    }).toEqual({
      rows: published.rows,
      exited: published.exited,
      balance_sum: published.balance_sum,
      zero_balance: published.zero_balance,
      by_geography: published.by_geography,
      by_products: published.by_products,
    });
  });

  test("audiences have their sizes", () => {
    const { segments } = published;
    expect(
      countWhere(
        table,
        tags => tags.country === "Germany" && tags["balance-tier"] === "high" && tags["active-member"] === "false",
      ),
    ).toBe(sizeOf(segments, "U1"));
    expect(
      countWhere(table, tags => tags["products-held"] === "1" && number(tags.tenure) >= 5 && tags.exited === "false"),
    ).toBe(sizeOf(segments, "U2"));
  });

  testAudiences("bank-churn", bank);
});

describeOnData(["bank-marketing"], "tags and audiences of the Portuguese bank's campaign", () => {
  type Published = {
    readonly rows: number;
    readonly poutcome: Readonly<Record<string, number>>;
    readonly contact: { readonly cellular: number; readonly telephone: number; readonly unknown: number };
    readonly "never_contacted_before (pdays=-1)": number;
    readonly contacts_this_campaign_total: number;
    readonly contacts_before_total: number;
    readonly balance_sum: number;
    readonly negative_balance: number;
    readonly duration_seconds_total: number;
    readonly y: { readonly yes: number; readonly no: number };
    readonly subscribed_by_job: Readonly<Record<string, { n: number; yes: number }>>;
    readonly segments: Segments;
  };
  const published = publishedFigures<Published>("bank-marketing");
  const { bank, codes } = bankOf("bank-marketing");
  let table: TagTable;
  beforeAll(async () => {
    table = await askTags(bank().ask, "bank-marketing", codes());
  }, 240_000);

  test("contacts, answers, balances and earlier outcomes are exact", () => {
    const { cellular, telephone, unknown } = published.contact;
    expect({
      rows: table.size,
      poutcome: Object.fromEntries(counted(table, "earlier-outcome")),
      contact: Object.fromEntries(counted(table, "contact-channel")),
      never: countWhere(table, tags => tags["days-since-earlier-contact"] === null),
      contacts: Number(sumOf(table, "contacts", 0)),
      before: Number(sumOf(table, "earlier-contacts", 0)),
      balance: Number(sumOf(table, "balance")),
      negative: countWhere(table, tags => number(tags.balance) < 0),
      seconds: Number(sumOf(table, "call-seconds", 0)),
      yes: countWhere(table, tags => tags.subscribed === "true"),
      no: countWhere(table, tags => tags.subscribed === "false"),
    }).toEqual({
      rows: published.rows,
      poutcome: published.poutcome,
      contact: { mobile: cellular, phone: telephone, unknown },
      never: published["never_contacted_before (pdays=-1)"],
      contacts: published.contacts_this_campaign_total,
      before: published.contacts_before_total,
      balance: published.balance_sum,
      negative: published.negative_balance,
      seconds: published.duration_seconds_total,
      yes: published.y.yes,
      no: published.y.no,
    });
  });

  test("answers by job are exact; an unknown job is a missing one", () => {
    const jobs = [...counted(table, "job").map(([job]) => job), null];
    expect(
      Object.fromEntries(
        jobs.map(job => [
          job ?? "unknown",
          {
            n: countWhere(table, tags => tags.job === job),
            yes: countWhere(table, tags => tags.job === job && tags.subscribed === "true"),
          },
        ]),
      ),
    ).toEqual(published.subscribed_by_job);
  });

  test("audiences have their sizes", () => {
    const { segments } = published;
    expect(
      countWhere(
        table,
        tags => number(tags.balance) >= 5_000 && tags["housing-loan"] === "false" && tags["personal-loan"] === "false",
      ),
    ).toBe(sizeOf(segments, "B1"));
    expect(
      countWhere(
        table,
        tags =>
          tags["earlier-outcome"] === "success" &&
          tags["days-since-earlier-contact"] !== null &&
          number(tags["days-since-earlier-contact"]) <= 180,
      ),
    ).toBe(sizeOf(segments, "B2"));
    expect(countWhere(table, tags => number(tags.contacts) > 10)).toBe(sizeOf(segments, "B3"));
    expect(
      countWhere(
        table,
        tags =>
          (tags.job === "retired" || tags.job === "student") &&
          tags["in-default"] === "false" &&
          tags["contact-channel"] === "mobile",
      ),
    ).toBe(sizeOf(segments, "B4"));
    expect(
      countWhere(table, tags => tags["earlier-outcome"] === "unknown" && number(tags["earlier-contacts"]) > 0),
    ).toBe(sizeOf(segments, "B5"));
  });

  testAudiences("bank-marketing", bank);
});
