import { expect, test } from "vitest";
import { createSegmentDefinitions } from "../../src/definitions/createSegmentDefinitions.ts";
import type { SegmentOutcome } from "../../src/definitions/segmentDefinitions.ts";
import type { TagOutcome } from "../../src/definitions/tagDefinitions.ts";
import type { SegmentId } from "../../src/domain/segment/segment.ts";
import { standards } from "../../src/intake/standards.ts";
import { shippedFields } from "../domain/tag/shippedFields.ts";
import { ada, definition } from "./openDefinitions.ts";
import { openSegments, publishSegments, publishTags, segment } from "./openSegments.ts";

const told = (outcome: SegmentOutcome | TagOutcome) =>
  outcome.ok ? `${outcome.value.kind} ${outcome.value.version}` : outcome.refusal.kind;
const refusal = <Refusal>(outcome: { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal }) => {
  if (outcome.ok) throw new Error("expected a refusal");
  return outcome.refusal;
};
const faults = (outcome: SegmentOutcome) => {
  const refused = refusal(outcome);
  if (refused.kind !== "invalid") throw new Error(`expected faults, got ${JSON.stringify(refused)}`);
  return refused.faults.map(({ field, code }) => `${field} ${code}`);
};

const orders = definition({ code: "orders" });
const spend = definition({
  code: "spend",
  type: { money: { currency: "CZK" } },
  rule: { statistic: { measure: { sum: { field: "amount" } }, facts: { types: ["transaction-posted"] } } },
});
const busy = segment("busy", { tag: { code: "orders", atLeast: 10 } });
const rich = segment("rich", { all: [{ segment: "busy" }, { tag: { code: "spend", atLeast: "12.30" } }] });

test("a segment is drafted, published, drafted anew and archived, each by whom and when on record", async () => {
  const doors = openSegments();
  await publishTags(doors, orders);
  const { segments } = doors;
  expect(told(await segments.draft(busy, ada))).toBe("drafted 1");
  expect(told(await segments.publish("busy", 1, ada))).toBe("published 1");
  expect(told(await segments.draft({ ...busy, name: "Busy" }, ada))).toBe("drafted 2");
  const between = (await segments.catalogue()).segments.get("busy" as SegmentId)!;
  expect(between).toMatchObject({ status: "published", revision: 2 });
  expect(told(await segments.publish("busy", 2, ada))).toBe("published 2");
  expect(told(await segments.archive("busy", "nobody asks for it", ada))).toBe("archived 2");
  const after = (await segments.catalogue()).segments.get("busy" as SegmentId)!;
  expect(after.status).toBe("archived");
  expect(after.versions.map(({ published, ended }) => [published?.position, ended?.position])).toEqual([
    [4, 6],
    [6, 7],
  ]);
  expect((await doors.log()).slice(2).map(({ type, actor, stream }) => `${type} ${actor.id} ${stream}`)).toEqual([
    "segment-drafted ada segment-busy",
    "segment-published ada segment-busy",
    "segment-drafted ada segment-busy",
    "segment-published ada segment-busy",
    "segment-archived ada segment-busy",
  ]);
});

test("what is so already changes nothing, and what is over stays over", async () => {
  const doors = openSegments();
  await publishTags(doors, orders);
  await publishSegments(doors, busy);
  const { segments } = doors;
  expect(told(await segments.draft(busy, ada))).toBe("unchanged 1");
  expect(told(await segments.publish("busy", 1, ada))).toBe("unchanged 1");
  expect(faults(await segments.archive("busy", " ", ada))).toEqual(["reason empty"]);
  expect(told(await segments.archive("busy", "done", ada))).toBe("archived 1");
  expect(told(await segments.archive("busy", "done", ada))).toBe("unchanged 1");
  expect(told(await segments.draft(busy, ada))).toBe("wrongStatus");
  expect(told(await segments.publish("busy", 1, ada))).toBe("wrongStatus");
  expect(told(await segments.publish("busy", 2, ada))).toBe("unknownVersion");
  expect(told(await segments.publish("bussy", 1, ada))).toBe("unknownSegment");
  expect(faults(await segments.draft(busy, { kind: "person", id: "" }))).toEqual(["actor.id malformed"]);
  expect(await doors.log()).toHaveLength(5);
});

test("tags have to be in force, and what may have been meant is named", async () => {
  const doors = openSegments();
  const { segments, definitions } = doors;
  await publishTags(doors, orders);
  await definitions.draft(spend, ada);
  const outcome = await segments.draft(
    segment("a", { any: [{ tag: { code: "ordres", exists: true } }, { tag: { code: "spend", exists: true } }] }),
    ada,
  );
  expect(faults(outcome)).toEqual(["rule.any[0].tag.code unknown-tag", "rule.any[1].tag.code unpublished-tag"]);
  expect(refusal(outcome).message).toContain("did you mean orders?");
  await definitions.retire("orders", "old", ada);
  expect(faults(await segments.draft(busy, ada))).toEqual(["rule.tag.code retired-tag"]);
});

test("segments are made of published segments, never of themselves", async () => {
  const doors = openSegments();
  const { segments } = doors;
  const of = (id: string, ...ids: readonly string[]) => segment(id, { all: ids.map(one => ({ segment: one })) });
  await publishTags(doors, orders);
  expect(faults(await segments.draft(of("a", "buzy"), ada))).toEqual(["rule.all[0].segment unknown-segment"]);
  await segments.draft(busy, ada);
  expect(faults(await segments.draft(of("a", "busy"), ada))).toEqual(["rule.all[0].segment unpublished-segment"]);
  await publishSegments(doors, busy, of("a", "busy"), of("b", "busy", "a"), of("c", "b"));
  const outcome = await segments.draft(of("a", "busy", "c"), ada);
  expect(faults(outcome)).toEqual(["rule.all[1].segment cycle"]);
  expect(refusal(outcome).message).toContain("a → c → b → a");
  expect(faults(await segments.draft(of("d", "d"), ada))).toEqual(["rule.all[0].segment cycle"]);
  expect(refusal(await segments.archive("busy", "old", ada))).toEqual({
    kind: "dependents",
    id: "busy",
    dependents: [
      { id: "a", version: 1, reason: "is made of members of busy" },
      { id: "b", version: 1, reason: "is made of members of busy" },
    ],
    uses: [],
    message: "a, b are made of members of busy: archive or change them first",
  });
  expect(told(await segments.archive("c", "old", ada))).toBe("archived 1");
  expect(faults(await segments.draft(of("d", "c"), ada))).toEqual(["rule.all[0].segment archived-segment"]);
});

test("a circle that two drafts close together is refused when the second one is published", async () => {
  const doors = openSegments();
  const { segments } = doors;
  await publishTags(doors, orders);
  await publishSegments(doors, busy, segment("a", { segment: "busy" }), segment("b", { segment: "busy" }));
  expect(told(await segments.draft(segment("a", { segment: "b" }), ada))).toBe("drafted 2");
  expect(told(await segments.draft(segment("b", { segment: "a" }), ada))).toBe("drafted 2");
  expect(told(await segments.publish("a", 2, ada))).toBe("published 2");
  expect(faults(await segments.publish("b", 2, ada))).toEqual(["rule.segment cycle"]);
});

test("a snapshot lies between the segment's beginning, its end, and now", async () => {
  const doors = openSegments();
  const { segments } = doors;
  await publishTags(doors, orders);
  await segments.draft(busy, ada);
  const before = new Date(doors.now()).toISOString();
  const snapshot = (at: string) => segments.draft(segment("then", { not: { snapshot: { segment: "busy", at } } }), ada);
  expect(faults(await snapshot(before))).toEqual(["rule.not.snapshot.segment unpublished-segment"]);
  await segments.publish("busy", 1, ada);
  const during = new Date(doors.now()).toISOString();
  await segments.archive("busy", "old", ada);
  const after = new Date(doors.now()).toISOString();
  expect(faults(await snapshot(before))).toEqual(["rule.not.snapshot.at before-segment"]);
  expect(faults(await snapshot("2030-01-01T00:00:00Z"))).toEqual(["rule.not.snapshot.at in-the-future"]);
  expect(faults(await snapshot(after))).toEqual(["rule.not.snapshot.at after-segment"]);
  expect(told(await snapshot(during))).toBe("drafted 1");
});

test("a tag that a published segment asks for cannot be retired", async () => {
  const doors = openSegments();
  const { segments, definitions } = doors;
  await publishTags(doors, orders, spend);
  await publishSegments(doors, busy, rich);
  expect(refusal(await definitions.retire("spend", "old", ada))).toEqual({
    kind: "dependents",
    code: "spend",
    dependents: [],
    uses: [{ name: "segment rich", version: 1, reason: "asks for spend at rule.all[1].tag.code" }],
    message: "segment rich asks for spend: retire or change it first",
  });
  await segments.archive("rich", "old", ada);
  expect(told(await definitions.retire("spend", "old", ada))).toBe("retired 1");
});

test("a tag cannot become what a published segment cannot ask, and a draft of before is not published", async () => {
  const doors = openSegments();
  const { segments, definitions } = doors;
  await publishTags(doors, orders, spend);
  await publishSegments(doors, busy, rich);
  const inEuro = { ...spend, type: { money: { currency: "EUR" } } };
  await definitions.draft(inEuro, ada);
  expect(refusal(await definitions.publish("spend", 2, ada))).toMatchObject({
    kind: "dependents",
    uses: [
      {
        name: "segment rich",
        reason: "rule.all[1].tag.code: spend was money in CZK when this was read and is money in EUR now",
      },
    ],
  });
  const renamed = { ...spend, name: "Spend" };
  await definitions.draft(renamed, ada);
  expect(told(await definitions.publish("spend", 3, ada))).toBe("published 3");

  await segments.archive("rich", "old", ada);
  await segments.draft(segment("richer", { tag: { code: "spend", atLeast: 100 } }), ada);
  await definitions.draft(inEuro, ada);
  expect(told(await definitions.publish("spend", 4, ada))).toBe("published 4");
  expect(faults(await segments.publish("richer", 1, ada))).toEqual(["rule.tag.code type-changed"]);
});

test("a value that a segment asks for cannot be taken from an enumeration", async () => {
  const doors = openSegments();
  const tier = (...values: readonly string[]) =>
    definition({ code: "tier", type: { enumeration: { values } }, rule: { manual: true } });
  await publishTags(doors, tier("gold", "silver", "bronze"));
  await publishSegments(doors, segment("golden", { tag: { code: "tier", in: ["gold"] } }));
  await publishTags(doors, tier("gold", "platinum"));
  await doors.definitions.draft(tier("platinum"), ada);
  expect(refusal(await doors.definitions.publish("tier", 3, ada))).toMatchObject({
    uses: [{ name: "segment golden", reason: 'rule.tag.in[0]: expected one of platinum; got "gold"' }],
  });
});

test("commands at the same time are carried out one after the other, those of tags too", async () => {
  const doors = openSegments();
  const { segments, definitions } = doors;
  const outcomes = await Promise.all([
    definitions.draft(orders, ada),
    definitions.publish("orders", 1, ada),
    segments.draft(busy, ada),
    segments.publish("busy", 1, ada),
    definitions.retire("orders", "old", ada),
  ]);
  expect(outcomes.map(told)).toEqual(["drafted 1", "published 1", "drafted 1", "published 1", "dependents"]);
});

test("two doors that write to one log see each other's segments", async () => {
  const doors = openSegments();
  await publishTags(doors, orders);
  let raced = 0;
  const other = createSegmentDefinitions({
    log: doors.reader,
    ...{ tags: doors.definitions.catalogue, fields: shippedFields, standards, now: doors.now },
    append: async requests => {
      // Somebody drafts the same segment between this door's look and its write.
      if (raced++ < 2) await doors.segments.draft({ ...busy, name: `Busy ${raced}` }, ada);
      return doors.writer.append(requests, doors.now());
    },
  });
  expect(told(await other.draft(busy, ada))).toBe("drafted 3");
  raced = -100;
  expect(told(await other.draft({ ...busy, name: "Last" }, ada))).toBe("conflict");
});
