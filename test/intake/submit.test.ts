import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../src/domain/event.ts";
import type { FactOutcome, RefusedRow } from "../../src/intake/fact.ts";
import { eventIdOf, idSecret } from "../../src/intake/identify.ts";
import { core, customerId, fact, openDoor, opened, paid, registered } from "./openDoor.ts";

const faultsOf = (outcome: FactOutcome | undefined): string[] =>
  outcome?.kind === "quarantined"
    ? outcome.faults.map(({ field, code }) => `${field} ${code}`)
    : [`not refused: ${outcome?.kind}`];
const refusal = async (...facts: readonly unknown[]) => faultsOf((await openDoor().submit(...facts)).at(-1));
const kinds = (outcomes: readonly FactOutcome[]) => outcomes.map(({ kind }) => kind);
const summary = (events: readonly RecordedEvent[]) => events.map(({ type, stream }) => `${type} in ${stream}`);
const streamOf = (id: string) => `customer-${customerId(id)}`;

test("the first fact of a customer brings the identity it is known by, in the same append", async () => {
  const door = openDoor();
  const first = registered("1", { id: "r1" });
  const eventId = eventIdOf(idSecret(Buffer.alloc(32, 7)), "core", "r1");
  expect(await door.submit(first)).toEqual([
    { kind: "accepted", position: 2, eventId, customerId: customerId("1"), flags: [] },
  ]);
  expect(door.appends).toEqual([1]);
  const [linked, stored] = await door.log();
  expect(linked).toMatchObject({
    type: "identity-linked",
    stream: streamOf("1"),
    data: { system: "core", id: "1", primary: true },
    causationId: eventId,
    occurredAt: Date.parse("2024-04-01T08:00:00Z"),
  });
  expect(stored).toMatchObject({
    type: "customer-registered",
    stream: streamOf("1"),
    revision: 1,
    schemaVersion: 1,
    actor: { kind: "service", id: "core" },
    source: "core",
    sourceEventId: "r1",
    data: { attributes: { firstName: "Ada", district: "18" } },
  });
});

test("a batch is one append, and later facts of it see what earlier ones establish", async () => {
  const door = openDoor();
  const link = fact("identity-linked", { system: "crm", id: "C7" });
  const byCrm = fact(
    "preference-set",
    { name: "channel", value: "sms" },
    { subject: { customer: { system: "crm", id: "C7" } } },
  );
  const outcomes = await door.submit(registered(), opened(), paid(), link, byCrm);
  expect(kinds(outcomes)).toEqual(["accepted", "accepted", "accepted", "accepted", "accepted"]);
  expect(door.appends).toEqual([5]);
  expect(new Set((await door.log()).map(({ stream }) => stream))).toEqual(new Set([streamOf("1")]));
  expect(
    kinds(
      await door.submit(
        paid("5.00"),
        fact(
          "consent-granted",
          { channel: "email", purpose: "marketing" },
          byCrm.subject && { subject: byCrm.subject },
        ),
      ),
    ),
  ).toEqual(["accepted", "accepted"]);
  expect(new Set((await door.log()).map(({ stream }) => stream)).size).toBe(1);
});

test("a customer id names a customer that exists, and no other", async () => {
  const door = openDoor();
  await door.submit(registered());
  const known = fact("preference-set", { name: "channel", value: "sms" }, { subject: { customerId: customerId("1") } });
  const unknown = fact(
    "preference-set",
    { name: "channel", value: "sms" },
    { subject: { customerId: customerId("2") } },
  );
  const outcomes = await door.submit(known, unknown);
  expect(outcomes[0]).toMatchObject({ kind: "accepted", customerId: customerId("1") });
  expect(faultsOf(outcomes[1])).toEqual(["subject.customerId customer-unknown"]);
});

test("a fact sent again is a duplicate, in the same batch or later, and adds nothing", async () => {
  const door = openDoor();
  const first = registered();
  const spelledDifferently = {
    ...first,
    occurredAt: "2024-04-01T08:00:00.000Z",
    data: { attributes: { district: "18", firstName: "Ada" } },
    actor: { kind: "person", id: "eva" },
  };
  expect(kinds(await door.submit(first, first))).toEqual(["accepted", "duplicate"]);
  expect(await door.submit(spelledDifferently)).toMatchObject([{ kind: "duplicate", position: 2 }]);
  expect(await door.log()).toHaveLength(2);
});

test("an id used for other content is refused and names the first position", async () => {
  const door = openDoor();
  await door.submit(registered("1", { id: "same" }));
  const [outcome] = await door.submit(registered("2", { id: "same" }));
  expect(outcome).toMatchObject({ kind: "quarantined", faults: [{ field: "id", code: "id-reused" }] });
  expect(outcome?.kind === "quarantined" && outcome.faults[0]?.message).toContain("position 2");
  expect(summary(await door.log()).slice(2)).toEqual(["fact-quarantined in source-core"]);
});

test("facts that counted on a fact with a reused id do not go with it", async () => {
  const door = openDoor();
  await door.submit(registered("9", { id: "taken" }));
  const outcomes = await door.submit(
    opened("1", { id: "taken" }),
    paid(),
    registered("1"),
    paid("7.00", { subject: { customer: core("1") } }),
  );
  expect(outcomes.map(outcome => (outcome.kind === "quarantined" ? faultsOf(outcome)[0] : outcome.kind))).toEqual([
    "id id-reused",
    "subject account-unknown",
    "accepted",
    "accepted",
  ]);
  expect(summary(await door.reader.readStream({ stream: streamOf("1"), limit: 10 }))).toEqual([
    `identity-linked in ${streamOf("1")}`,
    `customer-registered in ${streamOf("1")}`,
    `transaction-posted in ${streamOf("1")}`,
  ]);
});

test("of two facts with one id in a batch only the one that counts establishes anything", async () => {
  const account = core("b1");
  const openedB1 = (more: object) => fact("account-opened", { account }, { id: "twice", ...more });
  const onB1 = (id: string) => paid("1.00", { id, subject: { account }, data: { ...paid().data, account } });
  const fresh = openDoor();
  const first = await fresh.submit(registered("1", { id: "twice" }), openedB1({}), onB1("x"));
  expect(first.map(outcome => (outcome.kind === "quarantined" ? faultsOf(outcome)[0] : outcome.kind))).toEqual([
    "accepted",
    "id id-reused",
    "subject account-unknown",
  ]);
  const door = openDoor();
  const stored = registered("1", { id: "twice" });
  await door.submit(stored);
  const second = await door.submit(openedB1({}), onB1("y"), stored);
  expect(second.map(outcome => (outcome.kind === "quarantined" ? faultsOf(outcome)[0] : outcome.kind))).toEqual([
    "id id-reused",
    "subject account-unknown",
    "duplicate",
  ]);
});

test("a customer that only a fact with a reused id would have created is created by the next fact", async () => {
  const door = openDoor();
  await door.submit(registered("9", { id: "taken" }));
  const outcomes = await door.submit(
    registered("1", { id: "taken" }),
    fact("preference-set", { name: "channel", value: "sms" }),
  );
  expect(kinds(outcomes)).toEqual(["quarantined", "accepted"]);
  expect((await door.reader.readStream({ stream: streamOf("1"), limit: 10 })).map(({ type }) => type)).toEqual([
    "identity-linked",
    "preference-set",
  ]);
});

test("an account has one holder", async () => {
  const door = openDoor();
  await door.submit(opened("1"));
  const outcomes = await door.submit(opened("2"), paid("1.00", { subject: { customer: core("2") } }));
  expect(outcomes.map(faultsOf)).toEqual([
    ["data.account account-held-by-another"],
    ["data.account account-held-by-another"],
  ]);
  expect(await refusal(paid())).toEqual(["subject account-unknown"]);
  expect(await refusal(opened("1"), paid("1", { subject: { account: core("other") } }))).toEqual([
    "data.account account-mismatch",
  ]);
});

test("a card on another's account is the card holder's own", async () => {
  const door = openDoor();
  const card = fact("card-issued", { cardId: "c1", account: core("a1") }, { subject: { customer: core("2") } });
  expect((await door.submit(opened("1"), card))[1]).toMatchObject({ kind: "accepted", customerId: customerId("2") });
});

test("an identity belongs to one customer: linked, or first seen", async () => {
  const door = openDoor();
  const link = (id: string, to: string) =>
    fact("identity-linked", { system: "core", id }, { subject: { customer: core(to) } });
  await door.submit(registered("1"), registered("2"), link("alias", "1"));
  const outcomes = await door.submit(link("alias", "2"), link("2", "1"), link("alias", "1"), link("2", "2"));
  expect(outcomes.map(outcome => (outcome.kind === "quarantined" ? faultsOf(outcome)[0] : outcome.kind))).toEqual([
    "data.id identity-held-by-another",
    "data.id identity-held-by-another",
    "accepted",
    "accepted",
  ]);
});

test("a customer that was only mentioned keeps its identity", async () => {
  const door = openDoor();
  const spouse = fact("relationship-established", { relationshipId: "r", kind: "spouse", customer: core("2") });
  const outcomes = await door.submit(spouse, fact("identity-linked", { system: "core", id: "2" }), registered("2"));
  expect(outcomes.map(outcome => (outcome.kind === "quarantined" ? faultsOf(outcome)[0] : outcome.kind))).toEqual([
    "accepted",
    "data.id identity-held-by-another",
    "accepted",
  ]);
  const [, stored] = await door.log();
  expect(stored?.data).toEqual({ relationshipId: "r", kind: "spouse", customer: customerId("2") });
});

test("a call of nobody known is kept with its source, other facts have to say whose they are", async () => {
  const door = openDoor();
  const call = fact("call-recorded", { callId: "1", outcome: "Hang" }, { subject: { unattributed: true } });
  expect(await door.submit(call)).toMatchObject([{ kind: "accepted", customerId: null }]);
  expect(summary(await door.log())).toEqual(["call-recorded in source-core"]);
  expect(await refusal(registered("1", { subject: { unattributed: true } }))).toEqual(["subject missing"]);
  expect(await refusal(registered("1", { subject: { account: core("a1") } }))).toEqual(["subject not-allowed"]);
});

test("a reversal names what it reverses by the source's own id", async () => {
  const door = openDoor();
  const reversal = (more: object) =>
    fact("transaction-reversed", { account: core("a1") }, { subject: { account: core("a1") }, ...more });
  const outcomes = await door.submit(opened(), paid("3.00", { id: "t1" }), reversal({ corrects: "t1" }), reversal({}));
  expect(faultsOf(outcomes[3])).toEqual(["corrects missing"]);
  const [, , posted, reversed] = await door.log();
  expect(reversed?.corrects).toBe(posted?.eventId);
});

test("a fact from the future is refused beyond the allowed skew, unless its type is about the future", async () => {
  const at = (occurredAt: string) => ({ occurredAt });
  expect(await refusal(registered("1", at("2024-05-02T12:00:00.001Z")))).toEqual(["occurredAt occurred-in-future"]);
  expect(await refusal(registered("1", at("2024-05-02T12:00:00Z")))).toEqual(["not refused: accepted"]);
  const order = fact(
    "standing-order-set",
    { orderId: "1", amount: { amount: "1", currency: "CZK" } },
    at("2031-01-01T00:00:00Z"),
  );
  expect(await refusal(order)).toEqual(["not refused: accepted"]);
});

test("everything wrong with a fact is told at once", async () => {
  const wrong = {
    id: " x",
    source: "a\u0000b",
    type: "transaction-posted",
    subject: { account: { system: "b/c", id: 7 } },
    occurredAt: "2024-13-01T00:00:00Z",
    data: { account: core("1"), direction: "up" },
    actor: { kind: "robot", id: "" },
    correlationId: "x".repeat(201),
    colour: "red",
  };
  expect((await refusal(wrong)).sort()).toEqual([
    "actor.id empty",
    "actor.kind not-allowed",
    "colour unknown-field",
    "correlationId too-long",
    "data.amount missing",
    "data.direction not-allowed",
    "id malformed",
    "occurredAt malformed",
    "source malformed",
    "subject.account.id wrong-type",
    "subject.account.system malformed",
  ]);
});

test.each([
  [{ type: "no-such-fact" }, "type unknown-type"],
  [{ schemaVersion: 9 }, "schemaVersion unknown-version"],
  [{ schemaVersion: 0 }, "schemaVersion wrong-type"],
  [{ subject: undefined }, "subject missing"],
  [{ subject: { customer: core("1"), account: core("1") } }, "subject malformed"],
  [{ subject: { customerId: "ada@example.com" } }, "subject.customerId malformed"],
  [{ subject: { unattributed: false } }, "subject.unattributed not-allowed"],
  [{ data: [] }, "data wrong-type"],
  [{ data: undefined }, "data missing"],
  [{ id: undefined }, "id missing"],
  [{ id: "\ud800" }, "id malformed"],
  [{ occurredAt: "0000-01-01T00:00:00+01:00" }, "occurredAt malformed"],
])("a fact with %o is refused: %s", async (change, expected) => {
  expect(await refusal(registered("1", change))).toEqual([expected]);
});

test("whatever comes to the door is kept whole, under its own source where it names one", async () => {
  const door = openDoor();
  const row: RefusedRow = {
    source: "berka",
    file: "trans.csv",
    line: 7,
    factType: "transaction-posted",
    cells: { amount: "1,5" },
    draft: { id: "7" },
    faults: [{ field: "data.amount", code: "not-a-decimal", message: "1,5" }],
  };
  const context = { source: "upload", actor: { kind: "person", id: "eva" }, correlationId: "c1" } as const;
  await door.intake.submit(
    { format: "cloudevents-lines", lines: ['{"a":', "[1]", '{"specversion":"1.0","source":"core"}'] },
    context,
  );
  await door.intake.submit({ format: "cloudevents", events: [null, "text"] }, context);
  await door.intake.submit({ format: "refused-rows", rows: [row] }, context);
  await door.submit(7, { type: "customer-registered", source: "core", nested: [{ b: 1, a: 2 }] });
  const kept = (await door.log()).map(({ stream, data }) => [stream, data.form, data.factType, data.raw]);
  expect(kept).toEqual([
    ["source-upload", "text", null, '{"a":'],
    ["source-upload", "cloudevent", null, [1]],
    ["source-core", "cloudevent", null, { specversion: "1.0", source: "core" }],
    ["source-upload", "cloudevent", null, null],
    ["source-upload", "cloudevent", null, "text"],
    ["source-berka", "row", "transaction-posted", row],
    ["source-test", "fact", null, 7],
    [
      "source-core",
      "fact",
      "customer-registered",
      { type: "customer-registered", source: "core", nested: [{ b: 1, a: 2 }] },
    ],
  ]);
  expect((await door.log())[0]).toMatchObject({ actor: { kind: "person", id: "eva" }, correlationId: "c1" });
});

test("a refused fact sent again adds nothing, even when it is refused for another reason", async () => {
  let now = Date.parse("2024-01-01T00:00:00Z");
  const door = openDoor({ now: () => now });
  const payment = paid("1.00", { occurredAt: "2024-03-01T00:00:00Z" });
  const [first] = await door.submit(payment);
  now = Date.parse("2024-03-02T00:00:00Z");
  const [second] = await door.submit(Object.fromEntries(Object.entries(payment).reverse()));
  expect([faultsOf(first), faultsOf(second)]).toEqual([["occurredAt occurred-in-future"], ["subject account-unknown"]]);
  expect(first?.kind === "quarantined" && first.quarantineId).toBe(
    second?.kind === "quarantined" && second.quarantineId,
  );
  expect(await door.log()).toHaveLength(1);
});

test("a refused fact's personal values stand in the log sealed only, and its faults do not quote them", async () => {
  const door = openDoor();
  const [outcome] = await door.submit(registered("1", { data: { attributes: { email: ["ada@example.com"] } } }));
  expect(JSON.stringify(outcome)).not.toContain("ada@example.com");
  const [kept] = await door.log();
  expect(JSON.stringify(kept?.data.raw)).toContain("ada@example.com");
  door.vault.destroy(`quarantine-${kept?.data.quarantineId}`);
  const [erased] = await door.log();
  expect(erased?.erased).toBe(true);
  expect(JSON.stringify(erased)).not.toContain("ada@example.com");
});

test("data nested absurdly deep is refused and kept like any other", async () => {
  const door = openDoor();
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const line = JSON.stringify({ specversion: "1.0", id: "1", source: "core", type: "x" }).replace(
    "}",
    `,"data":${deep}}`,
  );
  const [outcome] = await door.intake.submit({ format: "cloudevents-lines", lines: [line] }, { source: "test" });
  expect(outcome?.kind).toBe("quarantined");
  expect((await door.log())[0]?.data).toMatchObject({ form: "text", raw: line });
});

test("names that JavaScript gives a meaning to are names like others", async () => {
  const door = openDoor();
  const line = JSON.stringify({
    specversion: "1.0",
    id: "1",
    source: "core",
    type: "constructor",
    time: "2024-01-01T00:00:00Z",
    subject: "customer/core/1",
  }).replace("}", ',"data":{"__proto__":{"a":1}}}');
  const [outcome] = await door.intake.submit({ format: "cloudevents-lines", lines: [line] }, { source: "test" });
  expect(faultsOf(outcome)).toEqual(["type unknown-type"]);
  const attributes = JSON.parse('{"__proto__":"x","constructor":"y"}');
  expect(await refusal(registered("1", { data: { attributes } }))).toEqual(["data.attributes.__proto__ bad-name"]);
});

test("batches sent at the same time take their turns", async () => {
  const door = openDoor();
  const batches = await Promise.all([
    door.submit(opened("1", { id: "o" }), paid()),
    door.submit(opened("1", { id: "o" }), paid("2.00")),
    door.submit(opened("2")),
  ]);
  expect(batches.map(kinds)).toEqual([["accepted", "accepted"], ["duplicate", "accepted"], ["quarantined"]]);
});

test("a batch without a usable source of its own is the caller's mistake", async () => {
  await expect(openDoor().intake.submit({ format: "facts", facts: [] }, { source: "" })).rejects.toThrow(TypeError);
});

test("however facts are cut into batches, and how often they are sent, the customers' streams come out the same", async () => {
  const facts = [
    registered("1", { id: "r1" }),
    opened("1", { id: "o1" }),
    paid("1.00", { id: "p1" }),
    fact("relationship-established", { relationshipId: "r", kind: "spouse", customer: core("2") }, { id: "s1" }),
    registered("2", { id: "r2" }),
    registered("3", { id: "p1" }),
    fact("identity-linked", { system: "crm", id: "9" }, { id: "l1" }),
    fact(
      "preference-set",
      { name: "channel", value: "sms" },
      { id: "c1", subject: { customer: { system: "crm", id: "9" } } },
    ),
    registered("2", { id: "bad", data: {}, type: "nothing" }),
  ];
  const streams = async (door: ReturnType<typeof openDoor>) =>
    (await door.log())
      .map(({ stream, revision, eventId, data }) =>
        JSON.stringify([stream, data.faults ? null : revision, eventId, data.faults ? null : data]),
      )
      .sort();
  const whole = openDoor();
  await whole.submit(...facts);
  const expected = await streams(whole);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(8), fc.integer({ min: 1, max: 9 })), { maxLength: 6 }), async again => {
      const door = openDoor();
      let sent = 0;
      for (const [back, size] of again) {
        const from = Math.max(0, sent - back);
        await door.submit(...facts.slice(from, sent + size));
        sent = Math.min(facts.length, sent + size);
      }
      await door.submit(...facts.slice(sent));
      expect(await streams(door)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
