import { readFileSync } from "node:fs";
import { parse, validate } from "graphql";
import { expect, test } from "vitest";
import { createRequestContext } from "../../../src/graphql/context.ts";
import { startServer } from "../server/support/startServer.ts";
import * as facts from "../support/facts.ts";
import { schema } from "../support/testBank.ts";
import { campaignBank } from "./support/campaignBank.ts";

const guide = readFileSync("docs/campaigns-api.md", "utf8");
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text = ""]) => text);
const operations = new Map(blocks("graphql").map(text => [/^\w+ (\w+)/.exec(text)?.[1] ?? text, text]));
const [variables = ""] = blocks("json");

test.each([...operations])("%s of the guide is an operation of the schema", (_, text) => {
  expect(validate(schema, parse(text))).toEqual([]);
});

test("the guide, from a draft to receipts, goes as it says over HTTP", async () => {
  const bank = campaignBank();
  const server = await startServer({
    schema,
    createContext: recording => createRequestContext(bank.backend, recording),
  });
  const run = async (name: string, given: object = {}) => {
    const { json } = await server.ask({ query: operations.get(name), variables: given });
    expect(json.errors).toBeUndefined();
    await bank.deliver();
    return json.data;
  };
  await bank.record(
    facts.registered("ada", "2026-01-01"),
    facts.told("consent-granted", facts.customer("ada"), "2026-01-02", { channel: "email", purpose: "service" }),
  );
  const { draftCampaign } = await run("Draft", JSON.parse(variables) as object);
  expect(draftCampaign).toMatchObject({ __typename: "CampaignChanged", outcome: "DRAFTED", version: 1 });
  expect(await run("Launch")).toMatchObject({
    ...{ approveCampaign: { outcome: "APPROVED" }, startCampaign: { outcome: "STARTED" } },
  });
  const complaint = { complaintId: "c1", product: "card", receivedOn: "2026-05-02" };
  await bank.record(facts.complained("ada", "2026-05-02", complaint));
  await bank.deliver();
  const { campaign } = await run("Standing");
  expect(campaign).toMatchObject({
    ...{ status: "RUNNING", current: { version: 1 }, draft: null, preparing: null, waves: { nodes: [] } },
    ...{ spent: { contacts: 1, money: { amount: "0.10", currency: "CZK" } }, waiting: { sends: 1, exact: true } },
    ...{ course: [{ what: "STARTED" }], kpis: [{ code: "called", added: false }] },
  });
  const { campaign: decided } = await run("Decided");
  const [{ decisionId }] = decided.decisions.nodes;
  expect(decided.decisions.nodes).toMatchObject([{ outcome: "SEND", why: expect.stringContaining("by email") }]);
  expect((await run("Decided", { reason: "CAP" })).campaign.decisions.nodes).toEqual([]);
  const { reportReceipts } = await run("Receipts", {
    input: [
      { contactId: decisionId, status: "sent" },
      { contactId: decisionId, status: "sent" },
      { contactId: "nobody", status: "opened" },
    ],
  });
  expect(reportReceipts).toMatchObject({ accepted: 1, duplicates: 1, quarantined: 1 });
  const { customer } = await run("History");
  expect(customer.contacts.nodes).toMatchObject([
    {
      ...{ contacted: true, origin: "DECIDED", campaign: { name: "After a complaint" } },
      ...{ receipts: [{ status: "sent" }], responses: [] },
      decision: { cause: { kind: "TRIGGER", fact: { type: "complaint-recorded" } }, consent: { granted: true } },
    },
  ]);
  expect((await run("Standing")).campaign.waiting).toEqual({ sends: 0, exact: true });
});
