import fc from "fast-check";
import { expect, test } from "vitest";
import type { CustomerId } from "../../src/domain/ids.ts";
import type { JsonObject, JsonValue } from "../../src/domain/json.ts";
import { formatMinorUnits } from "../../src/domain/money.ts";
import { shippedCatalogue } from "./shippedCatalogue.ts";

const stored = (type: string, data: object) =>
  shippedCatalogue.find(type)!.normalise(data as JsonObject, ({ system, id }) => `of ${system} ${id}` as CustomerId);
const account = { system: "core", id: "a1" };

test("money is stored in minor units, references as text, instants in UTC, decimals plainly", () => {
  expect(stored("balance-reported", { account, balance: { amount: "-0.50", currency: "CZK" } }).data).toEqual({
    account: "core/a1",
    balance: { minorUnits: -50, currency: "CZK" },
  });
  expect(stored("balance-reported", { account, balance: { amount: "1200", currency: "JPY" } }).data.balance).toEqual({
    minorUnits: 1200,
    currency: "JPY",
  });
  expect(
    stored("call-recorded", { callId: "1", outcome: "Agent", startedAt: "2024-01-01T00:30:00.5+01:00" }).data,
  ).toEqual({
    callId: "1",
    outcome: "Agent",
    startedAt: "2023-12-31T23:30:00.500Z",
  });
  expect(stored("identity-merged", { customer: { system: "crm", id: "7" } }).data).toEqual({ customer: "of crm 7" });
  const quantity = (text: string) => stored("holding-changed", { instrument: "X", quantity: text }).data.quantity;
  expect(["1.50", "007", "-0.0", "0.05", "-10"].map(quantity)).toEqual(["1.5", "7", "0", "0.05", "-10"]);
});

test("personal values are kept apart, the rest in clear", () => {
  const attributes = { firstName: "Ada", district: "18", "favourite-colour": "red", email: null, language: "cs" };
  expect(stored("customer-attributes-changed", { attributes })).toMatchObject({
    data: { attributes: { district: "18", language: "cs" } },
    personal: { "/attributes/email": null, "/attributes/favourite-colour": "red", "/attributes/firstName": "Ada" },
  });
  const details = { frequency: "monthly", email: "ada@example.com" };
  expect(stored("account-opened", { account, details })).toMatchObject({
    data: { account: "core/a1", details: { frequency: "monthly" } },
    personal: { "/details/email": "ada@example.com" },
  });
  const { data, personal } = stored("transaction-posted", {
    account,
    direction: "debit",
    amount: { amount: "1", currency: "CZK" },
    description: "Happy birthday",
  });
  expect(JSON.stringify(data)).not.toContain("birthday");
  expect(personal).toEqual({ "/description": "Happy birthday" });
});

test("an answer dated before its question is flagged and kept", () => {
  const complaint = { complaintId: "1", product: "Card", receivedOn: "2014-07-03" };
  expect(stored("complaint-recorded", { ...complaint, answeredOn: "2014-07-02" }).flags).toEqual([
    "answered-before-received",
  ]);
  expect(stored("complaint-recorded", { ...complaint, answeredOn: "2014-07-03" }).flags).toEqual([]);
  expect(stored("complaint-recorded", complaint).flags).toEqual([]);
});

test("the order in which a source writes its fields leaves no trace in what is stored", () => {
  const shuffled = (value: JsonValue, order: (keys: string[]) => string[]): JsonValue =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(order(Object.keys(value)).map(key => [key, shuffled((value as JsonObject)[key]!, order)]))
      : value;
  const examples = shippedCatalogue.types.flatMap(({ type, versions }) =>
    versions.at(-1)!.examples.map(example => ({ type, example })),
  );
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.infiniteStream(fc.nat()), ({ type, example }, random) => {
      const order = (keys: string[]) =>
        keys
          .map(key => ({ key, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ key }) => key);
      const text = (data: JsonValue) => JSON.stringify(stored(type, data as JsonObject));
      expect(text(shuffled(example, order))).toBe(text(example));
      // Nor does the order of fields in the schema, which may be tidied some day.
      expect(Object.keys(stored(type, example).data)).toEqual(Object.keys(stored(type, example).data).sort());
    }),
  );
});

test("every amount of money comes out of storage exactly as it went in", () => {
  const currencies = [
    ["CZK", 2],
    ["JPY", 0],
    ["BHD", 3],
    ["CLF", 4],
  ] as const;
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.constantFrom(...currencies), (minorUnits, [currency, digits]) => {
      const data = { account, balance: { amount: formatMinorUnits(minorUnits, digits), currency } };
      expect(shippedCatalogue.find("balance-reported")!.check(data)).toEqual([]);
      expect(stored("balance-reported", data).data.balance).toEqual({ minorUnits, currency });
    }),
  );
});
