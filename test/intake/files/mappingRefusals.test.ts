import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeRefusal } from "../../../src/intake/files/fileRefusal.ts";
import { parseMapping, readMapping } from "../../../src/intake/files/readMapping.ts";

const good = `mapping: 1
source: bank
timeZone: Europe/Prague
currency: CZK
customerSystem: bank
accountSystem: bank
codes:
  side: { values: { D: debit, C: credit }, unknown: refuse }
lookups:
  owner: { file: holder.csv, key: account, take: [client] }
files:
  - name: move.csv
    facts:
      - type: transaction-posted
        id: move/{id}
        subject: { account: account }
        occurredAt: { date: day, format: dd.MM.yyyy }
        data:
          account: { account: account }
          amount: { column: amount, as: money }
          direction: { column: side, codes: side }
          details.owner: { lookup: owner, key: account, take: client }
`;

const refusals = (text: string): string[] => {
  const read = parseMapping(text, "bank.yaml");
  return read.ok ? [] : read.refusal.map(describeRefusal);
};

test("a good mapping is accepted", () => expect(refusals(good)).toEqual([]));

test.each([
  ["Europe/Prague", "Europe/Prag", '/timeZone: "Europe/Prag" is not an IANA time zone'],
  ["currency: CZK", "currency: ABC", '/currency: "ABC" is not an ISO 4217 currency'],
  ["unknown: refuse", "unknown: guess", '/codes/side/unknown: "guess" must match ^(refuse|keep)$'],
  [", unknown: refuse", "", "/codes/side/unknown: is missing"],
  ["codes: side }", "codes: sides }", '/files/0/facts/0/data/direction/codes: there is no code table "sides"'],
  ["lookup: owner", "lookup: holder", '/files/0/facts/0/data/details.owner/lookup: there is no lookup "holder"'],
  [
    "take: client }",
    "take: name }",
    '/files/0/facts/0/data/details.owner/take: the lookup "owner" does not take the column "name"',
  ],
  ["dd.MM.yyyy", "dd.MM", '/files/0/facts/0/occurredAt/format: "dd.MM" lacks the year'],
  [
    "dd.MM.yyyy",
    "dd.MM.yy",
    "/files/0/facts/0/occurredAt/format: two-digit years need twoDigitYearsFrom, the first of the hundred years they mean",
  ],
  [
    "as: money",
    "as: euros",
    "/files/0/facts/0/data/amount/as: must be one of text, decimal, integer, boolean, date, money, sign",
  ],
  ["as: money", "eval: money", "/files/0/facts/0/data/amount/eval: there is no such setting"],
  [
    "column: amount, as",
    "as",
    "/files/0/facts/0/data/amount: give exactly one of column, constant, template, lookup, firstOf, customer, account, date, dateTime",
  ],
  [
    "{ account: account }\n        occ",
    "{}\n        occ",
    "/files/0/facts/0/subject: give exactly one of customer, account, unattributed",
  ],
  ["details.owner", "amount.owner", "/files/0/facts/0/data/amount: is both a value and an object"],
  ["details.owner", "__proto__.owner", '/files/0/facts/0/data: "__proto__.owner" must match'],
  ["accountSystem: bank\n", "", "/files/0/facts/0/subject: an account needs a system here or accountSystem above"],
  ["source: bank", "source: my bank", '/source: "my bank" must match ^[A-Za-z0-9][A-Za-z0-9._-]*$'],
])("%s written as %s is refused with its path", (from, to, message) => {
  expect(refusals(good.replace(from, to)).join("\n")).toContain(`bank.yaml, ${message}`);
});

test("every problem is told, not only the first", () => {
  const text = good.replace("Europe/Prague", "Nowhere").replace("codes: side }", "codes: none }");
  expect(refusals(text)).toHaveLength(2);
});

test("broken YAML is refused with its line", () => {
  expect(refusals(`${good}  - [`).join()).toMatch(/^bank\.yaml, line \d+: is not YAML/);
});

test("a mapping that is not there is refused by name", async () => {
  const read = await readMapping("mappings/none.yaml");
  expect(read).toMatchObject({ ok: false, refusal: [{ code: "MAPPING_UNREADABLE", file: "mappings/none.yaml" }] });
});

test("the example of the guide is a good mapping", () => {
  const [, example = ""] = /```yaml\n(.*?)```/s.exec(readFileSync("docs/mappings.md", "utf8")) ?? [];
  expect(example).toContain("mapping: 1");
  expect(refusals(example)).toEqual([]);
});

test.each(readdirSync("mappings"))("%s is a good mapping", name => {
  expect(refusals(readFileSync(`mappings/${name}`, "utf8"))).toEqual([]);
});
