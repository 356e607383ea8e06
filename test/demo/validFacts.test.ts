import { expect, test } from "vitest";
import { parseInstant } from "../../src/domain/instant.ts";
import type { JsonObject } from "../../src/domain/json.ts";
import { loadCatalogue } from "../../src/intake/loadCatalogue.ts";
import { bankFor } from "./bankFor.ts";

const loaded = loadCatalogue("schema/facts");
if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
const catalogue = loaded.value;
const faultsOf = (type: string, data: JsonObject) => catalogue.find(type)?.check(data) ?? [`no type ${type}`];

const { facts } = bankFor({ seed: 2, customers: 1500, factsPerCustomer: 150, troubles: { bad: 500 } });
const isBad = (id: string): boolean => id.endsWith("-bad");

test("every fact but the bad ones keeps to the schema of its type", () => {
  for (const { id, type, data, occurredAt } of facts)
    if (!isBad(id)) expect([id, parseInstant(occurredAt) !== null, ...faultsOf(type, data)]).toEqual([id, true]);
});

test("the bank tells facts of every type except decisions on who is who, scores of models and experiments of others", () => {
  const told = new Set(facts.map(({ type }) => type));
  expect(catalogue.types.map(({ type }) => type).filter(type => !told.has(type))).toEqual([
    "campaign-assigned",
    "identity-merged",
    "identity-split",
    "merge-proposal-rejected",
    "score-reported",
  ]);
});

test("a bad fact has a wrong amount, a wrong date, or an account that nobody opened", () => {
  const opened = new Set(
    facts.filter(({ type }) => type === "account-opened").map(({ data }) => JSON.stringify(data.account)),
  );
  const bad = facts.filter(({ id }) => isBad(id));
  for (const { type, data, occurredAt } of bad) {
    const instant = parseInstant(occurredAt);
    const isWrong =
      faultsOf(type, data).length > 0 ||
      instant === null ||
      instant > Date.UTC(2100, 0) ||
      !opened.has(JSON.stringify(data.account));
    expect(isWrong).toBe(true);
  }
  expect(bad.length).toBeGreaterThan(100);
});
