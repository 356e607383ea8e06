import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import { checkSegment, longestSegmentChain } from "../../../src/domain/segment/check/checkSegments.ts";
import { draftSegment, mostPublished, mostSegments, publishSegment } from "../../../src/domain/segment/decide.ts";
import type { SegmentEvent } from "../../../src/domain/segment/events.ts";
import {
  emptySegmentCatalogue,
  foldSegmentEvent,
  foldSegmentEvents,
} from "../../../src/domain/segment/foldSegmentEvent.ts";
import { parseRule } from "../../../src/domain/segment/parse/parseRule.ts";
import { segmentReferences } from "../../../src/domain/segment/references.ts";
import type { Rule } from "../../../src/domain/segment/rule.ts";
import type { SegmentDefinition, SegmentId } from "../../../src/domain/segment/segment.ts";
import { standingSegments, standingVersionAt } from "../../../src/domain/segment/segmentGraph.ts";
import { surroundings } from "./support/knownTags.ts";

const named = (id: string): Rule => ({ kind: "segment", id: id as SegmentId });
const sample: Rule = { kind: "sample", salt: "x", from: 0, to: 1 };
const defined = (id: string, rule: Rule = sample): SegmentDefinition => ({
  ...{ id: id as SegmentId, name: id, owner: "testers", description: "Of a test.", rule },
});

/** Events of segments' streams, at positions 1, 2, 3 … */
function told(...events: readonly (readonly [id: string, event: SegmentEvent])[]): RecordedEvent[] {
  const revisions = new Map<string, number>();
  return events.map(([id, { type, data }], index) => {
    const revision = (revisions.get(id) ?? -1) + 1;
    revisions.set(id, revision);
    const actor = { kind: "person", id: "ada" };
    return { position: index + 1, recordedAt: index, stream: `segment-${id}`, revision, type, data, actor } as never;
  });
}
const drafted = (definition: SegmentDefinition, version = 1): readonly [string, SegmentEvent] => [
  definition.id,
  { type: "segment-drafted", data: { version, definition } },
];
const published = (id: string, version = 1): readonly [string, SegmentEvent] => [
  id,
  { type: "segment-published", data: { version } },
];
const allPublished = (definitions: readonly SegmentDefinition[]) =>
  foldSegmentEvents(
    emptySegmentCatalogue,
    told(...definitions.flatMap(definition => [drafted(definition), published(definition.id)])),
  );

test("the catalogue knows which version stood at any position", () => {
  const events = told(
    drafted(defined("a")),
    published("a"),
    drafted({ ...defined("a"), name: "A" }, 2),
    published("a", 2),
    ["a", { type: "segment-archived", data: { version: 2, reason: "old" } }],
  );
  const catalogue = foldSegmentEvents(emptySegmentCatalogue, events);
  const state = catalogue.segments.get("a" as SegmentId)!;
  expect([1, 2, 3, 4, 5].map(position => standingVersionAt(state, position)?.version)).toEqual([
    undefined,
    1,
    1,
    2,
    undefined,
  ]);
  expect(state).toMatchObject({ status: "archived", revision: 4 });
  expect(standingSegments(catalogue)).toEqual([]);
  expect(events.reduce(foldSegmentEvent, emptySegmentCatalogue)).toEqual(catalogue);
  expect(foldSegmentEvents(catalogue, events)).toBe(catalogue);
});

test("an earlier catalogue stays as it is, and other events only move its position", () => {
  const [first, second] = told(drafted(defined("a")), published("a")) as [RecordedEvent, RecordedEvent];
  const before = foldSegmentEvent(emptySegmentCatalogue, first);
  foldSegmentEvent(before, second);
  expect(before.segments.get("a" as SegmentId)?.status).toBe("draft");
  const other = { ...second, position: 3, stream: "customer-x" };
  expect(foldSegmentEvent(before, other)).toEqual({ position: 3, segments: before.segments });
});

test("what a rule is worked out from is named with its places", () => {
  const parsed = parseRule(
    {
      all: [
        { tag: { code: "spend", compareTo: { operator: "moreThan", tag: "income" } } },
        { relation: { kinds: ["spouse"], atLeast: { count: 1, where: { not: { list: "vip" } } } } },
        { any: [{ segment: "a" }, { snapshot: { segment: "b", at: "2024-01-01T00:00:00Z" } }] },
        { top: { count: 5, highest: "orders" } },
        { did: { types: ["card-issued"] } },
        { attribute: { of: { registeredAt: true }, type: { date: { zone: "UTC" } }, exists: true } },
      ],
    },
    surroundings,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal));
  const { tags, segments, factTypes } = segmentReferences(parsed.value);
  expect(tags.map(({ code, path }) => `${code} ${path}`)).toEqual([
    "spend rule.all[0].tag.code",
    "income rule.all[0].tag.compareTo.tag",
    "vip rule.all[1].relation.atLeast.where.not.list",
    "orders rule.all[3].top.highest",
  ]);
  expect(segments.map(({ id, path, at }) => `${id} ${path} ${at}`)).toEqual([
    "a rule.all[2].any[0].segment null",
    "b rule.all[2].any[1].snapshot 1704067200000",
  ]);
  expect(factTypes).toEqual(["relationship-established", "relationship-ended", "card-issued", "customer-registered"]);
});

test("segments are not made of each other without end", () => {
  const chain = (length: number) =>
    Array.from({ length }, (_, index) => defined(`s-${index}`, index === 0 ? sample : named(`s-${index - 1}`)));
  const next = (length: number) =>
    checkSegment(defined("next", named(`s-${length - 1}`)), allPublished(chain(length)), 0);
  expect(next(longestSegmentChain - 1)).toEqual([]);
  expect(next(longestSegmentChain).map(({ field, code }) => `${field} ${code}`)).toEqual(["rule too-deep"]);
});

test("a segment that many ways lead to is looked at once on each", () => {
  // Two parts of each level, so that there are 2^40 ways from the top to the bottom.
  const levels = Array.from({ length: 40 }, (_, level) =>
    ["a", "b"].map(side =>
      defined(
        `${side}-${level}`,
        level === 0 ? sample : { kind: "all", of: ["a", "b"].map(one => named(`${one}-${level - 1}`)) },
      ),
    ),
  ).flat();
  expect(
    checkSegment(defined("next", { kind: "all", of: [named("a-39"), named("b-39")] }), allPublished(levels), 0),
  ).toEqual([]);
});

test("there are at most 10,000 segments, and 2,000 published ones", () => {
  expect([mostSegments, mostPublished]).toEqual([10_000, 2_000]);
  const full = allPublished(Array.from({ length: mostPublished }, (_, index) => defined(`s-${index}`)));
  const draft = draftSegment(defined("next"), 0)(full);
  expect(draft).toMatchObject({ ok: true, value: { version: 1 } });
  const [event] = told(drafted(defined("next")));
  const withDraft = foldSegmentEvent(full, { ...event!, position: full.position + 1 });
  expect(publishSegment("next", 1, surroundings, 0)(withDraft)).toMatchObject({
    refusal: { kind: "tooMany", limit: mostPublished },
  });
  const many = foldSegmentEvents(
    emptySegmentCatalogue,
    told(...Array.from({ length: mostSegments }, (_, index) => drafted(defined(`s-${index}`)))),
  );
  expect(draftSegment(defined("next"), 0)(many)).toMatchObject({ refusal: { kind: "tooMany", limit: mostSegments } });
});
