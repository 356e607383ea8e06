import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseRule } from "../../../src/domain/segment/parse/parseRule.ts";
import { parseSegment } from "../../../src/domain/segment/parse/parseSegment.ts";
import type { Referable } from "../../../src/domain/tag/check/checkTags.ts";
import type { TagCode } from "../../../src/domain/tag/definition.ts";
import type { ValueType } from "../../../src/domain/tag/tagValue.ts";
import { standards } from "../../../src/intake/standards.ts";
import { shippedFields } from "../tag/shippedFields.ts";

const money: ValueType = { kind: "money", currency: "CZK" };
const types: Readonly<Record<string, ValueType>> = {
  ...{ balance: money, "spend-30d": money, "income-30d": money },
  ...{ tier: { kind: "enumeration", values: ["gold", "silver"] }, vip: { kind: "boolean" } },
  "do-not-contact": { kind: "boolean" },
};
const tag = (code: TagCode): Referable => {
  const type = types[code];
  if (type === undefined) return { kind: "unusable", code: "unknown-tag", message: `there is no tag ${code}` };
  const about = { name: code, category: "test", owner: "testers", description: "Of the guide." };
  return { kind: "usable", definition: { code, ...about, type, sensitivity: "internal", rule: { kind: "manual" } } };
};
const surroundings = { standards, fields: shippedFields, tag };
const guide = readFileSync("docs/segments.md", "utf8");

test("the segment of the guide is one", () => {
  const [, json = ""] = /```json\n(\{\n {2}"id"[\s\S]*?)```/.exec(guide) ?? [];
  expect(parseSegment(JSON.parse(json), surroundings)).toMatchObject({ ok: true, value: { id: "dormant-gold" } });
});

/** Rules that stand alone in a line or a cell, or fill a block; with … for what the reader puts in, they are no JSON. */
const rules = [
  ...guide.matchAll(/^(\{ "[a-z][\s\S]*?\})\n(?=\{|```)/gim),
  ...guide.matchAll(/^\| `(\{.*?\})` \|/gm),
].flatMap(([, text = ""]) => (text.includes("…") ? [] : [text]));

test("the guide shows rules of every kind", () => {
  const kinds = new Set(rules.flatMap(text => Object.keys(JSON.parse(text) as object)));
  expect([...kinds].sort()).toEqual(
    [
      ...["attribute", "did", "first", "list", "measure", "relation", "restarted", "regularly", "sample", "segment"],
      ...["sequence", "snapshot", "stopped", "tag", "top"],
    ].sort(),
  );
});

test.each(rules)("a rule of the guide reads: %s", text => {
  const parsed = parseRule(JSON.parse(text), surroundings);
  expect(parsed.ok ? [] : parsed.refusal).toEqual([]);
});
