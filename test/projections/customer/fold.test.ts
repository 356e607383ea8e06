import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import type { Customer } from "../../../src/projections/customer/customer.ts";
import { foldCustomer } from "../../../src/projections/customer/fold.ts";
import { postingsOf } from "../../../src/projections/customer/postings.ts";
import { adaId, customerId, eventId, type FactOf, given } from "../support/facts.ts";

const account = "core/1";
const czk = (minorUnits: number) => ({ minorUnits, currency: "CZK" });
const from = (occurredAt: number, position: number) => ({ source: "core", occurredAt, position });

function folded(...facts: readonly FactOf[]): Customer {
  let customer: Customer | null = null;
  const events = given(...facts);
  for (const event of events) customer = foldCustomer(customer, event, originalOf(event, events));
  return customer as Customer;
}
const originalOf = (event: RecordedEvent, events: readonly RecordedEvent[]) =>
  events.find(({ eventId, position }) => eventId === event.corrects && position < event.position) ?? null;

const attributes = (occurredAt: number, values: Record<string, string | null>): FactOf => ({
  type: "customer-attributes-changed",
  occurredAt,
  data: { attributes: values },
});

test("every attribute says which fact it comes from", () =>
  expect(folded(attributes(5, { city: "Brno" })).attributes).toEqual({
    city: { name: "city", value: "Brno", ...from(5, 1) },
  }));

test("a late fact fills what is missing and leaves what is newer", () =>
  expect(folded(attributes(9, { city: "Praha" }), attributes(5, { city: "Brno", country: "CZ" })).attributes).toEqual({
    city: { name: "city", value: "Praha", ...from(9, 1) },
    country: { name: "country", value: "CZ", ...from(5, 2) },
  }));

test("of two facts of the same instant the one learned later stands", () =>
  expect(folded(attributes(5, { city: "Brno" }), attributes(5, { city: "Zlín" })).attributes.city?.value).toBe("Zlín"));

test("a removed attribute is not brought back by an older fact, but by a newer one", () => {
  const removed = [attributes(5, { city: "Brno" }), attributes(7, { city: null }), attributes(6, { city: "Praha" })];
  expect(folded(...removed).attributes).toEqual({});
  expect(folded(...removed, attributes(8, { city: "Zlín" })).attributes.city?.value).toBe("Zlín");
  expect(folded(...removed, attributes(8, { city: "Zlín" })).remembered).toBeUndefined();
});

test("attributes may be named like properties every object has", () => {
  const customer = folded(attributes(5, JSON.parse('{"__proto__": "a", "constructor": "b"}')));
  expect(Object.values(customer.attributes).map(({ name, value }) => [name, value])).toEqual([
    ["__proto__", "a"],
    ["constructor", "b"],
  ]);
});

test("a customer is registered since the earliest registration", () =>
  expect(
    folded(
      { type: "customer-registered", occurredAt: 9, data: {} },
      { type: "customer-registered", occurredAt: 4, data: {} },
    ).registeredAt,
  ).toBe(4));

test("a payment on an account nobody opened makes it known, and the late opening completes it", () => {
  const paid: FactOf = {
    type: "transaction-posted",
    occurredAt: 9,
    data: { account, direction: "credit", amount: czk(1) },
  };
  const opened: FactOf = { type: "account-opened", occurredAt: 3, data: { account, product: "current" } };
  expect(folded(paid).accounts[account]).toMatchObject({ status: "unknown", openedAt: null, system: "core", id: "1" });
  expect(folded(paid, opened).accounts[account]).toMatchObject({
    status: "open",
    openedAt: 3,
    product: "current",
    ...from(3, 2),
  });
});

test("an account closed before its opening was heard of stays closed, and each part says where it comes from", () => {
  const customer = folded(
    { type: "account-closed", occurredAt: 9, data: { account } },
    { type: "account-opened", occurredAt: 3, data: { account, currency: "CZK" } },
  );
  expect(customer.accounts[account]).toMatchObject({ status: "closed", closedAt: 9, openedAt: 3, currency: "CZK" });
  expect(customer.accounts[account]).toMatchObject({
    ...from(9, 1),
    older: { currency: from(3, 2), openedAt: from(3, 2), product: null },
  });
});

test("an account opened again after its closing is open", () =>
  expect(
    folded(
      { type: "account-opened", occurredAt: 9, data: { account } },
      { type: "account-closed", occurredAt: 5, data: { account } },
    ).accounts[account],
  ).toMatchObject({ status: "open", openedAt: 9, closedAt: null }));

test("a part stated by neither the newest nor the oldest fact comes from the one in between", () => {
  const opened = (occurredAt: number, product?: string): FactOf => ({
    type: "account-opened",
    occurredAt,
    data: { account, ...(product === undefined ? {} : { product }) },
  });
  expect(folded(opened(9), opened(3, "basic"), opened(6, "gold")).accounts[account]?.product).toBe("gold");
});

test("a holding ends at quantity zero, and an older report does not bring it back", () => {
  const holding = (occurredAt: number, quantity: string): FactOf => ({
    type: "holding-changed",
    occurredAt,
    data: { instrument: "US0378331005", quantity },
  });
  expect(folded(holding(3, "2.5")).holdings.US0378331005).toMatchObject({ quantity: "2.5", value: null });
  expect(folded(holding(3, "2.5"), holding(5, "0.00"), holding(4, "7")).holdings).toEqual({});
});

test("a card blocked before its issue was heard of stays blocked, and then knows when it was issued", () => {
  const blocked: FactOf = {
    type: "card-status-changed",
    occurredAt: 8,
    data: { cardId: "c", status: "blocked" },
  };
  const issued: FactOf = { type: "card-issued", occurredAt: 2, data: { cardId: "c", product: "visa" } };
  expect(folded(blocked, issued).cards.c).toMatchObject({ status: "blocked", issuedAt: 2, product: "visa" });
});

test("an end that comes before its standing order or relationship waits for it", () => {
  const order = folded(
    { type: "standing-order-ended", occurredAt: 8, data: { orderId: "o" } },
    { type: "standing-order-set", occurredAt: 2, data: { orderId: "o", amount: czk(500) } },
  );
  expect(order.standingOrders.o).toMatchObject({ status: "ended", amount: czk(500) });
  const bo = customerId("bo");
  const spouse = folded(
    { type: "relationship-ended", occurredAt: 8, data: { relationshipId: "r" } },
    { type: "relationship-established", occurredAt: 2, data: { relationshipId: "r", kind: "spouse", customer: bo } },
  );
  expect(spouse.relationships.r).toMatchObject({ status: "ended", since: 2, until: 8, customer: bo });
  expect([order.remembered, spouse.remembered]).toEqual([undefined, undefined]);
});

test("the newest word on a consent stands, per channel and purpose", () => {
  const consents = folded(
    { type: "consent-withdrawn", occurredAt: 8, data: { channel: "email", purpose: "marketing" } },
    { type: "consent-granted", occurredAt: 3, data: { channel: "email", purpose: "marketing" } },
    { type: "consent-granted", occurredAt: 4, data: { channel: "sms", purpose: "marketing" } },
  ).consents;
  expect(Object.entries(consents).map(([key, { status }]) => [key, status])).toEqual([
    ["email/marketing", "withdrawn"],
    ["sms/marketing", "granted"],
  ]);
});

test("an erased identity leaves nothing behind in the profile", () =>
  expect(folded({ type: "identity-linked", occurredAt: 1, data: { system: "core" } }).identities).toEqual([]));

test("a fact type nobody has heard of is counted and nothing more", () => {
  const unheard = { type: "moon-landed", occurredAt: 7, data: { a: 1 } } as unknown as FactOf;
  const customer = folded(attributes(5, { city: "Brno" }), unheard);
  expect(customer).toEqual({
    ...folded(attributes(5, { city: "Brno" })),
    eventCount: 2,
    lastPosition: 2,
    lastOccurredAt: 7,
  });
});

const posted: FactOf = {
  name: "payment",
  type: "transaction-posted",
  occurredAt: 5,
  data: { account, direction: "debit", amount: czk(1250), balanceAfter: czk(300), sequence: 2 },
};
const reversed: FactOf = {
  name: "reversal",
  type: "transaction-reversed",
  occurredAt: 6,
  data: { account },
  corrects: "payment",
};

test("a transaction becomes a signed entry", () => {
  const [event] = given(posted) as [RecordedEvent];
  expect(postingsOf(null, event, null)[0]).toEqual({
    kind: "entry",
    account,
    entry: {
      ...{ occurredAt: 5, sequence: 2, position: 1, kind: "transaction", transactionId: "payment" },
      ...{ amount: -1250, reportedBalance: 300, currency: "CZK", reversedBy: null },
    },
  });
});

test("a reversal names the entry it takes back", () => {
  const [original, reversal] = given(posted, reversed) as [RecordedEvent, RecordedEvent];
  const of = { occurredAt: 5, sequence: 2, position: 1 };
  expect(postingsOf(null, reversal, original)[0]).toEqual({ kind: "reversal", account, of, by: 2 });
});

test("a reversal that comes first is remembered until its original comes, which is then born reversed", () => {
  const [reversal, original] = given(reversed, posted) as [RecordedEvent, RecordedEvent];
  const waiting = foldCustomer(null, reversal, null);
  expect(waiting.remembered?.reversals).toEqual({ [eventId("payment")]: 1 });
  expect(postingsOf(waiting, original, null)[0]).toMatchObject({ kind: "entry", entry: { reversedBy: 1 } });
  expect(foldCustomer(waiting, original, null).remembered).toBeUndefined();
});

test("a corrected transaction is an entry of its own and takes the place of the one it names", () => {
  const [original, correction] = given(posted, { ...posted, name: "again", occurredAt: 6, corrects: "payment" });
  const postings = postingsOf(null, correction as RecordedEvent, original as RecordedEvent);
  const of = { occurredAt: 5, sequence: 2, position: 1 };
  expect(postings).toMatchObject([
    { kind: "entry", entry: { position: 2, reversedBy: null } },
    { kind: "reversal", account, of, by: 2 },
  ]);
});

test("a correction that comes first is remembered until its original comes, which is then born corrected", () => {
  const [correction, original] = given({ ...posted, name: "again", corrects: "payment" }, posted) as [
    RecordedEvent,
    RecordedEvent,
  ];
  const waiting = foldCustomer(null, correction, null);
  expect(postingsOf(waiting, original, null)).toMatchObject([{ kind: "entry", entry: { reversedBy: 1 } }]);
  expect(foldCustomer(waiting, original, null).remembered).toBeUndefined();
});

test("what a transaction says it corrects stays as it was when it is no transaction of the customer", () => {
  const [other, correction] = given(attributes(1, { city: "Brno" }), { ...posted, corrects: "fact-0" });
  expect(postingsOf(null, correction as RecordedEvent, other as RecordedEvent)).toMatchObject([{ kind: "entry" }]);
});

test.each<[string, FactOf, string]>([
  [
    "an amount that is no exact count",
    { ...posted, data: { account, direction: "debit", amount: czk(2 ** 53) } },
    "amount: 9007199254740992 is no exact count of minor units",
  ],
  [
    "an amount below zero",
    { ...posted, data: { account, direction: "debit", amount: czk(-1) } },
    "amount: below zero; the direction gives the sign",
  ],
  [
    "an account that is no reference",
    { ...posted, data: { account: "1", direction: "debit", amount: czk(1) } },
    'account: "1" is no account reference (system/id)',
  ],
])("%s cannot be folded", (_, fact, message) => {
  const [event] = given(fact) as [RecordedEvent];
  expect(() => postingsOf(null, event, null)).toThrow(message);
});

test("folding leaves its argument as it was", () => {
  const before = folded(attributes(1, { city: "Brno" }), posted);
  const copy = structuredClone(before);
  const [, , event] = given(posted, posted, attributes(2, { city: null })) as RecordedEvent[];
  foldCustomer(before, event as RecordedEvent, null);
  expect(before).toEqual(copy);
  expect(before.id).toBe(adaId);
});
