import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import { draftTag, mostPublished, mostTags, publishTag } from "../../../src/domain/tag/decide.ts";
import type { TagCode, TagDefinition } from "../../../src/domain/tag/definition.ts";
import type { TagEvent } from "../../../src/domain/tag/events.ts";
import { emptyCatalogue, foldTagEvent, foldTagEvents } from "../../../src/domain/tag/foldTagEvent.ts";
import type { Expression, TagRule } from "../../../src/domain/tag/rule.ts";
import { allDependents, definitionsInForce, lineage } from "../../../src/domain/tag/tagGraph.ts";

const defined = (code: string, rule: TagRule = { kind: "manual" }): TagDefinition => ({
  code: code as TagCode,
  name: code,
  category: "test",
  owner: "testers",
  description: "Of a test.",
  type: { kind: "number", decimals: 0, unit: null },
  sensitivity: "internal",
  rule,
});
const sum = (...codes: readonly string[]): TagRule => ({
  kind: "formula",
  expression: { kind: "add", of: codes.map((code): Expression => ({ kind: "tag", code: code as TagCode })) },
});
const countOfPayments: TagRule = {
  kind: "statistic",
  measure: { kind: "count" },
  facts: { types: ["transaction-posted"], where: null, window: { kind: "lifetime" } },
};

/** Events of tags' streams, at positions 1, 2, 3 … */
function told(...events: readonly (readonly [code: string, event: TagEvent])[]): RecordedEvent[] {
  const revisions = new Map<string, number>();
  return events.map(([code, { type, data }], index) => {
    const revision = (revisions.get(code) ?? -1) + 1;
    revisions.set(code, revision);
    const actor = { kind: "person", id: "ada" };
    return { position: index + 1, recordedAt: index, stream: `tag-${code}`, revision, type, data, actor } as never;
  });
}
const drafted = (definition: TagDefinition, version = 1): readonly [string, TagEvent] => [
  definition.code,
  { type: "tag-drafted", data: { version, definition } },
];
const published = (code: string, version = 1): readonly [string, TagEvent] => [
  code,
  { type: "tag-published", data: { version } },
];

test("the catalogue knows which version was in force at any position", () => {
  const events = told(
    drafted(defined("a")),
    published("a"),
    drafted({ ...defined("a"), name: "A" }, 2),
    ["a", { type: "tag-refreshed", data: { asOf: 7 } }],
    published("a", 2),
    ["a", { type: "tag-retired", data: { version: 2, reason: "old" } }],
  );
  const catalogue = foldTagEvents(emptyCatalogue, events);
  const at = (position: number) => definitionsInForce(catalogue, position).map(({ version }) => version);
  expect([1, 2, 3, 4, 5, 6].map(at)).toEqual([[], [1], [1], [1], [2], []]);
  expect(catalogue.tags.get("a" as TagCode)).toMatchObject({
    status: "retired",
    revision: 5,
    refreshes: [{ position: 4, asOf: 7 }],
  });
  expect(events.reduce(foldTagEvent, emptyCatalogue)).toEqual(catalogue);
  expect(foldTagEvents(catalogue, events)).toBe(catalogue);
});

test("an earlier catalogue stays as it is, and other events only move its position", () => {
  const [first, second] = told(drafted(defined("a")), published("a")) as [RecordedEvent, RecordedEvent];
  const before = foldTagEvent(emptyCatalogue, first);
  foldTagEvent(before, second);
  expect(before.tags.get("a" as TagCode)?.status).toBe("draft");
  const assigned = { ...second, position: 3, type: "tag-assigned", stream: "customer-x" };
  expect(foldTagEvent(before, assigned)).toEqual({ position: 3, tags: before.tags });
});

test("lineage leads up to the fact types and down to all that is computed from a tag", () => {
  const rules = { count: countOfPayments, double: sum("count", "count"), total: sum("double", "other"), other: sum() };
  const events = Object.entries(rules).flatMap(([code, rule]) => [drafted(defined(code, rule)), published(code)]);
  const catalogue = foldTagEvents(emptyCatalogue, told(...events));
  expect(allDependents(catalogue, "count" as TagCode).map(({ code }) => code)).toEqual(["double", "total"]);
  const { nodes, edges } = lineage(catalogue, "double" as TagCode);
  const name = (index: number) => {
    const node = nodes[index]!;
    return node.kind === "tag" ? node.code : node.type;
  };
  expect(name(0)).toBe("double");
  expect(edges.map(({ from, to }) => `${name(from)} → ${name(to)}`).sort()).toEqual([
    "count → double",
    "double → total",
    "transaction-posted → count",
  ]);
});

test("there is an end to how many tags can be", () => {
  const many = Array.from({ length: mostPublished }, (_, index) => `t-${index}`);
  const full = told(...many.flatMap(code => [drafted(defined(code)), published(code)]), drafted(defined("one-more")));
  const refused = publishTag("one-more", 1)(foldTagEvents(emptyCatalogue, full));
  expect(refused).toMatchObject({ ok: false, refusal: { kind: "tooMany", limit: 2_000 } });
  expect(publishTag("t-7", 1)(foldTagEvents(emptyCatalogue, full))).toMatchObject({ ok: true });
  const crowd = told(...Array.from({ length: mostTags }, (_, index) => drafted(defined(`t-${index}`))));
  const tenThousand = foldTagEvents(emptyCatalogue, crowd);
  expect(draftTag(defined("one-more"))(tenThousand)).toMatchObject({ ok: false, refusal: { kind: "tooMany" } });
  expect(draftTag({ ...defined("t-1"), name: "T" })(tenThousand)).toMatchObject({ ok: true });
});
