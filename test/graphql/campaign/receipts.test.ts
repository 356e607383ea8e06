import { expect, test } from "vitest";
import * as facts from "../support/facts.ts";
import { decidedBank } from "./support/decidedBank.ts";

const text = `mutation ($input: [ReceiptInput!]!, $source: String) { said: reportReceipts(input: $input, source: $source) {
  __typename
  ... on ReceiptsReported { accepted duplicates quarantined position outcomes {
    receipt { __typename ... on FactAccepted { customerId event { type data } } ... on FactDuplicate { eventId }
      ... on FactQuarantined { quarantineId faults { field code message } } }
    withdrawal { __typename ... on FactAccepted { event { type data } } } } }
  ... on BatchTooLarge { given limit message } } }`;

async function sentBank() {
  const bank = await decidedBank();
  await bank.complains("ada", "2026-05-02");
  const [contactId] = await bank.decisionIds();
  const report = async (input: readonly object[], source = "mailer") => {
    const { data, errors } = await bank.query(text, { input, source });
    await bank.engine.drain();
    return data?.said ?? errors;
  };
  return { ...bank, contactId, report };
}

test("receipts are accepted, told apart from duplicates, and quarantined with reasons, each by itself", async () => {
  const { contactId, report } = await sentBank();
  const nobody = "00000000-0000-4000-8000-000000000000";
  const sent = { id: "r1", contactId, status: "sent", occurredAt: "2026-05-02T12:01:00Z" };
  const said = await report([sent, sent, { contactId: nobody, status: "opened" }, { contactId, status: "eaten" }]);
  expect(said).toMatchObject({ __typename: "ReceiptsReported", accepted: 1, duplicates: 1, quarantined: 2 });
  const [accepted, again, unknown, wrong] = said.outcomes.map(({ receipt }: { receipt: object }) => receipt);
  expect(accepted).toMatchObject({
    __typename: "FactAccepted",
    event: { type: "delivery-reported", data: { contactId } },
  });
  expect(again).toMatchObject({ __typename: "FactDuplicate" });
  expect(unknown).toMatchObject({
    ...{ __typename: "FactQuarantined" },
    faults: [{ field: "contactId", code: "contact-unknown", message: `there is no contact ${nobody}` }],
  });
  expect(wrong).toMatchObject({ __typename: "FactQuarantined", faults: [{ field: "status", code: "unknown-status" }] });
  expect(await report([sent])).toMatchObject({ accepted: 0, duplicates: 1, quarantined: 0 });
});

test("an unsubscription takes consent back, which is an outcome of its own", async () => {
  const { contactId, report, complains, ask } = await sentBank();
  const said = await report([{ contactId, status: "unsubscribed" }]);
  expect(said.outcomes).toMatchObject([
    {
      receipt: { __typename: "FactAccepted" },
      withdrawal: { event: { type: "consent-withdrawn", data: { channel: "email", purpose: "marketing" } } },
    },
  ]);
  await complains("ada", "2027-05-10");
  const { campaign } = await ask(
    '{ campaign(id: "sorry") { decisions(first: 1) { nodes { reason why } } waiting { sends } } }',
  );
  expect(campaign.decisions.nodes[0]).toMatchObject({ reason: "CONSENT" });
  expect(campaign.decisions.nodes[0].why).toContain("the customer does not agree to it");
  expect(campaign.waiting).toEqual({ sends: 0 });
});

test("a receipt years late, or before those that it follows, is taken", async () => {
  const { contactId, report, ask } = await sentBank();
  expect(await report([{ contactId, status: "clicked", occurredAt: "2026-05-02T12:05:00Z" }])).toMatchObject({
    accepted: 1,
  });
  expect(await report([{ contactId, status: "opened", occurredAt: "2026-05-02T12:04:00Z" }])).toMatchObject({
    accepted: 1,
  });
  const { decision } = await ask("query ($id: ID!) { decision(id: $id) { receipts { status } } }", { id: contactId });
  expect(decision.receipts).toEqual([{ status: "opened" }, { status: "clicked" }]);
});

test("too many at once, and a source that is none, are refused before anything is kept", async () => {
  const { contactId, report } = await sentBank();
  const many = Array.from({ length: 1_001 }, () => ({ contactId, status: "opened" }));
  expect(await report(many)).toEqual({
    ...{ __typename: "BatchTooLarge", given: 1_001, limit: 1_000, message: "Send at most 1000 receipts at a time." },
  });
  expect(await report([], "")).toMatchObject([{ code: "BAD_USER_INPUT", extensions: { argument: "source" } }]);
});

test("a send that was withheld was no contact, and its history says so and why", async () => {
  const { contactId, record, engine, ask } = await sentBank();
  const told = `{ campaign(id: "sorry") { spent { contacts money { amount } } decisions(first: 1) { nodes { outcome why
    customer { contacts(first: 1) { nodes { contacted why receipts { status reason } } } } } }
    effects { ... on CampaignEffects { funnel { decided sends withheld reached customers } } } } }`;
  const before = (await ask(told)).campaign;
  const [decision] = before.decisions.nodes;
  expect(decision.why).toMatch(/^Contacted by email/);
  expect(decision.customer.contacts.nodes).toMatchObject([{ contacted: true, why: decision.why }]);
  expect(before.spent.contacts).toBe(1);
  const reason = "consent to email for marketing does not stand any more";
  await record({
    ...{ source: "mailer", id: "w1", type: "delivery-reported", occurredAt: "2026-05-02T12:00:00Z" },
    subject: facts.customer("ada"),
    data: { contactId: contactId as string, campaignId: "sorry", channel: "email", status: "withheld", reason },
  });
  await engine.drain();
  const { spent, decisions, effects } = (await ask(told)).campaign;
  const [withheld] = decisions.nodes;
  expect(withheld.outcome).toBe("SEND");
  expect(withheld.why).toMatch(/^Not contacted: .* but the send by email for marketing was withheld: consent to email/);
  expect(withheld.customer.contacts.nodes).toEqual([
    { contacted: false, why: withheld.why, receipts: [{ status: "withheld", reason }] },
  ]);
  expect(spent.contacts).toBe(0);
  expect(effects.funnel).toEqual({ decided: 1, sends: 0, withheld: 1, reached: 0, customers: 1 });
});
