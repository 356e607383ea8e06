import { expect, test } from "vitest";
import { registered } from "./support/facts.ts";
import { type TestBank, testBank } from "./support/testBank.ts";

const ada = { kind: "PERSON", id: "ada" };
const bo = { kind: "PERSON", id: "bo" };

async function bankWithVip(): Promise<TestBank> {
  const bank = testBank();
  await bank.record(registered("1", "2026-05-01", { district: "18" }), registered("2", "2026-05-02"));
  const json = {
    code: "vip",
    name: "VIP",
    category: "care",
    owner: "care",
    description: "Looked after in person.",
    type: { boolean: true },
    rule: { manual: true },
  };
  const actor = { kind: "person" as const, id: "ada" };
  expect((await bank.backend.definitions.draft(json, actor)).ok).toBe(true);
  expect((await bank.backend.definitions.publish("vip", 1, actor)).ok).toBe(true);
  return bank;
}

const refused = "... on TagRefused { reason message faults { field code } }";
const propose = (bank: TestBank, content: string) =>
  bank.query(
    `mutation ($input: ProposeTagListInput!) {
       done: proposeTagList(input: $input) {
         ${refused}
         ... on TagListProposed { proposalId total report { assigned unmatched { line id } faults { line } } }
       }
     }`,
    { input: { code: "vip", format: "CSV", content, note: "spring", actor: ada } },
  );
const approve = (bank: TestBank, proposalId: string, actor: object) =>
  bank.query(
    `mutation ($input: SettleTagListInput!) {
       done: approveTagList(input: $input) { ${refused} ... on TagListApproved { assigned position } }
     }`,
    { input: { code: "vip", proposalId, note: "", actor } },
  );

test("a list takes two people, then stands in the customers' timelines beside an unharmed profile", async () => {
  const bank = await bankWithVip();
  const { done } = (await propose(bank, "system,id\ncore,1\ncore,77\n")).data;
  expect(done).toMatchObject({ total: 1, report: { assigned: 1, unmatched: [{ line: 3, id: "77" }], faults: [] } });
  expect((await approve(bank, done.proposalId, ada)).data.done).toMatchObject({ reason: "SECOND_PERSON_NEEDED" });
  expect((await approve(bank, done.proposalId, bo)).data.done).toMatchObject({ assigned: 1 });
  await bank.engine.drain();

  const { data, errors } = await bank.query(`{
    customer(identity: { system: "core", id: "1" }) {
      degraded
      attributes { nodes { name value } }
      timeline(first: 1, types: ["tag-assigned"]) { nodes { event { type actor { id } } } }
    }
    tag(code: "vip") { proposals { nodes { status total proposer { id } settled { actor { id } } } } }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    customer: {
      degraded: false,
      attributes: { nodes: [{ name: "district", value: "18" }] },
      timeline: { nodes: [{ event: { type: "tag-assigned", actor: { id: "bo" } } }] },
    },
    tag: {
      proposals: {
        nodes: [{ status: "APPROVED", total: 1, proposer: { id: "ada" }, settled: { actor: { id: "bo" } } }],
      },
    },
  });
});

test("a value of the wrong type is refused with the field", async () => {
  const bank = await bankWithVip();
  const { data } = await bank.query(
    `mutation ($input: AssignTagInput!) { done: assignTag(input: $input) { ${refused} ... on TagAssigned { customerId } } }`,
    { input: { code: "vip", customer: { identity: { system: "core", id: "1" } }, value: "gold", actor: ada } },
  );
  expect(data.done).toMatchObject({ reason: "INVALID", faults: [{ field: "value", code: "wrong-type" }] });
});
