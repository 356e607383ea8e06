import { expect, test } from "vitest";
import { createRequestContext } from "../../../src/graphql/context.ts";
import { startServer } from "../server/support/startServer.ts";
import { schema } from "../support/testBank.ts";
import { ada, spend30d, tagBank } from "./support/tagBank.ts";

test("a definition nested without end is refused as the client's fault, and the server lives on", async () => {
  const bank = tagBank();
  const { ask } = await startServer({ schema, createContext: () => createRequestContext(bank.backend) });
  const nested = (depth: number) => `${'{"not":'.repeat(depth)}{"boolean":true}${"}".repeat(depth)}`;
  const draft = (depth: number) => {
    const definition = JSON.stringify({ ...spend30d, type: { boolean: true }, rule: { formula: "HERE" } });
    const query = `mutation ($definition: TagDefinitionInput!) { draftTag(definition: $definition, actor: ${ada}) {
      __typename ... on TagRefused { reason faults { code } } } }`;
    const variables = `{"definition":${definition.replace('"HERE"', nested(depth))}}`;
    return ask(`{"query":${JSON.stringify(query)},"variables":${variables}}`);
  };
  const endless = await draft(50_000);
  expect(endless.json.errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)).toEqual([
    "BAD_USER_INPUT",
  ]);
  expect((await draft(200)).json.data.draftTag).toMatchObject({ __typename: "TagRefused", reason: "INVALID" });
  expect((await draft(2)).json.data.draftTag).toEqual({ __typename: "TagChanged" });
});
