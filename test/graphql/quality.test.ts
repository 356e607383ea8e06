import { expect, test } from "vitest";
import type { GroupingIntake } from "../../src/intake/createIntake.ts";
import { moved, opened, registered, told } from "./support/facts.ts";
import { testBank } from "./support/testBank.ts";

const totals = "totals { accepted duplicates late future quarantined repaired replayed discarded delays { day more } }";
const fields = "fields { field isPersonal present completeness refused validity faults { code facts } }";

async function fedBank() {
  const bank = testBank();
  const payment = moved("a1", "2026-05-30", "-10.00", { purpose: "rent" });
  await bank.record(
    registered("1", "2026-05-31", { firstName: "Ada", district: "18" }),
    opened("1", "a1", "2026-05-31"),
    payment,
    payment,
    moved("a1", "2020-01-01", "-5.00"),
    moved("a1", "2026-05-30", "-5.001"),
    told("no-such-type", { customer: { system: "core", id: "1" } }, "2026-05-30", {}),
  );
  await (bank.backend.intake as GroupingIntake).observe();
  await bank.engine.drain();
  return bank;
}

test("a source's quality names what became of its facts", async () => {
  const bank = await fedBank();
  const { data } = await bank.query(`{ dataQuality(source: "core") { source from to ${totals} } }`);
  expect(data.dataQuality).toEqual({
    source: "core",
    from: "2026-06-01",
    to: "2026-06-01",
    totals: {
      accepted: 4,
      duplicates: 1,
      late: 2,
      future: 0,
      quarantined: 2,
      repaired: 0,
      replayed: 0,
      discarded: 0,
      delays: { day: 2, more: 1 },
    },
  });
});

test("completeness and validity are told field by field, also of fields that no fact has", async () => {
  const bank = await fedBank();
  const { data } = await bank.query(`{ dataQuality(source: "core") { factTypes { factType ${fields} } } }`);
  const type = (name: string) => data.dataQuality.factTypes.find((one: { factType: string }) => one.factType === name);
  const field = (name: string, path: string) => type(name).fields.find((one: { field: string }) => one.field === path);
  expect(field("transaction-posted", "data.purpose")).toMatchObject({ present: 1, completeness: 0.5, validity: 1 });
  expect(field("transaction-posted", "data.mcc")).toMatchObject({ present: 0, completeness: 0 });
  expect(field("transaction-posted", "data.amount.amount")).toMatchObject({ refused: 1, faults: [{ facts: 1 }] });
  expect(field("transaction-posted", "data.amount.amount").validity).toBeCloseTo(2 / 3);
  expect(field("customer-registered", "data.attributes.firstName")).toMatchObject({
    isPersonal: true,
    present: null,
    completeness: null,
  });
  expect(field("no-such-type", "type")).toMatchObject({ present: null, refused: 1, validity: 0 });
});

test("days can be charted, but not without end", async () => {
  const bank = await fedBank();
  const days = (from: string) =>
    bank.query(
      `{ dataQuality(source: "core", from: "${from}", to: "2026-06-02") { days { day totals { accepted } } } }`,
    );
  expect((await days("2026-05-01")).data.dataQuality.days).toEqual([{ day: "2026-06-01", totals: { accepted: 4 } }]);
  expect((await days("2024-05-01")).errors?.[0]).toMatchObject({
    code: "BAD_USER_INPUT",
    message: "Ask for at most 400 days, not 763.",
  });
});

test("sources are listed with their days; of one never heard of nothing is told", async () => {
  const bank = await fedBank();
  const { data } = await bank.query(
    `{ dataSources { source firstDay lastDay quality { totals { accepted } } } dataQuality(source: "crm") { source } }`,
  );
  expect(data).toEqual({
    dataSources: [
      { source: "core", firstDay: "2026-06-01", lastDay: "2026-06-01", quality: { totals: { accepted: 4 } } },
    ],
    dataQuality: null,
  });
});

test("a stretch that ends before it begins, and a date that is none, are refused", async () => {
  const bank = await fedBank();
  const ask = async (from: string, to: string) =>
    (await bank.query(`{ dataQuality(source: "core", from: "${from}", to: "${to}") { source } }`)).errors?.[0];
  expect(await ask("2026-06-02", "2026-06-01")).toMatchObject({ code: "BAD_USER_INPUT" });
  expect((await ask("2026-02-30", "2026-06-01"))?.message).toContain("expected a date, such as 2024-05-31");
});
