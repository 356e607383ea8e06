import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tempFolder } from "../../support/tempFolder.ts";
import { type Mapped, mapExtract, writeExtract } from "./extract.ts";

/** Maps the rows of one file with one behaviour fact; the fields of its data and its settings are given. */
async function map(
  csv: string | Buffer,
  data: string,
  { head = "", file = "", fact = "" }: { head?: string; file?: string; fact?: string } = {},
  files: Record<string, string> = {},
): Promise<Mapped> {
  const folder = writeExtract(tempFolder(), { "rows.csv": csv, ...files });
  const mapping = `mapping: 1
source: test
timeZone: Europe/Prague
customerSystem: test
accountSystem: test
${head}
files:
  - name: rows.csv
${file}
    facts:
      - type: behaviour-observed
        id: row/{id}
        subject: { customer: id }
        occurredAt: { date: { constant: 2020-01-01 } }
${fact}
        data: ${data}
`;
  return mapExtract(mapping, [folder]);
}

const first = ({ facts }: Mapped) => facts[0]?.data;
const firstFault = ({ refused }: Mapped) => refused[0]?.faults[0];

describe("money", () => {
  test("is exact for any amount, and always has the currency's decimals", async () => {
    const amounts = fc.sample(fc.record({ whole: fc.nat(), cents: fc.nat(99), negative: fc.boolean() }), 200);
    const text = amounts.map(
      ({ whole, cents, negative }) => `${negative ? "-" : ""}${whole}.${String(cents).padStart(2, "0")}`,
    );
    const csv = `id,amount\n${text.map((amount, index) => `${index},${amount}`).join("\n")}\n`;
    const { facts, refused } = await map(csv, "{ m: { column: amount, as: money, currency: EUR } }");
    expect(refused).toEqual([]);
    expect(facts.map(({ data }) => (data.m as { amount: string }).amount)).toEqual(
      text.map(amount => (amount === "-0.00" ? "0.00" : amount)),
    );
  });

  test("of different currencies keeps their decimals", async () => {
    const { facts } = await map(
      "id,a,c\n1,5,JPY\n2,5,KWD\n3,5.1,CZK\n",
      "{ m: { column: a, as: money, currency: c } }",
    );
    expect(facts.map(({ data }) => data.m)).toEqual([
      { amount: "5", currency: "JPY" },
      { amount: "5.000", currency: "KWD" },
      { amount: "5.10", currency: "CZK" },
    ]);
  });

  test("with more decimals than its currency is refused, not rounded", async () => {
    const mapped = await map("id,a\n1,5.125\n", "{ m: { column: a, as: money, currency: CZK } }");
    expect(firstFault(mapped)).toMatchObject({ field: "data.m", code: "bad-amount" });
  });

  test("with a sign can give the direction and the bare amount", async () => {
    const head =
      "codes: { side: { values: { '-': debit, '+': credit, '0': credit }, unknown: refuse } }\nnumbers: { decimal: ',', group: ' ' }";
    const data = "{ m: { column: a, as: money, currency: CZK, abs: true }, d: { column: a, as: sign, codes: side } }";
    expect(first(await map('id,a\n1,"-1 234,50"\n', data, { head }))).toEqual({
      m: { amount: "1234.50", currency: "CZK" },
      d: "debit",
    });
  });
});

describe("a code table", () => {
  const table = (unknown: string) => ({
    head: `codes: { kind: { values: { A: one, B: 2, C: true }, unknown: ${unknown} } }`,
  });
  const data = "{ k: { column: kind, codes: kind } }";

  test("gives each code its standard value, and an empty cell none", async () => {
    const { facts } = await map("id,kind\n1,A\n2,B\n3,C\n4,\n", data, table("refuse"));
    expect(facts.map(fact => fact.data)).toEqual([{ k: "one" }, { k: 2 }, { k: true }, {}]);
  });

  test("treats an unknown code as it is told: refuse, keep or a default", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[D-Z][a-z]{0,5}$/), async code => {
        const csv = `id,kind\n1,${code}\n`;
        expect(firstFault(await map(csv, data, table("refuse")))).toEqual({
          field: "data.k",
          code: "unknown-code",
          message: "column kind is not in the code table kind",
        });
        expect(first(await map(csv, data, table("keep")))).toEqual({ k: code });
        expect(first(await map(csv, data, table("{ default: other }")))).toEqual({ k: "other" });
      }),
      { numRuns: 5 },
    );
  });
});

describe("a row that cannot be mapped", () => {
  test("is kept whole, with every fault and what could be read", async () => {
    const { facts, refused } = await map(
      "id,n,day,note\n7,x,2020-02-30,hello\n8,1,2020-02-29,fine\n",
      "{ n: { column: n, as: integer }, day: { column: day, as: date }, note: note }",
    );
    expect(facts.map(fact => fact.id)).toEqual(["row/8"]);
    expect(refused).toEqual([
      {
        source: "test",
        file: "rows.csv",
        line: 2,
        factType: "behaviour-observed",
        cells: { id: "7", n: "x", day: "2020-02-30", note: "hello" },
        draft: {
          id: "row/7",
          source: "test",
          type: "behaviour-observed",
          subject: { customer: { system: "test", id: "7" } },
          occurredAt: "2019-12-31T23:00:00.000Z",
          data: { note: "hello" },
        },
        faults: [
          { field: "data.n", code: "bad-number", message: "column n is not a whole number" },
          { field: "data.day", code: "bad-date", message: "column day is not a date of the form yyyy-MM-dd" },
        ],
      },
    ]);
  });

  test("without its customer or its id is refused naming the column", async () => {
    const { refused } = await map("id,n\n,1\n", "{ n: n }");
    expect(refused[0]?.faults.map(({ field, code }) => `${field} ${code}`)).toEqual(["subject missing", "id missing"]);
  });

  test("with too few or too many cells is kept as text, because its values may be shifted", async () => {
    const { facts, refused } = await map('id,n,m\n1,2\n"a,b",2,3,4\n3,4,5,\n', "{ n: n }");
    expect(facts.map(fact => fact.id)).toEqual(["row/3"]);
    expect(refused.map(({ line, cells, faults }) => [line, cells, faults[0]?.code])).toEqual([
      [2, "1,2", "wrong-column-count"],
      [3, '"a,b",2,3,4', "wrong-column-count"],
    ]);
  });

  test("is told by its own line after values that span lines", async () => {
    const { refused } = await map('id,n\n1,"two\nlines"\n\n2,x\n3,"y\nz"\n', "{ n: { column: n, as: integer } }");
    expect(refused.map(row => row.line)).toEqual([2, 5, 6]);
  });
});

describe("a lookup", () => {
  const head = `lookups:
  owner: { file: holder.csv, key: account, take: [client, since], where: [{ column: role, in: [OWNER] }] }
`;
  const data = "{ owner: { lookup: owner, key: account, take: client } }";

  test("takes columns from another file, and nothing where there is no row", async () => {
    const holder = "account,client,since,role\nA,7,2001,OWNER\nA,8,2002,OTHER\n";
    const { facts } = await map("id,account\n1,A\n2,B\n3,\n", data, { head }, { "holder.csv": holder });
    expect(facts.map(fact => fact.data)).toEqual([{ owner: "7" }, {}, {}]);
  });

  test("refuses to guess between rows that disagree", async () => {
    const holder = "account,client,since,role\nA,7,2001,OWNER\nA,8,2001,OWNER\n";
    expect(firstFault(await map("id,account\n1,A\n", data, { head }, { "holder.csv": holder }))).toEqual({
      field: "data.owner",
      code: "ambiguous-lookup",
      message: "holder.csv has rows that disagree for account = column account",
    });
  });
});

describe("times", () => {
  test("end after midnight on the next day, in the zone of the source", async () => {
    const data = "{ start: { date: d, time: s }, end: { date: d, time: e, nextDayIfBefore: s } }";
    expect(first(await map("id,d,s,e\n1,2016-12-31,23:50:00,00:10:00\n", data))).toEqual({
      start: "2016-12-31T22:50:00.000Z",
      end: "2016-12-31T23:10:00.000Z",
    });
  });

  test("are read from one text too: local, with offset, or as an epoch", async () => {
    const data = `{ local: { dateTime: a, format: "dd.MM.yyyy HH:mm", zone: UTC }, offset: { dateTime: b }, epoch: { dateTime: c, format: epochSeconds } }`;
    expect(first(await map("id,a,b,c\n1,01.02.2003 04:05,2003-02-01T04:05:00+01:00,1\n", data))).toEqual({
      local: "2003-02-01T04:05:00.000Z",
      offset: "2003-02-01T03:05:00.000Z",
      epoch: "1970-01-01T00:00:01.000Z",
    });
  });

  test("without a year take it from the order of the rows", async () => {
    const file = "    withoutYear: { month: m, format: MMM, firstYear: 2008 }";
    const data = `{ day: { template: "{#year}-{m}-{d}", as: date, format: yyyy-MMM-d } }`;
    const { facts } = await map("id,m,d\n1,nov,30\n2,dec,1\n3,jan,2\n4,JAN,3\n5,feb,29\n", data, { file });
    expect(facts.map(fact => fact.data.day)).toEqual(["2008-11-30", "2008-12-01", "2009-01-02", "2009-01-03"]);
  });
});

describe("ids", () => {
  test("of rows without a key of their own are numbered, the same way each time", async () => {
    const csv = "id\n1\n2\n1\n1\n";
    const fact = "        numberRepeats: true";
    const ids = async () => (await map(csv, "{}", { fact })).facts.map(({ id }) => id);
    expect(await ids()).toEqual(["row/1", "row/2", "row/1/2", "row/1/3"]);
    expect(await ids()).toEqual(await ids());
  });

  test("that hold a digest of the content change with it and only with it", async () => {
    const id = async (value: string) => {
      const mapping = `mapping: 1
source: test
timeZone: UTC
customerSystem: test
files:
  - name: rows.csv
    facts:
      - { type: a, id: "row/{id}/{#content}", subject: { customer: id }, occurredAt: { date: { constant: 2020-01-01 } }, data: { v: v } }
`;
      return (await mapExtract(mapping, [writeExtract(tempFolder(), { "rows.csv": `id,v\n1,${value}\n` })])).facts[0]
        ?.id;
    };
    expect(await id("a")).toBe(await id("a"));
    expect(await id("a")).not.toBe(await id("b"));
  });
});
