import { expect, test } from "vitest";
import { testBank } from "./support/testBank.ts";

test("a run that is at work already is no error but an answer that says where to look", async () => {
  const { data } = await testBank().query(`mutation { startRebuild { __typename ... on AlreadyRunning { message } } }`);
  expect(data.startRebuild).toEqual({
    __typename: "AlreadyRunning",
    message: "Follow the one at work with the query `rebuild`, or wait for its end.",
  });
});

test("a run that was started tells how far it has come", async () => {
  const { data } = await testBank().query(
    `mutation { startVerification { ... on Verification { state progress processed target matches finishedAt } } }`,
  );
  expect(data.startVerification).toEqual({
    state: "RUNNING",
    progress: 0.25,
    processed: "25",
    target: "100",
    matches: null,
    finishedAt: null,
  });
});

test("where nothing ran there is nothing to see, and what ended well says so", async () => {
  const { data } = await testBank().query(
    `{ rebuild { state } verification { state progress matches findings error } }`,
  );
  expect(data).toEqual({
    rebuild: null,
    verification: { state: "DONE", progress: 1, matches: true, findings: [], error: null },
  });
});

test("the data standard is served by name, with its schemas", async () => {
  const { data } = await testBank().query(`{
    factTypes(first: 2) { totalCount nodes { type } }
    factType(type: "consent-granted") { newest { version title subject schema examples } versions { version } }
    unknown: factType(type: "no-such-type") { type }
  }`);
  expect(data.factTypes.totalCount).toBeGreaterThan(25);
  expect(data.factTypes.nodes).toEqual([{ type: "account-closed" }, { type: "account-opened" }]);
  expect(data.factType).toMatchObject({
    newest: { version: 1, subject: "CUSTOMER", schema: { type: "object", required: ["channel", "purpose"] } },
    versions: [{ version: 1 }],
  });
  expect(data.unknown).toBeNull();
});
