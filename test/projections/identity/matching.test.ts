import { expect, test } from "vitest";
import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../src/adapters/memory/createMemoryReadModels.ts";
import { newcomer } from "../../../src/projections/customer/fold.ts";
import { createEngine } from "../../../src/projections/engine.ts";
import { matchValuesOf, normalForm } from "../../../src/projections/identity/matching.ts";
import { ReadModelsOutdated } from "../../../src/projections/readModelStore.ts";
import { ada, adaId, appendAll } from "../support/facts.ts";

test.each([
  ["email", " Ada@Bank.CZ ", "ada@bank.cz"],
  ["email", "no address", null],
  ["phone", "+420 777-123 456", "420777123456"],
  ["phone", "00420777123456", "420777123456"],
  ["phone", "12", null],
  ["date", "1980-02-29T00:00:00Z", "1980-02-29"],
  ["date", "29.2.1980", null],
  ["text", "  Ada   LOVELACE ", "ada lovelace"],
  ["text", "", null],
  ["text", null, null],
] as const)("as %s, %j is %j", (form, value, normal) => {
  expect(normalForm(value, form)).toBe(normal);
});

const rule = {
  name: "name and birth date",
  attributes: [
    { name: "name", form: "text" as const },
    { name: "birthDate", form: "date" as const },
  ],
};
const policy = { rules: [rule], sharedByAtMost: 10, ignored: ["UNKNOWN"] };
const having = (name: string, birthDate: string | null) => ({
  ...newcomer(adaId, 1, 1),
  attributes: {
    name: { name: "name", value: name, source: "core", occurredAt: 1, position: 3 },
    birthDate: { name: "birthDate", value: birthDate, source: "core", occurredAt: 1, position: 2 },
  },
});

test("a rule holds only with all its attributes, since the newest of them, and not with a value that is none", () => {
  const [value] = matchValuesOf(having("Ada", "1980-01-01"), policy);
  expect(value).toEqual({ rule: "name and birth date", since: 3, digest: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(matchValuesOf(having("ADA ", "1980-01-01T10:00:00Z"), policy)).toEqual([value]);
  expect(matchValuesOf(having("Bo", "1980-01-01"), policy)[0]?.digest).not.toBe(value?.digest);
  expect(matchValuesOf(having("Ada", null), policy)).toEqual([]);
  expect(matchValuesOf(having("Unknown", "1980-01-01"), policy)).toEqual([]);
  expect(matchValuesOf(newcomer(adaId, 1, 1), policy)).toEqual([]);
});

test("read models matched by other rules are not gone on with", async () => {
  const log = createMemoryLog({ logId: "log" });
  const { store } = createMemoryReadModels();
  const engine = (matching?: typeof policy) =>
    createEngine({ log: log.reader, store, upcast: event => event, ...(matching && { matching }) });
  appendAll(log.writer, [{ stream: ada, name: "a", type: "customer-registered", occurredAt: 1, data: {} }]);
  await engine(policy).drain();
  expect(await engine(policy).drain()).toBe(1);
  expect(() => engine({ ...policy, sharedByAtMost: 3 })).toThrow(ReadModelsOutdated);
  expect(() => engine()).toThrow(ReadModelsOutdated);
});
