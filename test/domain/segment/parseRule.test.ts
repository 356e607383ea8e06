import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRule } from "../../../src/domain/segment/parse/parseRule.ts";
import { parseSegment } from "../../../src/domain/segment/parse/parseSegment.ts";
import type { Rule } from "../../../src/domain/segment/rule.ts";
import { surroundings } from "./support/knownTags.ts";

const ruleOf = (json: unknown): Rule => {
  const parsed = parseRule(json, surroundings);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal, null, 1));
  return parsed.value;
};
const faultsOf = (json: unknown): readonly string[] => {
  const parsed = parseRule(json, surroundings);
  return parsed.ok ? [] : parsed.refusal.map(({ field, code }) => `${field} ${code}`);
};
const messagesOf = (json: unknown): string => {
  const parsed = parseRule(json, surroundings);
  return parsed.ok ? "" : parsed.refusal.map(({ message }) => message).join("; ");
};
const tag = (code: string, test: object) => ({ tag: { code, ...test } });
const posted = { types: ["transaction-posted"] };
const transactions = { types: ["transaction-posted"], where: null };
const dayMs = 86_400_000;

test("literals are read in the tag's type: money in its currency, days in its zone, numbers to its decimals", () => {
  expect(
    ruleOf({
      all: [
        tag("spend", { atLeast: "12.30" }),
        tag("rating", { between: { from: "1.5", to: 5 } }),
        tag("birth-date", { lessThan: "2000-01-01" }),
        tag("birth-date", { onDay: "2000-02-29" }),
        tag("tier", { in: ["gold", "silver", "gold"] }),
        tag("products", { containsAll: ["loan", "card"] }),
        tag("spend", { compareTo: { operator: "moreThan", tag: "income" } }),
      ],
    }),
  ).toMatchObject({
    kind: "all",
    of: [
      {
        kind: "value",
        subject: { kind: "tag", code: "spend", type: { kind: "money", currency: "CZK" } },
        test: { kind: "atLeast", value: 1230 },
      },
      { test: { kind: "between", from: 150, to: 500 } },
      { test: { kind: "lessThan", value: Date.parse("1999-12-31T23:00:00Z") } },
      { test: { kind: "onDay", day: "2000-02-29" } },
      { test: { kind: "in", values: ["gold", "silver"] } },
      { test: { kind: "containsAll", values: ["card", "loan"] } },
      { test: { kind: "compareTo", operator: ">", code: "income" } },
    ],
  });
});

test("attributes and measures are values too, read after their own type", () => {
  expect(
    ruleOf({
      attribute: {
        of: { profile: { name: "birthDate" } },
        type: { date: { zone: "Europe/Prague" } },
        anniversary: { days: 7 },
      },
    }),
  ).toMatchObject({
    subject: { kind: "attribute", source: { kind: "attribute", form: { kind: "date" } } },
    test: { kind: "anniversary", days: 7 },
  });
  expect(ruleOf({ measure: { of: { count: true }, facts: posted, atLeast: 3 } })).toEqual({
    kind: "value",
    subject: {
      kind: "measure",
      measure: { kind: "count" },
      facts: { ...transactions, window: { kind: "lifetime" } },
      type: { kind: "number", decimals: 0, unit: null },
    },
    test: { kind: "atLeast", value: 3 },
  });
  const sum = { of: { sum: { field: "amount" } }, facts: posted };
  expect(faultsOf({ measure: { ...sum, atLeast: 3 } })).toEqual(["rule.measure.type missing"]);
  expect(ruleOf({ measure: { ...sum, type: { money: { currency: "CZK" } }, atLeast: 3 } })).toMatchObject({
    test: { kind: "atLeast", value: 300 },
  });
  expect(
    faultsOf({ measure: { of: { count: true }, type: { number: { decimals: 1 } }, facts: posted, exists: true } }),
  ).toEqual(["rule.measure.type.number.decimals type-mismatch"]);
});

test("what was done is read with windows, times and steps", () => {
  const where = { field: "direction", equals: "debit" };
  expect(ruleOf({ did: { ...posted, where, window: { rolling: "P30D" }, times: 2 } })).toEqual({
    kind: "did",
    facts: {
      types: ["transaction-posted"],
      where: { kind: "in", field: "direction", values: ["debit"] },
      window: { kind: "rolling", length: 30 * dayMs },
    },
    times: 2,
  });
  expect(ruleOf({ didNot: posted })).toMatchObject({
    kind: "didNot",
    times: 1,
    facts: { window: { kind: "lifetime" } },
  });
  expect(ruleOf({ first: { ...posted, window: { rolling: "P7D" } } })).toMatchObject({ kind: "first" });
  expect(ruleOf({ regularly: { ...posted, unit: "month", zone: "Europe/Prague", periods: 6, atLeast: 5 } })).toEqual({
    ...{ kind: "regularly", facts: transactions, unit: "month", zone: "Europe/Prague", periods: 6, atLeast: 5 },
  });
  expect(ruleOf({ stopped: { ...posted, active: "P90D", quiet: "P30D" } })).toEqual({
    ...{ kind: "stopped", facts: transactions, active: 90 * dayMs, times: 1, quiet: 30 * dayMs },
  });
  expect(ruleOf({ restarted: { ...posted, recent: "P7D", quiet: "P30D" } })).toEqual({
    ...{ kind: "restarted", facts: transactions, recent: 7 * dayMs, quiet: 30 * dayMs },
  });
  expect(
    ruleOf({ sequence: { steps: [posted, { ...posted, absent: true }], maxGap: "P3D", same: ["merchant"] } }),
  ).toEqual({
    kind: "sequence",
    sequence: {
      steps: [
        { facts: transactions, absent: false },
        { facts: transactions, absent: true },
      ],
      window: { kind: "lifetime" },
      minGap: null,
      maxGap: 3 * dayMs,
      within: null,
      same: ["merchant"],
    },
  });
});

test("relations, segments, lists, snapshots, samples and tops are read", () => {
  expect(ruleOf({ relation: { kinds: ["spouse"], none: tag("vip", { equals: true }) } })).toMatchObject({
    ...{ kind: "relation", kinds: ["spouse"], direction: "both", quantifier: "none" },
    where: { kind: "value", test: { kind: "equals", value: true } },
  });
  expect(ruleOf({ relation: { kinds: ["child"], atLeast: { count: 2, where: { list: "vip" } } } })).toMatchObject({
    quantifier: { atLeast: 2 },
    where: { kind: "list", code: "vip" },
  });
  expect(ruleOf({ segment: "dormant-gold" })).toEqual({ kind: "segment", id: "dormant-gold" });
  expect(ruleOf({ snapshot: { segment: "a", at: "2024-01-01T00:00:00Z" } })).toEqual({
    ...{ kind: "snapshot", segment: "a", at: Date.parse("2024-01-01") },
  });
  expect(ruleOf({ sample: { salt: "x", percent: "12.5" } })).toEqual({ kind: "sample", salt: "x", from: 0, to: 1250 });
  expect(ruleOf({ sample: { salt: "x", buckets: { from: 5, to: 10_000 } } })).toMatchObject({ from: 5, to: 10_000 });
  expect(ruleOf({ top: { count: 50, highest: "spend" } })).toEqual({
    ...{ kind: "top", count: 50, by: "spend", order: "highest" },
  });
});

test.each<[string, unknown, string[]]>([
  ["an unknown tag", { any: [tag("spent", { exists: true })] }, ["rule.any[0].tag.code unknown-tag"]],
  ["two nodes in one", { all: [], not: {} }, ["rule one-of"]],
  ["no node", {}, ["rule missing"]],
  ["nothing", null, ["rule missing"]],
  ["a list where a node belongs", [], ["rule wrong-type"]],
  ["a group of nothing", { all: [] }, ["rule.all too-few"]],
  ["no test", { tag: { code: "spend" } }, ["rule.tag missing"]],
  ["two tests", tag("spend", { atLeast: 1, atMost: 2 }), ["rule.tag one-of"]],
  ["order of text", { not: tag("city", { lessThan: "b" }) }, ["rule.not.tag.lessThan wrong-test"]],
  ["equality of sets", tag("products", { equals: "a" }), ["rule.tag.equals wrong-test"]],
  ["a value that is not among the tag's", tag("tier", { in: ["gold", "tin"] }), ["rule.tag.in[1] not-allowed"]],
  ["too fine an amount", tag("spend", { atLeast: "1.234" }), ["rule.tag.atLeast too-precise"]],
  ["an empty range", tag("orders", { between: { from: 2, to: 1 } }), ["rule.tag.between empty-range"]],
  ["a month as a length", tag("last-order", { withinLast: "P1M" }), ["rule.tag.withinLast not-allowed"]],
  ["a day that is none", tag("birth-date", { onDay: "2023-02-29" }), ["rule.tag.onDay malformed"]],
  ["a year of days", tag("birth-date", { anniversary: { days: 366 } }), ["rule.tag.anniversary.days out-of-range"]],
  ["a set of nothing", tag("products", { containsAny: [] }), ["rule.tag.containsAny too-few"]],
  [
    "another currency",
    tag("spend", { compareTo: { operator: "equal", tag: "spend-eur" } }),
    ["rule.tag.compareTo.tag currency-mismatch"],
  ],
  [
    "other decimals",
    tag("orders", { compareTo: { operator: "equal", tag: "rating" } }),
    ["rule.tag.compareTo.tag type-mismatch"],
  ],
  [
    "order of towns",
    tag("city", { compareTo: { operator: "atLeast", tag: "home-town" } }),
    ["rule.tag.compareTo.operator wrong-test"],
  ],
  ["an unknown fact type", { did: { types: ["x"] } }, ["rule.did.types[0] unknown-type"]],
  [
    "an unknown field",
    { first: { ...posted, where: { field: "x", exists: true } } },
    ["rule.first.where.field unknown-field"],
  ],
  [
    "money without a currency",
    { did: { ...posted, where: { field: "amount", atLeast: 1 } } },
    ["rule.did.where.as currency-needed"],
  ],
  ["no times", { did: { ...posted, times: 0 } }, ["rule.did.times out-of-range"]],
  [
    "more than all periods",
    { regularly: { ...posted, unit: "month", zone: "UTC", periods: 3, atLeast: 4 } },
    ["rule.regularly.atLeast out-of-range"],
  ],
  ["one step", { sequence: { steps: [posted] } }, ["rule.sequence.steps too-few"]],
  [
    "a first step that is absent",
    { sequence: { steps: [{ ...posted, absent: true }, posted] } },
    ["rule.sequence.steps[0].absent not-allowed"],
  ],
  [
    "a gap that is longer than the longest",
    { sequence: { steps: [posted, posted], minGap: "P2D", maxGap: "P1D" } },
    ["rule.sequence.minGap empty-range"],
  ],
  [
    "a whole amount that is the same",
    { sequence: { steps: [posted, posted], same: ["amount"] } },
    ["rule.sequence.same[0] wrong-form"],
  ],
  [
    "a field that a step lacks",
    { sequence: { steps: [posted, { types: ["card-issued"] }], same: ["merchant"] } },
    ["rule.sequence.same[0] unknown-field"],
  ],
  [
    "a relation in a relation",
    { relation: { kinds: ["spouse"], any: { not: { relation: { kinds: ["child"], any: {} } } } } },
    ["rule.relation.any.not.relation not-allowed"],
  ],
  [
    "a segment of a relation",
    { relation: { kinds: ["spouse"], all: { segment: "a" } } },
    ["rule.relation.all.segment not-allowed"],
  ],
  [
    "a sample of a relation",
    { relation: { kinds: ["spouse"], atLeast: { count: 1, where: { sample: {} } } } },
    ["rule.relation.atLeast.where.sample not-allowed"],
  ],
  [
    "a relation tag in a relation",
    {
      relation: { kinds: ["spouse"], any: { any: [tag("relatives", { exists: true }), tag("kin", { exists: true })] } },
    },
    [
      "rule.relation.any.any[0].tag.code relation-over-relation",
      "rule.relation.any.any[1].tag.code relation-over-relation",
    ],
  ],
  ["two quantifiers", { relation: { kinds: ["spouse"], any: {}, all: {} } }, ["rule.relation one-of"]],
  ["a list that is worked out", { list: "active" }, ["rule.list not-a-list"]],
  ["a top by text", { top: { count: 5, highest: "city" } }, ["rule.top.highest type-mismatch"]],
  ["a sample of nobody", { sample: { salt: "x", percent: 0 } }, ["rule.sample.percent out-of-range"]],
  ["a snapshot of a day", { snapshot: { segment: "a", at: "2024-01-01" } }, ["rule.snapshot.at zone-needed"]],
  [
    "everything wrong at once",
    { all: [{ list: "X" }, { top: {} }, 3] },
    ["rule.all[0].list malformed", "rule.all[1].top.count missing", "rule.all[1].top one-of", "rule.all[2] wrong-type"],
  ],
])("%s is refused with its path", (_, json, expected) => {
  expect(faultsOf(json)).toEqual(expected);
});

test("a refusal says what would fit instead", () => {
  expect(messagesOf(tag("city", { matches: "^(a+)+$" }))).toContain("use contains, startsWith, endsWith or in");
  expect(messagesOf(tag("city", { regex: "x" }))).toContain("no patterns or regular expressions");
  expect(messagesOf(tag("city", { moreThan: "x" }))).toBe(
    "is not for text; possible are equals, notEquals, in, notIn, contains, startsWith, endsWith, exists, missing, compareTo",
  );
  expect(messagesOf(tag("spend", { greaterThan: 5 }))).toContain("use moreThan");
  expect(messagesOf({ list: "active" })).toBe(
    "a list is a manual boolean tag; active is a statistic tag: test it with tag",
  );
});

const nested = (depth: number, rule: object): object => (depth <= 1 ? rule : { all: [nested(depth - 1, rule)] });

test("a rule nests 32 deep and has 1,000 parts, not more, and what is larger is answered at once", () => {
  const leaf = tag("vip", { equals: true });
  const list = (count: number) => tag("city", { in: Array.from({ length: count }, (_, index) => `c${index}`) });
  expect(faultsOf(nested(32, leaf))).toEqual([]);
  expect(faultsOf({ any: [list(1000)] })).toEqual([]);
  expect(faultsOf({ all: Array(999).fill(leaf) })).toEqual([]);
  const begun = performance.now();
  expect(faultsOf(nested(33, leaf))).toEqual([`rule${".all[0]".repeat(32)} too-deep`]);
  expect(faultsOf(nested(200, leaf))).toEqual([`rule${".all[0]".repeat(32)} too-deep`]);
  expect(faultsOf(nested(5000, leaf))).toEqual(["rule too-large"]);
  expect(faultsOf({ any: [list(10_000)] })).toEqual(["rule.any[0].tag.in too-many"]);
  expect(messagesOf({ any: [list(10_000)] })).toContain("upload the customers as a list");
  expect(faultsOf({ all: Array(1000).fill(leaf) })).toEqual(["rule.all[999] too-large"]);
  expect(faultsOf({ all: Array(1000).fill({ any: Array(1000).fill({}) }) })).toEqual(["rule too-large"]);
  const many = faultsOf({ all: Array(900).fill({ segment: "X" }) });
  expect([many.length, many.at(-1)]).toEqual([101, " more-faults"]);
  expect(performance.now() - begun).toBeLessThan(1000);
});

test("a segment is read with all that is wrong with it", () => {
  const about = { id: "dormant-gold", name: "Dormant gold", owner: "crm", description: "Gold, but quiet." };
  const parsed = parseSegment({ ...about, rule: { list: "vip" } }, surroundings);
  expect(parsed).toEqual({ ok: true, value: { ...about, rule: { kind: "list", code: "vip" } } });
  const wrong = parseSegment({ id: "Dormant", name: "", rule: { list: "vips" }, extra: 1 }, surroundings);
  expect(wrong.ok ? [] : wrong.refusal.map(({ field, code }) => `${field} ${code}`)).toEqual([
    "extra unknown-field",
    "id malformed",
    "name empty",
    "owner missing",
    "description missing",
    "rule.list unknown-tag",
  ]);
  expect(parseSegment("x", surroundings).ok).toBe(false);
});

test("whatever the JSON, the answer is a rule or faults", () => {
  const names = fc.constantFrom(
    ...["all", "any", "not", "tag", "code", "attribute", "of", "type", "measure", "facts", "did", "types", "where"],
    ...[
      "relation",
      "kinds",
      "sequence",
      "steps",
      "same",
      "sample",
      "in",
      "equals",
      "compareTo",
      "between",
      "__proto__",
    ],
  );
  const { json } = fc.letrec(tie => ({
    json: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom("vip", "spend", "transaction-posted", "amount", "P1D", true, 1, null),
      fc.jsonValue(),
      fc.dictionary(names, tie("json"), { maxKeys: 4 }),
      fc.array(tie("json"), { maxLength: 3 }),
    ),
  }));
  fc.assert(
    fc.property(json, value => {
      const parsed = parseRule(value, surroundings);
      if (!parsed.ok) expect(parsed.refusal.length).toBeGreaterThan(0);
      parseSegment(value, surroundings);
    }),
    { numRuns: 500 },
  );
});
