import { expect, test } from "vitest";
import type { ManualTagOutcome } from "../../src/definitions/manualTags.ts";
import { proposalHoldsMs } from "../../src/definitions/tagProposal.ts";
import { StorageFailure } from "../../src/domain/eventLog.ts";
import type { ValueType } from "../../src/domain/tag/tagValue.ts";
import { core, customerId, fact, today } from "../intake/openDoor.ts";
import { ada, approve, assign, bo, definition, manualBank, propose } from "./support/manualBank.ts";

const vip = definition("vip", { kind: "boolean" });
const limit = definition("limit", { kind: "money", currency: "CZK" });
const level = definition("level", { kind: "enumeration", values: ["gold", "silver"] });
const secretive = definition("watched", { kind: "boolean" }, { sensitivity: "restricted" });
const cell = definition(
  "cell",
  { kind: "text" },
  {
    rule: {
      kind: "rfm",
      output: "cell",
      recency: "a",
      frequency: "b",
      monetary: "c",
      groups: 5,
      tieSystem: null,
    } as never,
  },
);

const list = (...lines: string[]) => lines.join("\n");
/** The id of a proposal just made. */
const idOf = (outcome: object): string => (outcome as { proposalId: string }).proposalId;

test("one value set by hand stands on the customer's stream", async () => {
  const bank = await manualBank([limit]);
  const outcome = await bank.run(assign("limit", "2", "1500.5", { expiresAt: "2030-01-01T01:00:00+01:00" }));
  expect(outcome).toMatchObject({ kind: "assigned", customerId: customerId("2") });
  const [event] = await bank.events("tag-assigned");
  expect(event).toMatchObject({
    stream: `customer-${customerId("2")}`,
    actor: ada,
    data: { tag: "limit", value: "1500.50", expiresAt: "2030-01-01T00:00:00.000Z" },
  });
});

test("a repeated request sets nothing twice, and cannot come to mean something else", async () => {
  const bank = await manualBank([limit]);
  const first = await bank.run(assign("limit", "1", "10", { requestId: "r1" }));
  bank.clock.now += 60_000;
  expect(await bank.run(assign("limit", "1", "10", { requestId: "r1" }))).toEqual(first);
  expect(await bank.run(assign("limit", "1", "11", { requestId: "r1" }))).toMatchObject({ kind: "requestIdReused" });
  expect(await bank.assignedTo("1")).toEqual(["10.00"]);
});

test("a tag of high sensitivity takes two people even for one value", async () => {
  const bank = await manualBank([secretive]);
  expect(await bank.run(assign("watched", "1", true))).toEqual({
    kind: "secondPersonNeeded",
    message: "watched is restricted: propose the value, for a second person to approve it",
  });
});

test("what cannot be set is refused with the field and the reason", async () => {
  const bank = await manualBank([limit, level, cell]);
  const refused = (command: ReturnType<typeof assign>) => bank.run(command);
  expect(await refused(assign("limit", "1", "1.234"))).toMatchObject({
    kind: "invalid",
    faults: [{ field: "value", code: "too-precise" }],
  });
  expect(await refused(assign("level", "1", "bronze", { expiresAt: "2020-01-01T00:00:00Z" }))).toMatchObject({
    faults: [
      { field: "expiresAt", code: "in-past" },
      { field: "value", code: "not-allowed", message: 'expected one of gold, silver; got "bronze"' },
    ],
  });
  expect(await refused(assign("limit", "77", "1"))).toMatchObject({ kind: "unknownCustomer" });
  expect(await refused(assign("nope", "1", "1"))).toEqual({
    kind: "unknownTag",
    code: "nope",
    message: 'there is no tag "nope"',
  });
  expect(await refused(assign("cell", "1", "555"))).toMatchObject({
    kind: "wrongKind",
    message: "cell is of kind rfm; this is for manual tags",
  });
  expect(await bank.events("tag-assigned")).toEqual([]);
});

test("a list is proposed, approved by somebody else, and only then in force", async () => {
  const bank = await manualBank([level]);
  const content = list("id,system,value,expiresAt", "1,core,gold,", "3,core,silver,2030-01-01T00:00:00Z");
  const proposed = await bank.run(propose("level", content, { note: "the spring list" }));
  expect(proposed).toMatchObject({ kind: "proposed", total: 2, report: { faults: [], unmatched: [] } });
  expect(await bank.assignedTo("1")).toEqual([]);

  const own = await bank.run(approve("level", idOf(proposed), { actor: ada }));
  expect(own).toEqual({
    kind: "secondPersonNeeded",
    message: "ada made this proposal; somebody else has to approve it",
  });
  const outcome = await bank.run(approve("level", idOf(proposed), { assignments: 2 }));
  expect(outcome).toMatchObject({ kind: "approved", assigned: 2 });
  expect([await bank.assignedTo("1"), await bank.assignedTo("2"), await bank.assignedTo("3")]).toEqual([
    ["gold"],
    [],
    ["silver"],
  ]);
  const [first] = await bank.events("tag-assigned");
  expect(first).toMatchObject({ actor: bo, data: { proposalId: idOf(proposed) } });
});

test("every line of a list is accounted for", async () => {
  const bank = await manualBank([level]);
  const content = list(
    "system,id,value", // 1
    "core,1,gold",
    "core,99,gold",
    "core,1,gold",
    "core,2,bronze",
    "core,3,gold",
    "core,3,silver", // 7
    ",2,gold",
    "core,2",
    "core,2,",
  );
  const outcome = await bank.run(propose("level", content));
  expect(outcome).toMatchObject({
    total: 1,
    report: {
      lines: [2],
      assignments: [{ customerId: customerId("1"), value: "gold", expiresAt: null }],
      unmatched: [{ line: 3, system: "core", id: "99" }],
      duplicates: [{ line: 4, of: 2 }],
    },
  });
  const { faults } = (outcome as Extract<ManualTagOutcome, { kind: "proposed" }>).report;
  expect(faults.map(({ line, code }) => [line, code])).toEqual([
    [5, "not-allowed"],
    [6, "contradiction"],
    [7, "contradiction"],
    [8, "empty"],
    [9, "columns"],
    [10, "missing"],
  ]);
});

test("two ids of one customer are one customer", async () => {
  const bank = await manualBank([vip]);
  const link = fact("identity-linked", { system: "cards", id: "c9" }, { subject: { customer: core("1") } });
  await bank.intake.submit({ format: "facts", facts: [link as never] }, { source: "core" });
  const outcome = await bank.run(propose("vip", list("system,id", "core,1", "cards,c9")));
  expect(outcome).toMatchObject({ total: 1, report: { duplicates: [{ line: 3, of: 2 }] } });
});

const one = (more: object) => JSON.stringify({ system: "core", id: "1", ...more });
test.each<[ValueType, object, unknown]>([
  [{ kind: "boolean" }, {}, true],
  [{ kind: "boolean" }, { value: false }, false],
  [{ kind: "boolean" }, { value: null }, null],
  [{ kind: "set" }, { value: ["b", "a", "b"] }, ["a", "b"]],
  [{ kind: "date", zone: "Europe/Prague" }, { value: "2024-07-01" }, "2024-06-30T22:00:00.000Z"],
  [{ kind: "number", decimals: 1, unit: null }, { value: 7 }, "7.0"],
])("an NDJSON value for %j: %j", async (type, given, stored) => {
  const bank = await manualBank([definition("some", type)]);
  const outcome = await bank.run(propose("some", one(given), { format: "ndjson" }));
  expect(outcome).toMatchObject({ report: { assignments: [{ value: stored }] } });
});

test("in CSV a set is written with bars and a boolean as a word", async () => {
  const bank = await manualBank([definition("likes", { kind: "set" }), vip]);
  expect(await bank.run(propose("likes", list("system,id,value", "core,1,tea | golf")))).toMatchObject({
    report: { assignments: [{ value: ["golf", "tea"] }] },
  });
  expect(await bank.run(propose("vip", list("system,id,value", "core,1,false")))).toMatchObject({
    report: { assignments: [{ value: false }] },
  });
});

test("what is no list is refused as a whole", async () => {
  const bank = await manualBank([vip]);
  expect(await bank.run(propose("vip", "customer;flag\n1;true"))).toMatchObject({
    kind: "invalid",
    faults: [{ field: "content", code: "header" }],
  });
  expect(await bank.run(propose("vip", 'system,id\n"core,1'))).toMatchObject({
    kind: "invalid",
    faults: [{ field: "content", code: "malformed" }],
  });
});

test("a look at a list proposes nothing", async () => {
  const bank = await manualBank([vip]);
  const outcome = await bank.run(propose("vip", list("system,id", "core,1"), { check: true }));
  expect(outcome).toMatchObject({ kind: "proposed", proposalId: null, position: null, total: 1 });
  expect(await bank.events("tag-assignment-proposed")).toEqual([]);
});

test("a long list comes in parts: an approver knows when one more has come", async () => {
  const bank = await manualBank([vip]);
  const more = { proposalId: "spring" };
  await bank.run(propose("vip", list("system,id", "core,1"), more));
  const second = propose("vip", list("system,id", "core,1", "core,2"), more);
  expect(await bank.run(second)).toMatchObject({
    total: 2,
    report: { faults: [{ line: 2, code: "proposed-before" }] },
  });
  expect(await bank.run(second)).toMatchObject({ total: 2, proposalId: "spring" }); // nobody heard the answer
  expect(await bank.run({ ...second, actor: bo, content: list("system,id", "core,3") })).toMatchObject({
    kind: "notYours",
  });
  expect(await bank.run(approve("vip", "spring", { assignments: 1 }))).toMatchObject({
    kind: "proposalChanged",
    assignments: 2,
  });
  expect(await bank.run(approve("vip", "spring", { assignments: 2 }))).toMatchObject({ assigned: 2 });
  expect(await bank.run(propose("vip", list("system,id", "core,3"), more))).toMatchObject({
    kind: "proposalSettled",
    status: "approved",
  });
});

test("a rejected proposal stays rejected, and one that waited too long cannot be approved", async () => {
  const bank = await manualBank([vip]);
  const first = idOf(await bank.run(propose("vip", list("system,id", "core,1"))));
  const second = idOf(await bank.run(propose("vip", list("system,id", "core,2"))));
  const reject = { kind: "reject" as const, code: "vip", proposalId: first, note: "wrong list", actor: bo };
  expect(await bank.run(reject)).toMatchObject({ kind: "rejected" });
  expect(await bank.run(approve("vip", first))).toMatchObject({ kind: "proposalSettled", status: "rejected" });
  expect(await bank.run(approve("vip", "nope"))).toMatchObject({ kind: "unknownProposal" });
  bank.clock.now = today + proposalHoldsMs + 1;
  expect(await bank.run(approve("vip", second))).toMatchObject({ kind: "proposalSettled", status: "lapsed" });
  expect(await bank.events("tag-assigned")).toEqual([]);
});

test("an approval that was cut short is finished by asking again, or at the next start, and sets nothing twice", async () => {
  let appends = Number.POSITIVE_INFINITY;
  const breakable = () => {
    appends -= 1;
    if (appends < 0) throw new StorageFailure("STORAGE_FULL", "the disk is full");
  };
  const bank = await manualBank([vip], { customers: 2_500, breakable });
  const everybody = list("system,id", ...Array.from({ length: 2_500 }, (_, n) => `core,${n + 1}`));
  const proposalId = idOf(await bank.run(propose("vip", everybody)));
  appends = 2; // the approval and the first thousand
  await expect(bank.run(approve("vip", proposalId))).rejects.toThrow("the disk is full");
  expect((await bank.events("tag-assigned")).length).toBe(1_000);

  appends = 2; // what is there already, and the second thousand
  bank.clock.now += 60_000;
  await expect(bank.run(approve("vip", proposalId))).rejects.toThrow("the disk is full");
  expect((await bank.events("tag-assigned")).length).toBe(2_000);

  appends = Number.POSITIVE_INFINITY;
  expect(await bank.manual.resume()).toBe(1);
  const assigned = await bank.events("tag-assigned");
  expect(new Set(assigned.map(({ stream }) => stream)).size).toBe(2_500);
  expect(assigned.length).toBe(2_500);
  expect(await bank.manual.resume()).toBe(0);
  expect(await bank.run(approve("vip", proposalId))).toMatchObject({ kind: "approved", assigned: 2_500 });
  expect((await bank.events("tag-assigned")).length).toBe(2_500);
});

test("what somebody notes on a proposal is sealed", async () => {
  const bank = await manualBank([vip]);
  await bank.run(propose("vip", list("system,id", "core,1"), { note: "Mrs Novák asked for it" }));
  const noteOf = async () => (await bank.events("tag-assignment-proposed"))[0]?.data;
  expect(await noteOf()).toMatchObject({ note: "Mrs Novák asked for it" });
  bank.vault.destroy(`tag-proposal-${(await noteOf())?.proposalId}`);
  expect(await noteOf()).toMatchObject({ assignments: [{ value: true }] });
  expect((await noteOf())?.note).toBeUndefined();
});

test("a refresh names the instant that it is as of", async () => {
  const bank = await manualBank([cell, vip]);
  const refresh = (code: string, asOf: string | null) => bank.run({ kind: "refresh", code, asOf, actor: ada });
  expect(await refresh("cell", null)).toMatchObject({ kind: "refreshed", asOf: today });
  expect(await refresh("cell", "2024-01-01T00:00:00Z")).toMatchObject({ asOf: Date.UTC(2024, 0, 1) });
  expect((await bank.events("tag-refreshed")).map(({ data }) => data.asOf)).toEqual([today, Date.UTC(2024, 0, 1)]);
  expect(await refresh("cell", "2030-01-01T00:00:00Z")).toMatchObject({
    faults: [{ field: "asOf", code: "in-future" }],
  });
  expect(await refresh("vip", null)).toMatchObject({
    kind: "wrongKind",
    message: "vip is of kind manual; this is for rfm and lookAlike tags",
  });
});
