import { describe, expect, test } from "vitest";
import * as facts from "./support/facts.ts";
import { testBank, today } from "./support/testBank.ts";

async function auditedBank() {
  const bank = testBank();
  await bank.record(facts.registered("ada", "2024-01-01", { firstName: "Ada" }));
  await bank.record(facts.registered("bo", "2024-01-02"));
  await bank.record({
    ...facts.attributesChanged("bo", "2024-01-03", { district: "2" }),
    source: "crm",
    actor: { kind: "person", id: "clerk-7" },
    correlationId: "visit-1",
  });
  return bank;
}
type Answer = Awaited<ReturnType<ReturnType<typeof testBank>["query"]>>;
const positions = ({ data }: Answer) => data.events.nodes.map((event: { position: string }) => event.position);

describe("the events, for auditors", () => {
  test("are shown whole, with the hash chain", async () => {
    const bank = await auditedBank();
    const { data, position } = await bank.query(`{ events(last: 1) { nodes {
      id eventId position stream revision type schemaVersion occurredAt recordedAt actor { kind id }
      source sourceEventId correlationId causationId corrects { id } flags data erased hash
    } } }`);
    const [event] = data.events.nodes;
    const [stored] = await bank.backend.log.readAt([Number(position)]);
    expect(event).toEqual({
      id: Buffer.from(`Event:${stored?.eventId}`).toString("base64url"),
      eventId: stored?.eventId,
      position,
      stream: stored?.stream,
      revision: stored?.revision,
      type: "customer-attributes-changed",
      schemaVersion: 1,
      occurredAt: "2024-01-03T12:00:00.000Z",
      recordedAt: new Date(today).toISOString(),
      actor: { kind: "PERSON", id: "clerk-7" },
      source: "crm",
      sourceEventId: stored?.sourceEventId,
      correlationId: "visit-1",
      causationId: null,
      corrects: null,
      flags: [],
      data: { attributes: { district: "2" } },
      erased: false,
      hash: stored?.hash,
    });
    const found = await bank.query(
      `query ($id: ID!, $position: Position!) {
        global: node(id: $id) { __typename id }
        byPosition: event(position: $position) { id }
        byId: event(id: "${event.eventId}") { id }
        unknown: event(position: "999") { id }
      }`,
      { id: event.id, position },
    );
    expect(found.data).toEqual({
      global: { __typename: "Event", id: event.id },
      byPosition: { id: event.id },
      byId: { id: event.id },
      unknown: null,
    });
  });

  test.each([
    [`{ types: ["customer-attributes-changed"] }`, ["5"]],
    [`{ types: [] }`, []],
    [`{ source: "crm" }`, ["5"]],
    [`{ actor: { kind: PERSON, id: "clerk-7" } }`, ["5"]],
    [`{ actor: { kind: SERVICE, id: "clerk-7" } }`, []],
    [`{ correlationId: "visit-1" }`, ["5"]],
    [`{ occurredFrom: "2024-01-02T12:00:00Z", occurredTo: "2024-01-03T12:00:00Z" }`, ["3", "4"]],
    [`{ recordedTo: "2026-06-01T00:00:00Z" }`, []],
    [`{ recordedFrom: "2026-06-01T02:00:00+02:00", types: ["identity-linked"] }`, ["1", "3"]],
    [`{ stream: "customer-nobody" }`, []],
  ])("filtered by %s are %j", async (filter, expected) => {
    const bank = await auditedBank();
    expect(positions(await bank.query(`{ events(filter: ${filter}) { nodes { position } } }`))).toEqual(expected);
  });

  test("run newest first on demand, and page on from there", async () => {
    const bank = await auditedBank();
    const first = await bank.query(
      `{ events(order: NEWEST_FIRST, first: 2) { nodes { position } pageInfo { hasNextPage endCursor } } }`,
    );
    expect(positions(first)).toEqual(["5", "4"]);
    const rest = await bank.query(
      `{ events(order: NEWEST_FIRST, after: "${first.data.events.pageInfo.endCursor}") { nodes { position } } }`,
    );
    expect(positions(rest)).toEqual(["3", "2", "1"]);
  });

  test("are all there while the read models lag, and the answer says what it reflects", async () => {
    const bank = await auditedBank();
    await bank.backend.intake.submit(
      { format: "facts", facts: [facts.consented("ada", "2024-02-01")] },
      { source: "core" },
    );
    const events = await bank.query(`{ events { nodes { position } } }`);
    expect(positions(events)).toHaveLength(6);
    expect(events.position).toBe("6");
    const both = await bank.query(`{ log { logId head position } events(last: 1) { nodes { position } } }`);
    expect(both.data.log).toEqual({ logId: "test-log", head: "6", position: "5" });
    expect(both.position).toBe("5");
  });
});
