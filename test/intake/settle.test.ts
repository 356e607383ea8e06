import { expect, test } from "vitest";
import type { Fact, FactOutcome } from "../../src/intake/fact.ts";
import { core, customerId, openDoor, opened, paid, registered } from "./openDoor.ts";

const eva = { kind: "person", id: "eva" } as const;
const quarantineIdOf = (outcome: FactOutcome | undefined): string => {
  if (outcome?.kind !== "quarantined") throw new Error(`expected a refusal, got ${outcome?.kind}`);
  return outcome.quarantineId;
};
const replay = (quarantineId: string) => ({ kind: "replay", quarantineId, actor: eva }) as const;

test("a fact refused for an unknown account goes in by replay once the account is known", async () => {
  const door = openDoor();
  const payment = paid("12.30");
  const quarantineId = quarantineIdOf((await door.submit(payment))[0]);
  expect(await door.intake.settle(replay(quarantineId))).toMatchObject({
    kind: "quarantined",
    quarantineId,
    faults: [{ field: "subject", code: "account-unknown" }],
  });
  await door.submit(opened());
  const outcome = await door.intake.settle(replay(quarantineId));
  expect(outcome).toMatchObject({ kind: "accepted", position: 4, customerId: customerId("1") });
  const [refused, , , posted, settled] = await door.log();
  expect(posted).toMatchObject({ type: "transaction-posted", causationId: quarantineId, actor: refused?.actor });
  expect(settled).toMatchObject({
    type: "quarantine-settled",
    stream: "source-core",
    actor: eva,
    causationId: quarantineId,
    data: { quarantineId, status: "accepted", acceptedEventId: posted?.eventId, note: "", changed: [] },
  });
});

test("a repair says who changed what, and the fact and its settlement are one append", async () => {
  const door = openDoor();
  await door.submit(opened());
  const wrong = paid("1.234", { occurredAt: "2024-04-02T00:00:00Z" });
  const quarantineId = quarantineIdOf((await door.submit(wrong))[0]);
  const fact = {
    ...wrong,
    occurredAt: "2024-04-03T00:00:00Z",
    data: { ...wrong.data, amount: { amount: "1.23", currency: "CZK" }, purpose: "fee" },
  } as unknown as Fact;
  const before = door.appends.length;
  const outcome = await door.intake.settle({
    kind: "repair",
    quarantineId,
    actor: eva,
    fact,
    note: "Typing error, Ada says",
  });
  expect(outcome).toMatchObject({ kind: "accepted", position: 4 });
  expect(door.appends.slice(before)).toEqual([1]);
  const [, , , posted, settled] = await door.log();
  expect(posted).toMatchObject({ actor: eva, data: { amount: { minorUnits: 123, currency: "CZK" } } });
  expect(settled?.data).toEqual({
    quarantineId,
    status: "accepted",
    acceptedEventId: posted?.eventId,
    note: "Typing error, Ada says",
    changed: ["data.amount.amount", "data.purpose", "occurredAt"],
  });
});

test("a repair that is still wrong leaves the file open", async () => {
  const door = openDoor();
  const wrong = paid("1.234");
  const quarantineId = quarantineIdOf((await door.submit(wrong))[0]);
  const outcome = await door.intake.settle({
    kind: "repair",
    quarantineId,
    actor: eva,
    fact: wrong as unknown as Fact,
    note: "",
  });
  expect(outcome).toMatchObject({ kind: "quarantined", quarantineId, faults: [{ code: "too-precise" }] });
  expect(await door.log()).toHaveLength(1);
});

test("a text that was no JSON, a CloudEvent and a file row are repaired with a whole fact", async () => {
  const door = openDoor();
  const context = { source: "upload" };
  const event = {
    specversion: "1.0",
    id: "e1",
    source: "core",
    type: "customer-registered",
    subject: "customer/core/1",
    time: "2024-01-01T00:00:00Z",
    data: { attributes: { age: null } },
  };
  const row = {
    source: "core",
    file: "c.csv",
    line: 2,
    factType: null,
    cells: "x",
    draft: { id: "r1", source: "core" },
    faults: [],
  };
  const [text] = await door.intake.submit({ format: "cloudevents-lines", lines: ["{"] }, context);
  const [cloudEvent] = await door.intake.submit({ format: "cloudevents", events: [event] }, context);
  const [refusedRow] = await door.intake.submit({ format: "refused-rows", rows: [row] }, context);
  expect(await door.intake.settle(replay(quarantineIdOf(refusedRow)))).toMatchObject({
    kind: "quarantined",
    faults: [],
  });
  const repair = (outcome: FactOutcome | undefined, id: string) =>
    door.intake.settle({
      kind: "repair",
      quarantineId: quarantineIdOf(outcome),
      actor: eva,
      note: "",
      fact: {
        id,
        source: "core",
        type: "customer-registered",
        subject: { customer: core("1") },
        occurredAt: "2024-01-01T00:00:00Z",
        data: {},
      },
    });
  expect([await repair(text, "t1"), await repair(cloudEvent, "e1"), await repair(refusedRow, "r1")]).toMatchObject([
    { kind: "accepted" },
    { kind: "accepted" },
    { kind: "accepted" },
  ]);
  const settled = (await door.log()).filter(({ type }) => type === "quarantine-settled");
  expect(settled.map(({ data }) => data.changed)).toEqual([
    ["data", "id", "occurredAt", "source", "subject", "type"],
    ["data.attributes"],
    ["data", "occurredAt", "subject", "type"],
  ]);
});

test("what is settled stays settled", async () => {
  const door = openDoor();
  const quarantineId = quarantineIdOf((await door.submit(paid()))[0]);
  const discard = { kind: "discard", quarantineId, actor: eva, note: "Test data" } as const;
  expect(await door.intake.settle(discard)).toEqual({ kind: "discarded", position: 2 });
  const settled = { kind: "alreadySettled", quarantineId, status: "discarded" };
  expect(await door.intake.settle(discard)).toEqual(settled);
  await door.submit(opened());
  expect(await door.intake.settle(replay(quarantineId))).toEqual(settled);
  expect((await door.log())[1]?.data).toEqual({
    quarantineId,
    status: "discarded",
    acceptedEventId: null,
    note: "Test data",
    changed: [],
  });
});

test("two who settle at once: one does, the other is told", async () => {
  const door = openDoor();
  const quarantineId = quarantineIdOf((await door.submit(paid()))[0]);
  await door.submit(opened());
  const outcomes = await Promise.all([
    door.intake.settle(replay(quarantineId)),
    door.intake.settle(replay(quarantineId)),
  ]);
  expect(outcomes).toMatchObject([{ kind: "accepted" }, { kind: "alreadySettled", status: "accepted" }]);
});

test("a fact that came in by itself meanwhile is not taken twice, and its file is closed", async () => {
  const door = openDoor();
  const payment = paid();
  const quarantineId = quarantineIdOf((await door.submit(payment))[0]);
  const [, again] = await door.submit(opened(), payment);
  if (again?.kind !== "accepted") throw new Error(again?.kind);
  expect(await door.intake.settle(replay(quarantineId))).toEqual({
    kind: "duplicate",
    position: again.position,
    eventId: again.eventId,
  });
  expect((await door.log()).at(-1)?.data).toMatchObject({ status: "accepted", acceptedEventId: again.eventId });
  expect(await door.intake.settle(replay(quarantineId))).toMatchObject({ kind: "alreadySettled", status: "accepted" });
});

test("a reused id needs another id to go in", async () => {
  const door = openDoor();
  await door.submit(registered("1", { id: "same" }));
  const other = registered("2", { id: "same" });
  const quarantineId = quarantineIdOf((await door.submit(other))[0]);
  expect(await door.intake.settle(replay(quarantineId))).toMatchObject({
    kind: "quarantined",
    faults: [{ code: "id-reused" }],
  });
  const fact = { ...other, id: "same-2" } as unknown as Fact;
  const repaired = await door.intake.settle({ kind: "repair", quarantineId, actor: eva, fact, note: "" });
  expect(repaired).toMatchObject({ kind: "accepted", customerId: customerId("2") });
  expect((await door.log()).at(-1)?.data.changed).toEqual(["id"]);
});

test("an erased fact cannot be replayed, only replaced", async () => {
  const door = openDoor();
  const payment = paid();
  const quarantineId = quarantineIdOf((await door.submit(payment))[0]);
  await door.submit(opened());
  door.vault.destroy(`quarantine-${quarantineId}`);
  expect(await door.intake.settle(replay(quarantineId))).toMatchObject({
    kind: "quarantined",
    faults: [{ code: "erased" }],
  });
  const repair = { kind: "repair", quarantineId, actor: eva, fact: payment as unknown as Fact, note: "" } as const;
  expect(await door.intake.settle(repair)).toMatchObject({ kind: "accepted" });
});

test("what was never refused cannot be settled", async () => {
  const door = openDoor();
  const [accepted] = await door.submit(registered());
  const eventId = accepted?.kind === "accepted" ? accepted.eventId : "";
  for (const quarantineId of [eventId, "00000000-0000-4000-8000-000000000000", "nonsense"])
    expect(await door.intake.settle(replay(quarantineId))).toEqual({ kind: "notFound", quarantineId });
});
