import { expect, test } from "vitest";
import { campaign, campaignBank, policy } from "../campaign/support/campaignBank.ts";
import { complained, consented, customer, told } from "../support/facts.ts";

const start = `mutation ($version: Int!, $campaignId: ID, $from: DateTime, $to: DateTime, $first: Int, $policyId: ID = "retail") {
  run: startPolicyReplay(policyId: $policyId, version: $version, campaignId: $campaignId, from: $from, to: $to, first: $first) {
    __typename ... on PolicyReplayRun { state policyId version } ... on PolicyReplayRefused { field message } } }`;
const look = `{ policyReplay { state progress processed target version report {
  decisions differing changes { was wasReason wouldBe wouldBeReason count }
  contactsMade contactsWouldBe contactsSaved contactsAdded costs { made { amount currency } wouldBe { amount currency } }
  releasedSent releasedSkipped stillHeld unanswered unknownCampaign
  differences { decisionId customerId campaignId at was { outcome reason channel until } wouldBe { outcome reason channel until } }
} } }`;

let complaints = 0;
const complaint = (who: string) => {
  complaints += 1;
  return complained(who, "2026-05-30", { complaintId: `k${complaints}`, product: "card", receivedOn: "2026-05-30" });
};

/** Ada complains three times and is written to each time; Bo once, after a call. Without any cap or suppression. */
async function bankWithDecisions() {
  const bank = campaignBank();
  await bank.record(consented("ada", "2026-05-01"), consented("bo", "2026-05-01"));
  await bank.record(told("call-recorded", customer("bo"), "2026-05-02", { callId: "c1", outcome: "answered" }));
  await bank.publishPolicy(policy("retail"));
  await bank.launch(campaign("spring", { policy: "retail" }));
  for (const who of ["ada", "ada", "bo", "ada"]) {
    await bank.record(complaint(who));
    await bank.deliver();
  }
  const replay = async (variables: object) => {
    const { run } = await bank.ask(start, { ...variables });
    if (run.__typename !== "PolicyReplayRun") return run;
    return (await bank.ask(look)).policyReplay.report;
  };
  return { ...bank, replay };
}

test("a cap that is tried as a draft says which sends there would not have been", async () => {
  const bank = await bankWithDecisions();
  await bank.must("draftPolicy", { input: policy("retail", { caps: [{ most: 1, within: "P7D" }] }) });
  const report = await bank.replay({ version: 2 });
  expect(report).toMatchObject({
    ...{ decisions: 4, differing: 2, unanswered: 0, unknownCampaign: 0 },
    ...{ contactsMade: 4, contactsWouldBe: 2, contactsSaved: 2, contactsAdded: 0 },
    changes: [
      { was: "SEND", wasReason: null, wouldBe: "SEND", wouldBeReason: null, count: 2 },
      { was: "SEND", wasReason: null, wouldBe: "SKIP", wouldBeReason: "CAP", count: 2 },
    ],
    costs: [{ made: { amount: "0.40", currency: "CZK" }, wouldBe: { amount: "0.20" } }],
  });
  expect(report.differences).toHaveLength(2);
  expect(report.differences[0]).toMatchObject({
    campaignId: "spring",
    was: { outcome: "SEND", channel: "email" },
    wouldBe: { outcome: "SKIP", reason: "CAP", channel: null, until: null },
  });
  expect(new Set(report.differences.map(({ customerId }: { customerId: string }) => customerId)).size).toBe(1);
  expect((await bank.ask(look)).policyReplay).toMatchObject({ state: "DONE", progress: 1, version: 2 });
});

test("the version in force finds every decision as it was made", async () => {
  const bank = await bankWithDecisions();
  expect(await bank.replay({ version: 1 })).toMatchObject({ decisions: 4, differing: 0, contactsWouldBe: 4 });
});

test("a suppression that is tried is asked of each customer's facts as they were known to the decision", async () => {
  const bank = await bankWithDecisions();
  // Ada calls afterwards, which changes nothing about what was decided before.
  await bank.record(told("call-recorded", customer("ada"), "2026-05-03", { callId: "c2", outcome: "answered" }));
  await bank.must("draftPolicy", {
    input: policy("retail", { suppression: { did: { types: ["call-recorded"] } } }),
  });
  expect(await bank.replay({ version: 2 })).toMatchObject({
    ...{ decisions: 4, differing: 1, contactsSaved: 1, unanswered: 0 },
    changes: [{ count: 3 }, { was: "SEND", wouldBe: "SKIP", wouldBeReason: "SUPPRESSION", count: 1 }],
  });
});

test("only what is asked for is tried; what else was sent counts as it was", async () => {
  const bank = await bankWithDecisions();
  await bank.must("draftPolicy", { input: policy("retail", { caps: [{ most: 1, within: "P7D" }] }) });
  const none = { decisions: 0, differing: 0, contactsMade: 0 };
  expect(await bank.replay({ version: 2, to: "2026-05-31T00:00:00Z" })).toMatchObject(none);
  expect(await bank.replay({ version: 2, from: "2026-05-31T00:00:00Z", first: 1 })).toMatchObject({
    ...{ decisions: 4, differing: 2 },
    differences: [{ campaignId: "spring" }],
  });
  await bank.launch(campaign("other", { policy: "retail" }));
  expect(await bank.replay({ version: 2, campaignId: "other" })).toMatchObject(none);
});

test("what is not there to be tried is refused by name", async () => {
  const bank = await bankWithDecisions();
  const field = async (variables: object) => (await bank.replay({ version: 1, ...variables })).field;
  expect(await field({ version: 2 })).toBe("version");
  expect(await field({ policyId: "nothing" })).toBe("policyId");
  expect(await field({ campaignId: "nothing" })).toBe("campaignId");
  expect(await field({ from: "2026-05-02T00:00:00Z", to: "2026-05-01T00:00:00Z" })).toBe("to");
  expect(await field({ first: 1_001 })).toBe("first");
});
