import { describe, expect, test } from "vitest";
import type { Fact } from "../../src/intake/fact.ts";
import * as facts from "./support/facts.ts";
import { type TestBank, testBank } from "./support/testBank.ts";

const outcome = `__typename
  ... on FactAccepted { customerId }
  ... on FactQuarantined { quarantineId faults { field } }
  ... on QuarantinedFactNotFound { quarantineId }
  ... on QuarantinedFactAlreadySettled { quarantineId status }`;
const clerk = { kind: "PERSON", id: "clerk-7" };

/** A fact without a time, as a careless source might send it. */
const refused = (id: string): Fact => ({ ...facts.registered(id, "2024-01-01"), occurredAt: "yesterday" });

async function refusedOne(bank: TestBank, fact: Fact): Promise<string> {
  const [told] = await bank.record(fact);
  if (told?.kind !== "quarantined") throw new Error("expected a refusal");
  return told.quarantineId;
}

describe("the quarantine", () => {
  test("shows a refused fact whole, with its faults", async () => {
    const bank = testBank();
    const fact = refused("ada");
    const quarantineId = await refusedOne(bank, fact);
    const { data } = await bank.query(`{ quarantinedFact(id: "${quarantineId}") {
      id quarantineId source factType status form raw recordedAt
      faults { field code } event { type stream } settledBy { type }
    } }`);
    expect(data.quarantinedFact).toEqual({
      id: Buffer.from(`QuarantinedFact:${quarantineId}`).toString("base64url"),
      quarantineId,
      source: "core",
      factType: "customer-registered",
      status: "OPEN",
      form: "FACT",
      raw: fact,
      recordedAt: "2026-06-01T00:00:00.000Z",
      faults: [{ field: "occurredAt", code: expect.any(String) }],
      event: { type: "fact-quarantined", stream: "source-core" },
      settledBy: null,
    });
    const { id } = data.quarantinedFact;
    const again = await bank.query(`{ node(id: "${id}") { __typename id } quarantinedFact(id: "${id}") { id } }`);
    expect(again.data).toEqual({ node: { __typename: "QuarantinedFact", id }, quarantinedFact: { id } });
  });

  test("is listed by status and source, in both orders", async () => {
    const bank = testBank();
    const first = await refusedOne(bank, refused("ada"));
    const second = await refusedOne(bank, { ...refused("bo"), source: "crm" });
    const list = async (args: string) => {
      const { data } = await bank.query(`{ quarantine${args} { nodes { quarantineId } } }`);
      return data.quarantine.nodes.map((node: { quarantineId: string }) => node.quarantineId);
    };
    expect(await list("")).toEqual([first, second]);
    expect(await list("(order: NEWEST_FIRST)")).toEqual([second, first]);
    expect(await list(`(source: "crm")`)).toEqual([second]);
    expect(await list("(status: ACCEPTED)")).toEqual([]);
  });

  test("lets a repaired fact in, and keeps who did it and why", async () => {
    const bank = testBank();
    const quarantineId = await refusedOne(bank, refused("ada"));
    const repair = `mutation ($input: RepairQuarantinedFactInput!) { repairQuarantinedFact(input: $input) { ${outcome} } }`;
    const { id, type, data } = refused("ada");
    const subject = { customer: { system: "core", id: "ada" } };
    const input = (occurredAt: string) => ({
      id: quarantineId,
      fact: { id, source: "core", type, data, subject, occurredAt },
      actor: clerk,
      note: "the source sends words for dates",
    });
    const still = await bank.query(repair, { input: input("tomorrow") });
    expect(still.data.repairQuarantinedFact.__typename).toBe("FactQuarantined");
    const repaired = await bank.query(repair, { input: input("2024-01-01T00:00:00Z") });
    expect(repaired.data.repairQuarantinedFact.__typename).toBe("FactAccepted");
    await bank.engine.drain();

    const { data: read } = await bank.query(`{ quarantinedFact(id: "${quarantineId}") {
      status settledBy { actor { kind id } data }
    } customer(identity: { system: "core", id: "ada" }) { registeredAt } }`);
    expect(read.quarantinedFact).toMatchObject({
      status: "ACCEPTED",
      settledBy: { actor: clerk, data: { note: "the source sends words for dates" } },
    });
    expect(read.customer.registeredAt).toBe("2024-01-01T00:00:00.000Z");
    const again = await bank.query(repair, { input: input("2024-01-01T00:00:00Z") });
    expect(again.data.repairQuarantinedFact).toEqual({
      __typename: "QuarantinedFactAlreadySettled",
      quarantineId,
      status: "ACCEPTED",
    });
  });

  test("refuses a replay of what is still wrong", async () => {
    const bank = testBank();
    const quarantineId = await refusedOne(bank, refused("ada"));
    const { data } = await bank.query(
      `mutation ($input: ReplayQuarantinedFactInput!) { replayQuarantinedFact(input: $input) { ${outcome} } }`,
      { input: { id: quarantineId, actor: clerk } },
    );
    expect(data.replayQuarantinedFact).toMatchObject({
      __typename: "FactQuarantined",
      faults: [{ field: "occurredAt" }],
    });
  });

  test("gives up a fact for good, and knows it did", async () => {
    const bank = testBank();
    const quarantineId = await refusedOne(bank, refused("ada"));
    const discard = (id: string) =>
      bank.query(
        `mutation ($input: DiscardQuarantinedFactInput!) { discardQuarantinedFact(input: $input) {
          __typename
          ... on QuarantinedFactDiscarded { position }
          ... on QuarantinedFactNotFound { quarantineId }
          ... on QuarantinedFactAlreadySettled { status }
        } }`,
        { input: { id, actor: clerk, note: "a test of the source" } },
      );
    const { position } = (await discard(quarantineId)).data.discardQuarantinedFact;
    expect(Number(position)).toBe(await bank.backend.log.head());
    expect((await discard(quarantineId)).data.discardQuarantinedFact).toEqual({
      __typename: "QuarantinedFactAlreadySettled",
      status: "DISCARDED",
    });
    const unknown = "00000000-0000-4000-8000-000000000000";
    expect((await discard(unknown)).data.discardQuarantinedFact).toEqual({
      __typename: "QuarantinedFactNotFound",
      quarantineId: unknown,
    });
  });
});
