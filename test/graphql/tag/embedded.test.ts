import { graphql } from "graphql";
import { expect, onTestFinished, test } from "vitest";
import { openProduct, type Product } from "../../../src/compose.ts";
import { loadConfig } from "../../../src/config.ts";
import { createRequestContext } from "../../../src/graphql/context.ts";
import { tempFolder } from "../../support/tempFolder.ts";
import * as facts from "../support/facts.ts";
import { schema } from "../support/testBank.ts";
import { bigSpender, definition, spend30d } from "./support/tagBank.ts";

let product: Product;
/** Closed before its folder goes. */
async function open(): Promise<void> {
  const folder = tempFolder();
  const config = loadConfig({ C360_DATA_DIR: folder });
  if (!config.ok) throw new Error(JSON.stringify(config));
  product = await openProduct(config.value, "test");
  onTestFinished(() => product.close());
}

async function ask(source: string, variableValues: Record<string, unknown> = {}) {
  const context = createRequestContext(product.backend);
  try {
    const { data, errors } = await graphql({ schema, source, variableValues, contextValue: context });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return JSON.parse(JSON.stringify(data));
  } finally {
    context.release();
  }
}

const ada = `{ kind: PERSON, id: "ada" }`;
async function define(json: { readonly code: string }): Promise<string> {
  const { draftTag } = await ask(
    `mutation ($definition: TagDefinitionInput!) { draftTag(definition: $definition, actor: ${ada}) { ... on TagChanged { version } } }`,
    { definition: json },
  );
  const { publishTag } = await ask(
    `mutation { publishTag(code: "${json.code}", version: ${draftTag.version}, actor: ${ada}) { ... on TagChanged { position } } }`,
  );
  return publishTag.position;
}

async function until<Value>(look: () => Promise<Value>, wanted: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await look();
    if (wanted(value)) return value;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

test("the product over its store and threads answers tags, explains them, and knows the past", async () => {
  await open();
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const outcomes = await product.backend.intake.submit(
    {
      format: "facts",
      facts: [
        facts.registered("ada", day(90)),
        facts.opened("ada", "a1", day(80)),
        facts.moved("a1", day(40), "-70.00"),
        facts.moved("a1", day(10), "-150.00"),
      ],
    },
    { source: "core" },
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(["accepted", "accepted", "accepted", "accepted"]);
  await define(spend30d);
  await define(bigSpender);
  const position = await define(definition({ code: "payments" }));
  const fills = () =>
    ask(
      `{ tags(minPosition: "${position}") { nodes { code fill { filled } spread(limit: 5) { covered customers } } } }`,
    );
  const { tags } = await until(fills, ({ tags }) =>
    tags.nodes.every(({ fill }: { fill: { filled: boolean } | null }) => fill?.filled),
  );
  const whole = { fill: { filled: true }, spread: { covered: 1, customers: 1 } };
  expect(tags.nodes).toEqual(["big-spender", "payments", "spend-30d"].map(code => ({ code, ...whole })));

  const customer = `customer(identity: { system: "core", id: "ada" }`;
  const answer = await ask(`{
    now: ${customer}) { tags { nodes { code state value { display } explain { evidence { totalCount } } } } }
    past: ${customer}, asOf: "${day(35)}T00:00:00Z") {
      accounts { nodes { balance { money { amount } } } } tag(code: "spend-30d") { value { display } }
    }
  }`);
  expect(answer).toEqual({
    now: {
      tags: {
        nodes: [
          {
            code: "big-spender",
            state: "PRESENT",
            value: { display: "true" },
            explain: { evidence: { totalCount: 0 } },
          },
          { code: "payments", state: "PRESENT", value: { display: "2" }, explain: { evidence: { totalCount: 2 } } },
          {
            code: "spend-30d",
            state: "PRESENT",
            value: { display: "150.00 CZK" },
            explain: { evidence: { totalCount: 1 } },
          },
        ],
      },
    },
    past: {
      accounts: { nodes: [{ balance: { money: { amount: "-70.00" } } }] },
      tag: { value: { display: "70.00 CZK" } },
    },
  });
});
