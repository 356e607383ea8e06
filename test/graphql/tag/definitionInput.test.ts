import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { coerceInputValue, type GraphQLInputType, graphql, parse, printType, validate } from "graphql";
import { describe, expect, test } from "vitest";
import type { OutsideDefinition } from "../../../src/domain/tag/outside.ts";
import { buildGraphQLSchema } from "../../../src/graphql/schema.ts";
import { outsideOf } from "../../../src/graphql/tag/input/definitionInput.ts";

const schema = buildGraphQLSchema();
const definitionInput = schema.getType("TagDefinitionInput") as GraphQLInputType;
const definitions = readdirSync("examples")
  .map(name => join("examples", name, "tags.json"))
  .filter(file => existsSync(file))
  .flatMap(file => JSON.parse(readFileSync(file, "utf8")) as OutsideDefinition[]);

const taken = (json: unknown): unknown => outsideOf(coerceInputValue(json, definitionInput));
const spend: OutsideDefinition = {
  code: "spend-30d",
  name: "Spend, 30 days",
  category: "behaviour/payments",
  owner: "payments-analytics",
  description: "What left the accounts.",
  type: { money: { currency: "CZK" } },
  rule: { statistic: { measure: { sum: { field: "amount" } }, facts: { types: ["transaction-posted"] } } },
};
const withRule = (rule: object): object => ({ ...spend, rule });

describe("a definition in GraphQL", () => {
  test.each(definitions.map(definition => [definition.code, definition] as const))(
    "is the same JSON as in a file: %s",
    (_, definition) => expect(taken(definition)).toEqual(definition),
  );

  const when = { in: { of: { tag: "kind" }, values: ["a"] } };
  const operations = ["add", "subtract", "multiply", "divide", "minimum", "maximum", "coalesce", "all", "any"];
  const comparisons = ["equal", "notEqual", "lessThan", "atMost", "moreThan", "atLeast"];
  test.each([
    { attribute: { profile: { name: "birthDate", as: { date: { zone: "Europe/Prague" } } } } },
    { attribute: { preference: { name: "channel", as: { text: true } } } },
    { attribute: { consent: { channel: "email", purpose: "marketing" } } },
    { attribute: { balance: { currency: "CZK" } } },
    { attribute: { registeredAt: true } },
    { attribute: { standing: { what: "standing-order", where: { field: "product", equals: "gold" } } } },
    ...["sum", "average", "minimum", "maximum", "distinct", "first", "last", "mostFrequent", "set"].map(kind => ({
      statistic: {
        measure: { [kind]: { field: "amount", as: { decimal: { decimals: 2 } } } },
        facts: { types: ["t"] },
      },
    })),
    { statistic: { measure: { distinctDays: { zone: "UTC" } }, facts: { types: [], window: { rolling: "P30D" } } } },
    ...[
      { lifetime: true },
      { ago: { from: "P60D", to: "P30D" } },
      { absolute: { from: "2024-01-01", to: "2024-02-01", zone: "UTC" } },
      { calendar: { unit: "quarter", previous: 2, zone: "UTC" } },
    ].map(window => ({ statistic: { measure: { count: true }, facts: { types: ["t"], window } } })),
    {
      statistic: {
        measure: { count: true },
        facts: {
          types: ["t"],
          where: {
            any: [
              { not: { field: "a", in: ["x", 1, true] } },
              {
                all: [
                  { field: "a", lessThan: 1 },
                  { field: "a", atMost: "1.5" },
                  { field: "b", moreThan: 2 },
                ],
              },
              { field: "a", atLeast: "2024-01-01", as: { boolean: true } },
              { field: "a", contains: "x" },
              { field: "a", startsWith: "x" },
              { field: "a", endsWith: "x" },
              { field: "a", exists: true },
            ],
          },
        },
      },
    },
    ...[...operations, ...comparisons].map(kind => ({ formula: { [kind]: [{ tag: "a" }, { number: "1.5" }] } })),
    ...[
      { money: { amount: 10, currency: "CZK" } },
      { boolean: false },
      { text: "x" },
      { date: { at: "2024-01-01", zone: "UTC" } },
      { set: ["a"] },
      { not: { boolean: true } },
      { exists: { tag: "a" } },
      // biome-ignore lint/suspicious/noThenProperty: the word of the definition
      { if: { when, then: { number: 1 }, else: { number: 2 } } },
      { daysSince: { of: { tag: "d" }, zone: "UTC" } },
      { yearsSince: { of: { tag: "d" }, zone: "UTC" } },
    ].map(formula => ({ formula })),
    { tiers: { tiers: [{ value: "gold", when }], otherwise: "bronze" } },
    { relation: { kinds: ["spouse"], direction: "both", measure: "sum", of: "balance", includeSelf: true } },
    { manual: true },
    { rfm: { output: "cell", recency: "r", frequency: "f", monetary: "m", groups: 5, tieSystem: "crm" } },
    { score: { model: "churn", decimals: 4 } },
    { lookAlike: { seed: "vip", features: ["spend"] } },
  ])("carries every part of a rule as it is: %j", rule => {
    expect(taken(withRule(rule))).toEqual(withRule(rule));
  });

  test("takes null for what is left out", () => {
    expect(taken({ ...spend, sensitivity: null })).toEqual(spend);
  });

  test("is refused where a choice is made twice, or not at all", () => {
    expect(() => taken(withRule({ manual: true, score: { model: "x" } }))).toThrow("Exactly one key must be specified");
    expect(() => taken(withRule({}))).toThrow("Exactly one key must be specified");
  });

  test("is checked in a query's own text before anything runs", () => {
    const fields = `code: "a", name: "a", category: "a", owner: "a", description: "a", type: { text: true }`;
    const draft = (rule: string) =>
      `mutation { draftTag(definition: { ${fields}, rule: ${rule} }, actor: { kind: PERSON, id: "ada" }) { __typename } }`;
    expect(validate(schema, parse(draft("{ manual: true }")))).toEqual([]);
    expect(validate(schema, parse(draft('{ manual: true, score: { model: "x" } }')))[0]?.message).toBe(
      'OneOf Input Object "TagRuleInput" must specify exactly one key.',
    );
  });

  test("is a choice in the printed contract too, and in introspection", async () => {
    expect(printType(schema.getType("TagRuleInput")!)).toContain("input TagRuleInput @oneOf {");
    const { data } = await graphql({ schema, source: `{ __type(name: "TagRuleInput") { isOneOf } }` });
    expect(data?.__type).toEqual({ isOneOf: true });
  });
});
