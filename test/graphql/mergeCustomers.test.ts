import { beforeEach, expect, test } from "vitest";
import type { Fact } from "../../src/intake/fact.ts";
import { attributesChanged, consented, customer, moved, opened, registered, related, told } from "./support/facts.ts";
import { type TestBank, testBank } from "./support/testBank.ts";

let bank: TestBank;
const ids: Record<string, string> = {};
const actor = { kind: "PERSON", id: "desk-7" };

const record = async (...facts: readonly Fact[]): Promise<void> => {
  for (const outcome of await bank.record(...facts))
    if (outcome.kind === "quarantined") throw new Error(JSON.stringify(outcome));
};
const email = (id: string, address: string) => attributesChanged(id, "2024-02-01", { email: address });
const identity = (id: string) => ({ identity: { system: "core", id } });

beforeEach(async () => {
  bank = testBank();
  await record(
    registered("ada", "2024-01-01", { email: "Ada@Bank.cz" }),
    registered("bo", "2024-01-02", { city: "Brno" }),
    registered("cleo", "2024-01-03"),
    opened("bo", "b1", "2024-01-05"),
    moved("b1", "2024-01-06", "12.30"),
    consented("ada", "2024-01-07"),
    told("consent-withdrawn", customer("bo"), "2024-01-08", { channel: "email", purpose: "marketing" }),
    related("cleo", "spouse", { customer: { system: "core", id: "bo" } }, "2024-01-09"),
  );
  for (const name of ["ada", "bo", "cleo"]) {
    const { data } = await bank.query(
      'query ($id: String!) { customer(identity: { system: "core", id: $id }) { customerId } }',
      {
        id: name,
      },
    );
    ids[name] = data.customer.customerId;
  }
});

const asked = `customerId eventCount
  attributes { nodes { name value } } accounts { nodes { account: id balance { money { amount } } } }
  consents { nodes { status provenance { event { type actor { id } } } } }
  relationships { nodes { kind direction customer { customerId } } }
  timeline { nodes { type } }
  mergedInto { customerId } mergedFrom { nodes { absorbed { customerId } survivor { customerId } split { type } event { type } } }`;
const look = async (by: object) => {
  const query = `query ($id: ID, $identity: ExternalRefInput, $account: ExternalRefInput)
    { customer(id: $id, identity: $identity, account: $account) { ${asked} } }`;
  const { data, errors } = await bank.query(query, by as Record<string, unknown>);
  expect(errors).toBeUndefined();
  return data.customer;
};
const merged =
  "... on CustomersMerged { survivorId absorbedId } ... on CustomerAlreadyMerged { customerId survivorId }";
const notOpen = "... on MergeProposalNotOpen { proposalId }";
const fragments = {
  mergeCustomers: `${merged} ... on CustomersAreSame { customerId } ... on CustomerUnknown { customerId }`,
  splitCustomers: "... on CustomersSplit { survivorId absorbedId } ... on CustomerNotMerged { customerId }",
  approveMergeProposal: `${merged} ${notOpen}`,
  rejectMergeProposal: `... on MergeProposalRejected { proposalId } ${notOpen}`,
};
async function mutate(name: keyof typeof fragments, input: object) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
    __typename ${fragments[name]} ... on FactQuarantined { faults { field code } } } }`;
  const { data, errors } = await bank.query(query, { input });
  expect(errors).toBeUndefined();
  await bank.engine.drain();
  return data[name];
}

const mergeAdaBo = () =>
  mutate("mergeCustomers", { survivor: identity("ada"), absorbed: identity("bo"), actor, reason: "Same passport" });

test("a merged customer is found under either name with everything of both, and the decision is on record", async () => {
  const before = { ada: await look({ id: ids.ada }), bo: await look({ id: ids.bo }) };
  expect(await mergeAdaBo()).toEqual({ __typename: "CustomersMerged", survivorId: ids.ada, absorbedId: ids.bo });
  const one = await look(identity("bo"));
  expect(one).toEqual(await look(identity("ada")));
  expect(one).toEqual(await look({ account: { system: "core", id: "b1" } }));
  expect(one).toMatchObject({
    customerId: ids.ada,
    eventCount: before.ada.eventCount + before.bo.eventCount + 1,
    attributes: { nodes: [{ name: "city", value: "Brno" }, { name: "email" }] },
    accounts: { nodes: [{ balance: { money: { amount: "12.30" } } }] },
    consents: {
      nodes: [{ status: "WITHDRAWN", provenance: { event: { type: "identity-merged", actor: { id: "desk-7" } } } }],
    },
    relationships: { nodes: [{ kind: "spouse", direction: "INCOMING", customer: { customerId: ids.cleo } }] },
    mergedInto: null,
    mergedFrom: { nodes: [{ absorbed: { customerId: ids.bo }, survivor: { customerId: ids.ada }, split: null }] },
  });
  expect((await look({ id: ids.cleo })).relationships.nodes).toMatchObject([{ customer: { customerId: ids.ada } }]);
  expect(await look({ id: ids.bo })).toMatchObject({
    mergedInto: { customerId: ids.ada },
    eventCount: 0,
    attributes: { nodes: [] },
    timeline: { nodes: [] },
  });
});

test("a split gives both back as they were, with what was told of each since", async () => {
  const before = await look({ id: ids.bo });
  await mergeAdaBo();
  const split = { absorbed: ids.bo, actor, reason: "Twins" };
  expect(await mutate("splitCustomers", split)).toEqual({
    __typename: "CustomersSplit",
    survivorId: ids.ada,
    absorbedId: ids.bo,
  });
  expect(await look(identity("bo"))).toEqual(before);
  expect((await look({ id: ids.ada })).mergedFrom.nodes).toEqual([]);
  expect((await look({ id: ids.cleo })).relationships.nodes).toMatchObject([{ customer: { customerId: ids.bo } }]);
  expect(await mutate("splitCustomers", split)).toEqual({ __typename: "CustomerNotMerged", customerId: ids.bo });
});

test("what makes no sense is refused by name, and nothing is written", async () => {
  await mergeAdaBo();
  const head = await bank.backend.log.head();
  const merge = (survivor: object, absorbed: object) =>
    mutate("mergeCustomers", { survivor, absorbed, actor, reason: "x" });
  expect(await merge({ id: ids.cleo }, { id: ids.bo })).toEqual({
    __typename: "CustomerAlreadyMerged",
    ...{ customerId: ids.bo, survivorId: ids.ada },
  });
  expect(await merge(identity("ada"), identity("bo"))).toEqual({ __typename: "CustomersAreSame", customerId: ids.ada });
  expect(await merge(identity("ada"), { id: "0".repeat(26) })).toMatchObject({ __typename: "CustomerUnknown" });
  expect(await bank.backend.log.head()).toBe(head);
});

const proposals = async (status = "OPEN") => {
  const { data, errors } = await bank.query(
    `query ($status: MergeProposalStatus!) { mergeProposals(status: $status) { nodes {
      proposalId status customers { customerId } reasons { rule since } decision { type } } } }`,
    { status },
  );
  expect(errors).toBeUndefined();
  return data.mergeProposals.nodes;
};

test("customers with one e-mail are proposed, and merged only once somebody approves", async () => {
  expect(await proposals()).toEqual([]);
  await record(email("bo", " ada@bank.CZ"));
  const [proposal, ...more] = await proposals();
  expect(more).toEqual([]);
  expect(proposal).toMatchObject({
    customers: [{ customerId: ids.ada }, { customerId: ids.bo }],
    reasons: [{ rule: "email", since: String(await bank.backend.log.head()) }],
    decision: null,
  });
  expect(await look({ id: ids.bo })).toMatchObject({ mergedInto: null });
  const decision = { proposalId: proposal.proposalId, actor, reason: "Called both" };
  expect(await mutate("approveMergeProposal", { ...decision, survivor: ids.bo })).toMatchObject({ survivorId: ids.bo });
  expect(await proposals()).toEqual([]);
  expect(await proposals("APPROVED")).toMatchObject([
    { proposalId: proposal.proposalId, status: "APPROVED", decision: { type: "identity-merged" } },
  ]);
  expect(await mutate("approveMergeProposal", decision)).toMatchObject({ __typename: "MergeProposalNotOpen" });
});

test("a rejected proposal does not come back for the same reason, but for another", async () => {
  await record(email("bo", "ada@bank.cz"));
  const [{ proposalId }] = await proposals();
  expect(await mutate("rejectMergeProposal", { proposalId, actor, reason: "Mother and daughter" })).toEqual({
    __typename: "MergeProposalRejected",
    proposalId,
  });
  expect(await proposals()).toEqual([]);
  expect(await proposals("REJECTED")).toMatchObject([{ proposalId, decision: { type: "merge-proposal-rejected" } }]);
  await record(
    email("bo", "other@bank.cz"),
    email("ada", "x@bank.cz"),
    email("bo", "ada@bank.cz"),
    email("ada", "ada@bank.cz"),
  );
  expect(await proposals()).toEqual([]);
  await record(
    attributesChanged("ada", "2024-03-01", { phone: "+420 777 123 456" }),
    attributesChanged("bo", "2024-03-01", { phone: "00420777123456" }),
  );
  expect(await proposals()).toMatchObject([{ proposalId, reasons: [{ rule: "phone" }] }]);
});

test("what more than ten share, what is on the ignored list and what stands alone proposes nobody", async () => {
  const names = Array.from({ length: 10 }, (_, index) => `child-${index}`);
  const family = ["ada", ...names];
  await record(
    ...names.map(name => registered(name, "2024-02-02", { firstName: "Jo", lastName: "Low", email: "unknown" })),
  );
  await record(...family.slice(0, 10).map(name => attributesChanged(name, "2024-02-03", { phone: "777 123 456" })));
  const { data } = await bank.query("{ mergeProposals(first: 100) { nodes { proposalId } } }");
  expect(data.mergeProposals.nodes).toHaveLength(45);
  await record(attributesChanged("child-9", "2024-02-03", { phone: "777123456" }));
  expect(await proposals()).toEqual([]);
});
