import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { coerceInputValue, type GraphQLInputType } from "graphql";
import { expect, test } from "vitest";
import type { OutsideSegment } from "../../../src/domain/segment/outside.ts";
import { printRule } from "../../../src/domain/segment/print/printRule.ts";
import type { SegmentId } from "../../../src/domain/segment/segment.ts";
import { buildGraphQLSchema } from "../../../src/graphql/schema.ts";
import { outsideOf } from "../../../src/graphql/tag/input/definitionInput.ts";
import { standards } from "../../../src/intake/standards.ts";
import { anyRule } from "../../domain/segment/support/anyRule.ts";
import { knownTags } from "../../domain/segment/support/knownTags.ts";

const schema = buildGraphQLSchema();
const taken = (json: unknown, type: string): unknown =>
  outsideOf(coerceInputValue(json, schema.getType(type) as GraphQLInputType));
const examples = readdirSync("examples")
  .map(name => join("examples", name, "segments.json"))
  .filter(file => existsSync(file))
  .flatMap(file => JSON.parse(readFileSync(file, "utf8")) as OutsideSegment[]);

test.each(examples.map(segment => [segment.id, segment] as const))(
  "a segment in GraphQL is the same JSON as in a file: %s",
  (_, segment) => expect(taken(segment, "SegmentInput")).toEqual(segment),
);

test("any rule that can be read can be sent, and arrives as it was written", () => {
  const segments = ["gold", "dormant"] as SegmentId[];
  fc.assert(
    fc.property(anyRule(knownTags, { segments }), rule => {
      const written = printRule(rule, standards);
      expect(taken(written, "SegmentRuleInput")).toEqual(written);
    }),
  );
});

test("a rule with two choices, or none, is refused", () => {
  expect(() => taken({ segment: "a", list: "b" }, "SegmentRuleInput")).toThrow("Exactly one key must be specified");
  expect(() => taken({ all: [{}] }, "SegmentRuleInput")).toThrow("Exactly one key must be specified");
});
