import { expect, test } from "vitest";
import type { TagOutcome } from "../../src/definitions/tagDefinitions.ts";
import type { OutsideDefinition } from "../../src/domain/tag/outside.ts";
import { ada, definition, openDefinitions } from "./openDefinitions.ts";

const told = (outcome: TagOutcome) =>
  outcome.ok ? `${outcome.value.kind} ${outcome.value.version}` : outcome.refusal.kind;
const refusal = (outcome: TagOutcome) => {
  if (outcome.ok) throw new Error(`expected a refusal, got ${outcome.value.kind}`);
  return outcome.refusal;
};
const faults = (outcome: TagOutcome) => {
  const refused = refusal(outcome);
  if (refused.kind !== "invalid") throw new Error(`expected faults, got ${JSON.stringify(refused)}`);
  return refused.faults.map(({ field, code }) => `${field} ${code}`);
};

const orders = definition({ code: "orders" });
const busy = definition({
  code: "busy",
  type: { boolean: true },
  rule: { formula: { moreThan: [{ tag: "orders" }, { number: 10 }] } },
});

async function inForce(door: ReturnType<typeof openDefinitions>, ...all: readonly OutsideDefinition[]) {
  for (const one of all) {
    const drafted = await door.definitions.draft(one, ada);
    if (!drafted.ok) throw new Error(JSON.stringify(drafted.refusal));
    const published = await door.definitions.publish(one.code, drafted.value.version, ada);
    if (!published.ok) throw new Error(JSON.stringify(published.refusal));
  }
}

test("a tag is drafted, published, drafted anew and retired, each by whom and when on record", async () => {
  const door = openDefinitions();
  const { definitions } = door;
  expect(told(await definitions.draft(orders, ada))).toBe("drafted 1");
  expect(told(await definitions.publish("orders", 1, ada))).toBe("published 1");
  expect(told(await definitions.draft({ ...orders, name: "Orders" }, ada))).toBe("drafted 2");
  const between = (await definitions.catalogue()).tags.get("orders" as never)!;
  expect(between).toMatchObject({ status: "published", revision: 2 });
  expect(between.versions.map(({ published, ended }) => [published?.position, ended])).toEqual([
    [2, null],
    [undefined, null],
  ]);
  expect(told(await definitions.publish("orders", 2, ada))).toBe("published 2");
  expect(told(await definitions.retire("orders", "nobody asks for it", ada))).toBe("retired 2");
  const after = (await definitions.catalogue()).tags.get("orders" as never)!;
  expect(after.status).toBe("retired");
  expect(after.versions.map(({ ended }) => ended?.position)).toEqual([4, 5]);
  expect((await door.log()).map(({ type, actor, stream }) => `${type} ${actor.id} ${stream}`)).toEqual([
    "tag-drafted ada tag-orders",
    "tag-published ada tag-orders",
    "tag-drafted ada tag-orders",
    "tag-published ada tag-orders",
    "tag-retired ada tag-orders",
  ]);
});

test("what is so already changes nothing", async () => {
  const door = openDefinitions();
  const { definitions } = door;
  await inForce(door, orders);
  const again = await definitions.draft({ ...orders, sensitivity: "internal" }, ada);
  expect(told(again)).toBe("unchanged 1");
  expect(again.ok && again.value.position).toBe(2);
  expect(told(await definitions.publish("orders", 1, ada))).toBe("unchanged 1");
  await definitions.retire("orders", "done", ada);
  expect(told(await definitions.retire("orders", "done", ada))).toBe("unchanged 1");
  expect(await door.log()).toHaveLength(3);
});

test("a refused definition leaves no trace and names every fault", async () => {
  const door = openDefinitions();
  const outcome = await door.definitions.draft({ ...orders, code: "Orders", owner: "" }, ada);
  expect(faults(outcome)).toEqual(["code malformed", "owner empty"]);
  expect(refusal(outcome).message).toContain("owner must not be empty");
  expect(faults(await door.definitions.draft(orders, { kind: "person", id: " " }))).toEqual(["actor.id malformed"]);
  expect(await door.log()).toEqual([]);
});

test("a draft may build upon drafts, a published tag only upon published ones", async () => {
  const { definitions } = openDefinitions();
  expect(faults(await definitions.draft(busy, ada))).toEqual(["rule.formula.moreThan[0].tag unknown-tag"]);
  await definitions.draft(orders, ada);
  expect(told(await definitions.draft(busy, ada))).toBe("drafted 1");
  expect(faults(await definitions.publish("busy", 1, ada))).toEqual(["rule.formula.moreThan[0].tag unpublished-tag"]);
  await definitions.publish("orders", 1, ada);
  expect(told(await definitions.publish("busy", 1, ada))).toBe("published 1");
});

test("a tag in use cannot be retired, and a retired one not be used", async () => {
  const door = openDefinitions();
  await inForce(door, orders, busy);
  expect(refusal(await door.definitions.retire("orders", "old", ada))).toEqual({
    kind: "dependents",
    code: "orders",
    dependents: [{ code: "busy", version: 1, reason: "is computed from orders" }],
    uses: [],
    message: "busy is computed from orders: retire or change it first",
  });
  expect(told(await door.definitions.retire("busy", "old", ada))).toBe("retired 1");
  expect(told(await door.definitions.retire("orders", "old", ada))).toBe("retired 1");
  expect(faults(await door.definitions.draft({ ...busy, code: "busier" }, ada))).toEqual([
    "rule.formula.moreThan[0].tag retired-tag",
  ]);
  expect(told(await door.definitions.draft(orders, ada))).toBe("wrongStatus");
  expect(told(await door.definitions.publish("orders", 1, ada))).toBe("wrongStatus");
});

test("a new version that would break what builds upon it is refused, naming what", async () => {
  const door = openDefinitions();
  await inForce(door, orders, busy);
  const spend = definition({
    code: "orders",
    type: { money: { currency: "CZK" } },
    rule: { statistic: { measure: { sum: { field: "amount" } }, facts: { types: ["transaction-posted"] } } },
  });
  expect(told(await door.definitions.draft(spend, ada))).toBe("drafted 2");
  expect(refusal(await door.definitions.publish("orders", 2, ada))).toMatchObject({
    kind: "dependents",
    dependents: [
      {
        code: "busy",
        version: 1,
        reason: "rule.formula.moreThan[1]: money in CZK and a number do not go together",
      },
    ],
  });
  expect(told(await door.definitions.draft({ ...orders, name: "Orders" }, ada))).toBe("drafted 3");
  expect(told(await door.definitions.publish("orders", 2, ada))).toBe("wrongStatus");
  expect(told(await door.definitions.publish("orders", 3, ada))).toBe("published 3");
});

test("unknown tags and versions are refused", async () => {
  const { definitions } = openDefinitions();
  await definitions.draft(orders, ada);
  expect(told(await definitions.publish("order", 1, ada))).toBe("unknownTag");
  expect(told(await definitions.publish("__proto__", 1, ada))).toBe("unknownTag");
  expect(told(await definitions.publish("orders", 2, ada))).toBe("unknownVersion");
  expect(faults(await definitions.retire("orders", " ", ada))).toEqual(["reason empty"]);
});

test("a circle of formulas is refused with the way round", async () => {
  const door = openDefinitions();
  const sum = (code: string, ...of: readonly string[]) =>
    definition({ code, rule: { formula: { add: of.map(tag => ({ tag })) } } });
  await inForce(door, orders, sum("a", "orders"), sum("b", "orders", "a"), sum("c", "b"));
  const outcome = await door.definitions.draft(sum("a", "orders", "c"), ada);
  expect(faults(outcome)).toEqual(["rule.formula.add[1].tag cycle"]);
  expect(refusal(outcome).message).toContain("a → c → b → a");
  expect(refusal(await door.definitions.draft(sum("d", "d"), ada)).message).toContain("d → d");
});

test("tags do not build upon each other without end", async () => {
  const { definitions } = openDefinitions();
  await definitions.draft(definition({ code: "t-0" }), ada);
  for (let depth = 1; depth < 50; depth += 1) {
    const rule = { formula: { add: [{ tag: `t-${depth - 1}` }, { number: 1 }] } };
    expect(told(await definitions.draft(definition({ code: `t-${depth}`, rule }), ada))).toBe("drafted 1");
  }
  const rule = { formula: { tag: "t-49" } };
  expect(faults(await definitions.draft(definition({ code: "t-50", rule }), ada))).toEqual(["rule too-deep"]);
});

test("two doors that write to one log see each other's tags", async () => {
  const door = openDefinitions();
  let raced = 0;
  const other = openDefinitions({
    log: door.reader,
    append: async requests => {
      // Somebody drafts the same tag between this door's look and its write.
      if (raced++ < 2) await door.definitions.draft({ ...orders, name: `Orders ${raced}` }, ada);
      return door.writer.append(requests, door.now());
    },
  });
  expect(told(await other.definitions.draft(orders, ada))).toBe("drafted 3");
  raced = -100;
  expect(told(await other.definitions.draft({ ...orders, name: "Last" }, ada))).toBe("conflict");
  expect((await door.definitions.catalogue()).tags.get("orders" as never)?.versions.at(-1)?.definition.name).toContain(
    "Orders -",
  );
});

test("commands at the same time are carried out one after the other", async () => {
  const { definitions } = openDefinitions();
  const outcomes = await Promise.all([
    definitions.draft(orders, ada),
    definitions.publish("orders", 1, ada),
    definitions.draft(busy, ada),
    definitions.publish("busy", 1, ada),
  ]);
  expect(outcomes.map(told)).toEqual(["drafted 1", "published 1", "drafted 1", "published 1"]);
});
