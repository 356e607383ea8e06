import { describe, expect, test } from "vitest";
import { testBank } from "./support/testBank.ts";

const recordFacts = `mutation ($input: RecordFactsInput!) { recordFacts(input: $input) {
  __typename
  ... on BatchTooLarge { given limit message }
  ... on FactsRecorded {
    accepted duplicates quarantined position
    outcomes {
      __typename
      ... on FactAccepted { position eventId customerId flags event { type source correlationId actor { kind id } data } }
      ... on FactDuplicate { position eventId }
      ... on FactQuarantined { quarantineId faults { field code message } }
    }
  }
} }`;

const registered = {
  id: "r-1",
  type: "customer-registered",
  subject: { customer: { system: "core", id: "ada" } },
  occurredAt: "2024-01-01T00:00:00+01:00",
  data: { attributes: { firstName: "Ada" } },
};
const wrong = { ...registered, id: "r-2", occurredAt: "yesterday", data: { attributes: 5 } };

describe("recordFacts", () => {
  test("tells for each fact what became of it, in order", async () => {
    const bank = testBank();
    const input = { source: "core", facts: [registered, wrong, registered] };
    const { data } = await bank.query(recordFacts, { input });
    const { outcomes, ...counts } = data.recordFacts;
    expect(counts).toEqual({
      __typename: "FactsRecorded",
      accepted: 1,
      duplicates: 1,
      quarantined: 1,
      position: counts.position,
    });
    const [accepted, refused, repeated] = outcomes;
    expect(accepted).toMatchObject({
      __typename: "FactAccepted",
      flags: [],
      event: {
        type: "customer-registered",
        source: "core",
        correlationId: null,
        actor: { kind: "SERVICE", id: "core" },
        data: { attributes: { firstName: "Ada" } },
      },
    });
    expect(refused.__typename).toBe("FactQuarantined");
    expect(refused.faults.map((fault: { field: string }) => fault.field).sort()).toEqual([
      "data.attributes",
      "occurredAt",
    ]);
    expect(repeated).toEqual({
      __typename: "FactDuplicate",
      position: accepted.position,
      eventId: accepted.eventId,
    });
    await bank.engine.drain();
    const read = await bank.query(
      `query ($p: Position) { customer(id: "${accepted.customerId}", minPosition: $p) { registeredAt } }`,
      { p: counts.position },
    );
    expect(read.data.customer.registeredAt).toBe("2023-12-31T23:00:00.000Z");
  });

  test("puts the batch's actor and correlation on every fact that has none", async () => {
    const bank = testBank();
    const input = {
      source: "branch",
      actor: { kind: "PERSON", id: "clerk-7" },
      correlationId: "visit-1",
      facts: [registered, { ...registered, id: "r-3", source: "core", actor: { kind: "SYSTEM", id: "self" } }],
    };
    const { data } = await bank.query(recordFacts, { input });
    expect(data.recordFacts.outcomes.map((outcome: { event: unknown }) => outcome.event)).toMatchObject([
      { source: "branch", correlationId: "visit-1", actor: { kind: "PERSON", id: "clerk-7" } },
      { source: "core", correlationId: "visit-1", actor: { kind: "SYSTEM", id: "self" } },
    ]);
  });

  test("takes variables anywhere inside the content", async () => {
    const { data, errors } = await testBank().query(
      `mutation ($name: JSON, $absent: JSON) { recordFacts(input: { source: "core", facts: [{
        id: "r-1", type: "customer-registered", occurredAt: "2024-01-01T00:00:00Z",
        subject: { customer: { system: "core", id: "ada" } },
        data: { attributes: { firstName: $name, lastName: $absent, age: 7, active: true } }
      }] }) { ... on FactsRecorded { outcomes { ... on FactAccepted { event { data } } } } } }`,
      { name: "Ada" },
    );
    expect(errors).toBeUndefined();
    expect(data.recordFacts.outcomes[0].event.data).toEqual({
      attributes: { active: true, age: 7, firstName: "Ada" },
    });
  });

  test("takes a customer by bare or global id", async () => {
    const bank = testBank();
    const first = await bank.query(recordFacts, { input: { source: "core", facts: [registered] } });
    const { customerId } = first.data.recordFacts.outcomes[0];
    const global = Buffer.from(`Customer:${customerId}`).toString("base64url");
    const preference = (id: string, subject: string) => ({
      id,
      type: "preference-set",
      subject: { customerId: subject },
      occurredAt: "2024-01-02T00:00:00Z",
      data: { name: "language", value: "cs" },
    });
    const input = { source: "core", facts: [preference("p-1", customerId), preference("p-2", global)] };
    const { data } = await bank.query(recordFacts, { input });
    expect(data.recordFacts.outcomes).toMatchObject([{ customerId }, { customerId }]);
  });

  test("hands on everything a fact may say of itself", async () => {
    const bank = testBank();
    const moved = {
      id: "t-1",
      type: "transaction-posted",
      schemaVersion: 1,
      subject: { account: { system: "core", id: "a1" } },
      occurredAt: "2024-02-01T00:00:00Z",
      causationId: "order-7",
      data: {
        account: { system: "core", id: "a1" },
        direction: "debit",
        amount: { amount: "12.30", currency: "CZK" },
      },
    };
    const opened = {
      ...registered,
      id: "o-1",
      type: "account-opened",
      data: { account: { system: "core", id: "a1" } },
    };
    const back = {
      ...moved,
      id: "t-2",
      type: "transaction-reversed",
      corrects: "t-1",
      data: { account: moved.data.account },
    };
    const { data } = await bank.query(recordFacts, { input: { source: "core", facts: [opened, moved, back] } });
    expect(data.recordFacts).toMatchObject({ accepted: 3 });
    const { data: read } = await bank.query(`{ events(last: 2) { nodes {
      schemaVersion causationId sourceEventId corrects { sourceEventId }
    } } }`);
    expect(read.events.nodes).toEqual([
      { schemaVersion: 1, causationId: "order-7", sourceEventId: "t-1", corrects: null },
      { schemaVersion: 1, causationId: "order-7", sourceEventId: "t-2", corrects: { sourceEventId: "t-1" } },
    ]);
  });

  test("keeps a fact that names two subjects in quarantine rather than choosing one", async () => {
    const subject = { customer: { system: "core", id: "ada" }, unattributed: true };
    const { data } = await testBank().query(recordFacts, {
      input: { source: "core", facts: [{ ...registered, subject }] },
    });
    expect(data.recordFacts.outcomes[0]).toMatchObject({
      __typename: "FactQuarantined",
      faults: [{ field: "subject" }],
    });
  });

  test("refuses a batch that is too large as a whole, and records nothing of it", async () => {
    const bank = testBank();
    const facts = Array.from({ length: 1_001 }, (_, at) => ({ ...registered, id: `r-${at}` }));
    const { data } = await bank.query(recordFacts, { input: { source: "core", facts } });
    expect(data.recordFacts).toEqual({
      __typename: "BatchTooLarge",
      given: 1_001,
      limit: 1_000,
      message: "Send at most 1000 facts at a time, or stream them to /facts.",
    });
    expect(await bank.backend.log.head()).toBe(0);
  });

  test("refuses a source that is none", async () => {
    const { errors } = await testBank().query(recordFacts, { input: { source: "", facts: [registered] } });
    expect(errors?.[0]).toMatchObject({ code: "BAD_USER_INPUT", extensions: { argument: "input.source" } });
  });

  test("of nothing records nothing", async () => {
    const { data } = await testBank().query(recordFacts, { input: { source: "core", facts: [] } });
    expect(data.recordFacts).toEqual({
      __typename: "FactsRecorded",
      accepted: 0,
      duplicates: 0,
      quarantined: 0,
      position: null,
      outcomes: [],
    });
  });
});
