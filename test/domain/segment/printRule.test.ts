import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRule } from "../../../src/domain/segment/parse/parseRule.ts";
import { parseSegment } from "../../../src/domain/segment/parse/parseSegment.ts";
import { printRule } from "../../../src/domain/segment/print/printRule.ts";
import { printSegment } from "../../../src/domain/segment/print/printSegment.ts";
import type { SegmentDefinition, SegmentId } from "../../../src/domain/segment/segment.ts";
import { standards } from "../../../src/intake/standards.ts";
import { anyRule } from "./support/anyRule.ts";
import { knownTags, surroundings } from "./support/knownTags.ts";

const segments = ["dormant-gold", "x1"] as readonly string[] as readonly SegmentId[];

test("what is printed reads as the same rule, and prints the same again", () => {
  fc.assert(
    fc.property(anyRule(knownTags, { segments }), rule => {
      const outside = printRule(rule, standards);
      const parsed = parseRule(JSON.parse(JSON.stringify(outside)), surroundings);
      expect(parsed).toEqual({ ok: true, value: rule });
      if (parsed.ok) expect(printRule(parsed.value, standards)).toEqual(outside);
    }),
    { numRuns: 1000 },
  );
});

test("a rule is printed with nothing left to defaults, decimals as text and instants in UTC", () => {
  const outside = {
    all: [
      { tag: { code: "spend", atLeast: "12.30" } },
      { tag: { code: "last-order", lessThan: "1999-12-31T23:00:00.000Z" } },
      { did: { types: ["transaction-posted"], window: { lifetime: true }, times: 1 } },
      { relation: { kinds: ["spouse"], direction: "both", any: { list: "vip" } } },
      { sample: { salt: "x", percent: "12.50" } },
      { sample: { salt: "x", buckets: { from: 1, to: 2 } } },
    ],
  };
  const parsed = parseRule(
    {
      all: [
        { tag: { code: "spend", atLeast: "12.3" } },
        { tag: { code: "last-order", lessThan: "2000-01-01" } },
        { did: { types: ["transaction-posted"] } },
        { relation: { kinds: ["spouse"], any: { list: "vip" } } },
        { sample: { salt: "x", percent: (12.5).toString() } },
        { sample: { salt: "x", buckets: { from: 1, to: 2 } } },
      ],
    },
    surroundings,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal));
  expect(printRule(parsed.value, standards)).toEqual(outside);
});

test("a segment is printed as it is read", () => {
  const definition: SegmentDefinition = {
    ...{ id: "a" as SegmentId, name: "A", owner: "crm", description: "Two\nlines." },
    rule: { kind: "segment", id: "b" as SegmentId },
  };
  expect(parseSegment(printSegment(definition, standards), surroundings)).toEqual({ ok: true, value: definition });
});
