import { beforeEach, expect, test } from "vitest";
import type { IdentityPolicy } from "../../src/domain/customer/identityPolicy.ts";
import { noIdentityPolicy } from "../../src/domain/customer/identityPolicy.ts";
import type { FactOutcome } from "../../src/intake/fact.ts";
import { core, customerId, fact, openDoor, opened, paid, registered } from "./openDoor.ts";

const policy: IdentityPolicy = {
  ...noIdentityPolicy,
  systems: { app: { maxPerCustomer: 2, blocked: ["0", "unknown"] } },
};
let door: ReturnType<typeof openDoor>;
beforeEach(async () => {
  door = openDoor({ policy });
  await door.submit(registered("1"), registered("2"), registered("3"));
});

const of = (id: string) => ({ subject: { customer: core(id) } });
const merged = (survivor: string, absorbed: string, more: object = {}) =>
  fact("identity-merged", { customer: core(absorbed) }, { ...of(survivor), ...more });
const split = (merge: { readonly id: string }, survivor: string, absorbed: string, more: object = {}) =>
  fact("identity-split", { customer: core(absorbed) }, { ...of(survivor), corrects: merge.id, ...more });
const linked = (owner: string, id: string) => fact("identity-linked", { system: "app", id }, of(owner));

const toldOf = (outcomes: readonly FactOutcome[]) =>
  outcomes.map(outcome =>
    outcome.kind === "quarantined" ? outcome.faults.map(({ field, code }) => `${field} ${code}`).join() : outcome.kind,
  );
const told = async (...facts: readonly unknown[]) => toldOf(await door.submit(...facts));

test("a customer is merged into another once, split off once, and merged again", async () => {
  const [first, second] = [merged("1", "2"), merged("1", "2")];
  const left = split(first, "1", "2");
  expect(await told(first, second, left, split(first, "1", "2"), merged("3", "2"))).toEqual([
    "accepted",
    "data.customer customer-merged",
    "accepted",
    "corrects already-split",
    "accepted",
  ]);
});

test("a repeated merge or split is a repeat, though it would make no sense as a new one", async () => {
  const merge = merged("1", "2");
  const left = split(merge, "1", "2");
  expect(await told(merge, merge, left, left, merge)).toEqual([
    "accepted",
    "duplicate",
    "accepted",
    "duplicate",
    "duplicate",
  ]);
});

test("what makes no sense is refused, naming the field", async () => {
  const merge = merged("1", "2");
  await told(merge);
  expect(
    await told(
      merged("1", "1"),
      merged("1", "nobody"),
      merged("nobody else", "3"),
      merged("2", "3"),
      merged("3", "2"),
      split(registered("1"), "1", "2"),
      split(merge, "1", "3"),
      split(merge, "3", "2"),
    ),
  ).toEqual([
    "data.customer same-customer",
    "data.customer customer-unknown",
    "subject customer-unknown",
    "subject customer-merged",
    "data.customer customer-merged",
    "corrects no-such-merge",
    "data.customer other-customer",
    "subject other-survivor",
  ]);
});

test("a door that opens on a log knows who was merged before", async () => {
  const merge = merged("1", "2");
  await told(merge);
  const { writer, reader } = door;
  door = { ...door, ...openDoor({ policy, writer, reader }) };
  expect(await told(merged("3", "2"), split(merge, "1", "2"))).toEqual(["data.customer customer-merged", "accepted"]);
});

test("a split from another source names the merge by its event", async () => {
  const [outcome] = await door.submit(merged("1", "2"));
  const correctsEvent = outcome?.kind === "accepted" ? outcome.eventId : "";
  const byDesk = { source: "identity-desk", corrects: undefined, correctsEvent };
  const wrong = split({ id: "" }, "1", "2", { corrects: undefined, source: "identity-desk", correctsEvent: "X" });
  expect(await told(wrong)).toEqual(["correctsEvent malformed"]);
  const right = split({ id: "" }, "1", "2", byDesk);
  expect(await told(right)).toEqual(["accepted"]);
});

test("a payment told of one on the other's account goes with the account while they are one, and is refused before and after", async () => {
  await told(opened("2"));
  const cross = () => paid("1.00", of("1"));
  const merge = merged("1", "2");
  expect(await told(cross(), merge, cross(), split(merge, "1", "2"), cross())).toEqual([
    "data.account account-held-by-another",
    ...["accepted", "accepted", "accepted", "data.account account-held-by-another"],
  ]);
  const posted = (await door.log()).filter(({ type }) => type === "transaction-posted");
  expect(posted.map(({ stream }) => stream)).toEqual([`customer-${customerId("2")}`]);
});

test("an id over the limit is refused, counting what the batch brings and what merged customers have", async () => {
  const merge = merged("1", "2");
  expect(
    await told(
      linked("1", "a"),
      linked("1", "b"),
      linked("1", "a"),
      linked("1", "c"),
      linked("2", "d"),
      merge,
      linked("2", "e"),
    ),
  ).toEqual([
    "accepted",
    "accepted",
    "accepted",
    "data.id too-many-identities",
    "accepted",
    "accepted",
    "data.id too-many-identities",
  ]);
  const [refused] = await door.submit(linked("1", "f"));
  expect(refused).toMatchObject({
    faults: [{ message: `customer ${customerId("1")} has 3 ids of app already, and the limit is 2` }],
  });
  expect(await told(linked("3", "g"))).toEqual(["accepted"]);
});

test("a blocked id is refused wherever it stands", async () => {
  const app = (id: string) => ({ system: "app", id });
  expect(
    await told(
      linked("1", " Unknown "),
      registered("1", { subject: { customer: app("0") } }),
      fact("relationship-established", { relationshipId: "r", kind: "spouse", customer: app("unknown") }),
      linked("1", "00"),
    ),
  ).toEqual([
    "data.id blocked-identity",
    "subject.customer.id blocked-identity",
    "data.customer.id blocked-identity",
    "accepted",
  ]);
});

test("c360 is the system of our own ids: it names customers and is linked to none", async () => {
  const own = (id: string) => ({ system: "c360", id });
  const nobody = "0".repeat(26);
  expect(
    await told(
      fact("identity-merged", { customer: own(customerId("2")) }, { subject: { customer: own(customerId("1")) } }),
      fact("identity-linked", { system: "c360", id: "7" }),
      registered("1", { subject: { customer: own(nobody) } }),
      registered("1", { subject: { customer: own("not an id") } }),
      merged("1", "3", { data: { customer: own(nobody) } }),
    ),
  ).toEqual([
    "accepted",
    "data.system not-allowed",
    "subject.customer.id customer-unknown",
    "subject.customer.id customer-unknown",
    "data.customer.id customer-unknown",
  ]);
});
