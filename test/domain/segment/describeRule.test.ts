import fc from "fast-check";
import { expect, test } from "vitest";
import { describeNode, describeRule } from "../../../src/domain/segment/describe/describeRule.ts";
import { parseRule } from "../../../src/domain/segment/parse/parseRule.ts";
import { standards } from "../../../src/intake/standards.ts";
import { anyRule } from "./support/anyRule.ts";
import { knownTags, surroundings } from "./support/knownTags.ts";

const inWords = (json: unknown): string => {
  const parsed = parseRule(json, surroundings);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal, null, 1));
  return describeRule(parsed.value, standards);
};
const tag = (code: string, test: object) => ({ tag: { code, ...test } });
const debits = { types: ["transaction-posted"], where: { field: "direction", equals: "debit" } };

test.each([
  [
    {
      all: [
        tag("tier", { in: ["gold", "silver"] }),
        { any: [tag("spend", { atLeast: "12.3" }), { segment: "dormant-gold" }] },
        { not: tag("vip", { equals: true }) },
      ],
    },
    "(tier is gold or silver) and (spend is at least 12.30 CZK or in segment dormant-gold) and not (vip is true).",
  ],
  [tag("birth-date", { lessThan: "2000-01-01" }), "birth-date is before 2000-01-01 (Europe/Prague)."],
  [
    tag("birth-date", { anniversary: { days: 7 } }),
    "birth-date has its anniversary today or in the next 7 days (Europe/Prague).",
  ],
  [tag("last-order", { olderThan: "P30D" }), "last-order is 30 days ago or longer."],
  [tag("last-order", { compareTo: { operator: "moreThan", tag: "birth-date" } }), "last-order is after birth-date."],
  [tag("products", { containsNone: ["card", "loan"] }), "products holds none of card and loan."],
  [tag("rating", { between: { from: 1, to: "2.5" } }), "rating is from 1.00 stars to 2.50 stars."],
  [
    { did: { ...debits, times: 3, window: { rolling: "P30D" } } },
    "At least 3 of transaction-posted facts where direction is debit, in the last 30 days.",
  ],
  [{ all: [{ didNot: debits }] }, "No transaction-posted facts where direction is debit."],
  [
    { regularly: { types: ["transaction-posted"], unit: "month", zone: "UTC", periods: 6, atLeast: 5 } },
    "transaction-posted facts, in at least 5 of the last 6 calendar months (UTC).",
  ],
  [
    { stopped: { types: ["transaction-posted"], active: "P90D", times: 2, quiet: "P30D" } },
    "At least 2 of transaction-posted facts, in 90 days, then none in the last 30 days.",
  ],
  [
    {
      sequence: {
        steps: [debits, { types: ["card-issued"], absent: true }],
        window: { rolling: "P90D" },
        ...{ minGap: "P1D", maxGap: "P3D", within: "P9D" },
      },
    },
    "transaction-posted facts where direction is debit, then no card-issued facts; in the last 90 days; at least 1 day and at most 3 days apart; all within 9 days.",
  ],
  [
    { measure: { of: { count: true }, facts: debits, atLeast: 3 } },
    "Number of transaction-posted facts where direction is debit, is at least 3.",
  ],
  [
    { relation: { kinds: ["spouse", "child"], direction: "outgoing", atLeast: { count: 2, where: { list: "vip" } } } },
    "For at least 2 of the customers related as spouse or child that this customer names: (on list vip).",
  ],
  [{ snapshot: { segment: "a", at: "2024-01-01T00:00:00Z" } }, "In segment a as of 2024-01-01T00:00:00.000Z."],
  [
    { all: [{ sample: { salt: "x", percent: 12 } }, { sample: { salt: "x", buckets: { from: 5, to: 9 } } }] },
    'In the sample of 12.00 % by salt "x" and in buckets 5 to 8 of 10,000 by salt "x".',
  ],
  [{ top: { count: 50, lowest: "spend" } }, "Among the 50 customers with the lowest spend."],
])("a rule reads as a sentence: %j", (json, sentence) => {
  expect(inWords(json)).toBe(sentence);
});

test("a node of a tree is told without what is below it", () => {
  const parsed = parseRule(
    { all: [{ not: { list: "vip" } }, { relation: { kinds: ["spouse"], none: { list: "vip" } } }] },
    surroundings,
  );
  if (!parsed.ok || parsed.value.kind !== "all") throw new Error("not read");
  expect([parsed.value, ...parsed.value.of].map(node => describeNode(node, standards))).toEqual([
    "all of",
    "not",
    "for none of the customers related as spouse:",
  ]);
});

test("any rule can be told", () => {
  fc.assert(
    fc.property(anyRule(knownTags), rule => {
      const sentence = describeRule(rule, standards);
      expect(sentence).toMatch(/\.$/);
      expect(sentence).not.toMatch(/undefined|null|\[object|NaN| {2}/);
    }),
    { numRuns: 300 },
  );
});
