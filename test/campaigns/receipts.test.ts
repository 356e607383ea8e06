import { beforeEach, expect, test } from "vitest";
import { createReceiptDoor, type ReceiptDoor } from "../../src/campaigns/receipts.ts";
import type { Decision } from "../../src/domain/decision/decision.ts";
import type { EventId } from "../../src/domain/ids.ts";
import { parseInstant } from "../../src/domain/instant.ts";
import { eventIdOf, idSecret } from "../../src/intake/identify.ts";
import { oneAtATime } from "../../src/intake/oneAtATime.ts";
import { customerId, openDoor, registered, secret, today } from "../intake/openDoor.ts";
import { campaignId, decision, pendingDecision } from "./support/decisions.ts";

const source = "mailer";
let bank: ReturnType<typeof openDoor>;
let receipts: ReceiptDoor;
let now: number;
/** Milliseconds that go by each time somebody looks. */
let ticking: number;
let contactId: EventId;

const decide = (name: string, more: Partial<Decision> = {}): EventId => {
  const { stream, event } = pendingDecision(decision(name, { customerId: customerId("1"), ...more }));
  bank.writer.append([{ writes: [{ stream, expected: "any", events: [event] }] }], today);
  return event.eventId;
};
const report = (...items: readonly unknown[]) => receipts.report(items, { source });
const events = async (...types: readonly string[]) => (await bank.log()).filter(({ type }) => types.includes(type));
const kinds = async (...items: readonly unknown[]) => (await report(...items)).map(({ kind }) => kind);

beforeEach(async () => {
  now = today;
  ticking = 0;
  bank = openDoor({ now: () => now });
  receipts = createReceiptDoor({
    ...{ log: bank.reader, intake: bank.intake, inTurn: oneAtATime() },
    now: () => {
      now += ticking;
      return now;
    },
    eventIdOf: (source, id) => eventIdOf(idSecret(secret), source, id),
  });
  await bank.submit(registered("1"));
  contactId = decide("one");
});

test("a receipt becomes a fact of the customer whom the contact went to", async () => {
  const occurredAt = "2024-05-01T10:00:00Z";
  const [outcome] = await report({ id: "r1", contactId, status: "delivered", occurredAt });
  expect(outcome).toMatchObject({ kind: "accepted", customerId: customerId("1"), withdrawal: null });
  expect(await events("delivery-reported")).toMatchObject([
    {
      ...{ stream: `customer-${customerId("1")}`, source, sourceEventId: "r1", correlationId: "campaign-spring" },
      ...{ causationId: contactId, occurredAt: parseInstant(occurredAt) },
      data: { contactId, campaignId, channel: "email", status: "delivered" },
    },
  ]);
});

test("without an id the first of a status counts, whenever and however it is told again", async () => {
  expect(await kinds({ contactId, status: "opened" }, { contactId, status: "opened" })).toEqual([
    "accepted",
    "duplicate",
  ]);
  now += 86_400_000;
  expect(
    await kinds(
      { contactId, status: "opened" },
      { contactId, status: "opened", occurredAt: "2024-05-02T00:00:00Z", reason: "again" },
      { contactId, status: "clicked" },
    ),
  ).toEqual(["duplicate", "duplicate", "accepted"]);
  expect((await events("delivery-reported")).map(({ data, occurredAt }) => [data.status, occurredAt])).toEqual([
    ["opened", today],
    ["clicked", now],
  ]);
});

test("with an id but no time it is the same when it comes again, and another receipt under that id is refused", async () => {
  expect(await kinds({ id: "r1", contactId, status: "opened" })).toEqual(["accepted"]);
  now += 1000;
  expect(await kinds({ id: "r1", contactId, status: "opened" })).toEqual(["duplicate"]);
  const [outcome] = await report({ id: "r1", contactId, status: "clicked" });
  expect(outcome).toMatchObject({ kind: "quarantined", faults: [{ field: "id", code: "id-reused" }] });
});

test("the same receipt told by two requests at once is one", async () => {
  ticking = 1;
  const told = await Promise.all([1, 2, 3].map(() => kinds({ contactId, status: "delivered" })));
  expect(told.flat().sort()).toEqual(["accepted", "duplicate", "duplicate"]);
});

test("unsubscribed takes the consent back, for the channel and purpose of the contact, at the same time", async () => {
  const occurredAt = "2024-05-01T10:00:00Z";
  const [outcome] = await report({ contactId, status: "unsubscribed", occurredAt, reason: "too many" });
  expect(outcome).toMatchObject({ kind: "accepted", withdrawal: { kind: "accepted" } });
  const both = await events("delivery-reported", "consent-withdrawn");
  expect(both.map(({ type, occurredAt, data }) => [type, occurredAt, data])).toEqual([
    [
      "delivery-reported",
      parseInstant(occurredAt),
      { contactId, campaignId, channel: "email", status: "unsubscribed", reason: "too many" },
    ],
    ["consent-withdrawn", parseInstant(occurredAt), { channel: "email", purpose: "marketing", reason: "too many" }],
  ]);
  const [again] = await report({ contactId, status: "unsubscribed", occurredAt });
  expect(again).toMatchObject({ kind: "duplicate", withdrawal: { kind: "duplicate" } });
});

test("a contact that nobody made is refused by name, and kept whole", async () => {
  const skipped = decide("skipped", { outcome: "skip", reason: "cap" });
  const unknown = "00000000-0000-8000-8000-000000000000";
  const told = await report(
    ...[unknown, skipped, "ct-9"].map(contactId => ({ contactId, status: "opened", reason: "why" })),
  );
  expect(told.map(outcome => (outcome.kind === "quarantined" ? outcome.faults : []))).toEqual(
    [unknown, skipped, "ct-9"].map(id => [
      { field: "contactId", code: "contact-unknown", message: `there is no contact ${id}` },
    ]),
  );
  const kept = await events("fact-quarantined");
  expect(kept.map(({ data }) => JSON.parse((data.raw as { cells: string }).cells))).toEqual(
    [unknown, skipped, "ct-9"].map(contactId => ({ contactId, status: "opened", reason: "why" })),
  );
  expect(kept.map(({ source }) => source)).toEqual([source, source, source]);
});

test.each([
  [{ status: "opened" }, ["contactId missing"]],
  [{ contactId: 7, status: "read" }, ["contactId wrong-type", "status unknown-status"]],
  [
    { contactId: "x", status: "sent", occurredAt: "yesterday", reason: "" },
    ["occurredAt not-a-time", "reason wrong-type"],
  ],
  [{ contactId: "x", status: "sent", open: true, id: "" }, ["open unknown-field", "id empty"]],
  ["opened", [" not-an-object"]],
  [null, [" not-an-object"]],
  [[], [" not-an-object"]],
])("what is no receipt (%j) is quarantined with everything that is wrong with it", async (item, expected) => {
  const [outcome, good] = await report(item, { contactId, status: "sent" });
  const faults = outcome?.kind === "quarantined" ? outcome.faults : [];
  expect(faults.map(({ field, code }) => `${field} ${code}`)).toEqual(expected);
  expect(good?.kind).toBe("accepted");
});

test("outcomes come in the order of the receipts, years late or out of order", async () => {
  const second = decide("two", { channel: "sms" });
  now += 3 * 365 * 86_400_000;
  expect(
    await kinds(
      { contactId: second, status: "clicked" },
      { contactId: "nobody", status: "opened" },
      { contactId, status: "unsubscribed" },
      { contactId: second, status: "delivered", occurredAt: "2024-05-01T09:00:00Z" },
      7,
    ),
  ).toEqual(["accepted", "quarantined", "accepted", "accepted", "quarantined"]);
  const told = await events("delivery-reported");
  expect(told.map(({ data }) => [data.contactId, data.channel, data.status])).toEqual([
    [second, "sms", "clicked"],
    [contactId, "email", "unsubscribed"],
    [second, "sms", "delivered"],
  ]);
});
