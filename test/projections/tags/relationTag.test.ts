import { expect, test } from "vitest";
import type { CustomerId } from "../../../src/domain/ids.ts";
import type { TagRule } from "../../../src/domain/tag/rule.ts";
import type { ValueType } from "../../../src/domain/tag/tagValue.ts";
import type { TagSubject } from "../../../src/projections/tags/evaluation/evaluateTag.ts";
import { compileTags } from "../../../src/projections/tags/evaluation/tagProgram.ts";
import { createHistory } from "../../../src/projections/tags/history/customerHistory.ts";
import { customerId, type FactOf, given } from "../support/facts.ts";
import { everything } from "./support/subjects.ts";
import { amountIs, code, czk, rolling, statistic, version, whole } from "./support/tagVersions.ts";

const [ada, bo, cleo, dan] = ["ada", "bo", "cleo", "dan"].map(customerId) as [
  CustomerId,
  CustomerId,
  CustomerId,
  CustomerId,
];

type Relation = Extract<TagRule, { kind: "relation" }>;
const relation = (name: string, type: ValueType, rule: Partial<Relation>) =>
  version(name, type, {
    kind: "relation",
    kinds: ["spouse"],
    direction: "both",
    measure: "count",
    of: null,
    includeSelf: false,
    ...rule,
  }); // prettier-ignore

const spend = statistic("spend", czk, amountIs("sum"), rolling(100));
const spends = statistic("visits", whole, { kind: "count" });
const rich = version(
  "rich",
  { kind: "boolean" },
  {
    kind: "formula",
    expression: {
      kind: "compare",
      operator: ">",
      left: { kind: "tag", code: code("spend") },
      right: { kind: "value", value: 50, type: czk },
    },
  },
); // prettier-ignore

const program = compileTags([
  relation("spouses", whole, {}),
  relation("household", czk, { measure: "sum", of: code("spend"), includeSelf: true }),
  relation("rich-spouse", { kind: "boolean" }, { measure: "any", of: code("rich") }),
  relation("all-rich", { kind: "boolean" }, { measure: "all", of: code("rich"), includeSelf: true }),
  relation("rich-ones", whole, { measure: "count", of: code("rich"), kinds: ["spouse", "guarantor"] }),
  relation("i-am-of", whole, { direction: "outgoing" }),
  relation("of-me", whole, { direction: "incoming" }),
  rich,
  spends,
  spend,
]);

/**
 * A bank of customers who were told these facts; relationships are told to both sides. `merged`: an id that another has taken over.
 * `asked` takes down who is looked at beside the customer asked about.
 */
function bank(
  facts: readonly (FactOf & { readonly of: CustomerId })[],
  merged: readonly (readonly [CustomerId, CustomerId])[] = [],
  asked = new Set<CustomerId>(),
) {
  const histories = new Map([ada, bo, cleo].map(id => [id as CustomerId, createHistory()]));
  const survivors = new Map(merged);
  const targets = new Map<unknown, CustomerId>();
  const events = given(...facts);
  for (const [index, event] of events.entries()) {
    const from = (facts[index] as { of: CustomerId }).of;
    histories.get(from)?.add(event);
    if (!event.type.startsWith("relationship")) continue;
    const target = (event.data.customer as CustomerId | undefined) ?? targets.get(event.data.relationshipId);
    if (target === undefined) continue;
    const before = targets.get(event.data.relationshipId) ?? target;
    targets.set(event.data.relationshipId, target);
    for (const told of new Set([target, before])) histories.get(survivors.get(told) ?? told)?.addIncoming(from, event);
  }
  const survivorOf = (id: CustomerId): CustomerId => survivors.get(id) ?? id;
  const subjectOf = (id: CustomerId): TagSubject | null => {
    const customerId = survivorOf(id);
    const history = histories.get(customerId);
    return history === undefined ? null : { customerId, history, related, survivorOf };
  };
  const related = (id: CustomerId): TagSubject | null => {
    asked.add(id);
    return subjectOf(id);
  };
  return (id: CustomerId, name: string, at: number, known = everything) =>
    program.evaluate(code(name), subjectOf(id) as TagSubject, { at, known });
}

const paid = (of: CustomerId, occurredAt: number, minorUnits: number) =>
  ({
    of,
    type: "transaction-posted",
    occurredAt,
    data: { account: "core/1", direction: "debit", amount: { minorUnits, currency: "CZK" } },
  }) as const; // prettier-ignore
const married = (of: CustomerId, to: CustomerId, occurredAt: number, relationshipId = "m", kind = "spouse") =>
  ({ of, type: "relationship-established", occurredAt, data: { relationshipId, kind, customer: to } }) as const;
const parted = (of: CustomerId, occurredAt: number, relationshipId = "m") =>
  ({ of, type: "relationship-ended", occurredAt, data: { relationshipId } }) as const;

test("relationships count from both sides, from the instant they begin until they end", () => {
  const ask = bank([married(ada, bo, 10), parted(ada, 20)]);
  for (const id of [ada, bo]) {
    expect([9, 10, 19, 20].map(at => ask(id, "spouses", at).value)).toEqual([0, 1, 1, 0]);
    expect([9, 10, 20].map(at => ask(id, "spouses", at).validUntil)).toEqual([10, 20, null]);
  }
  expect(ask(ada, "i-am-of", 10).value).toBe(1);
  expect(ask(ada, "of-me", 10).value).toBe(0);
  expect(ask(bo, "of-me", 10).value).toBe(1);
});

test("nobody is looked at whose relationship was never said to be of a kind that is asked about", () => {
  const asked = new Set<CustomerId>();
  const ask = bank(
    [married(bo, ada, 10, "b"), married(bo, cleo, 10, "c"), married(cleo, ada, 10, "g", "guardian")],
    [],
    asked,
  );
  expect(ask(ada, "spouses", 10).value).toBe(1);
  expect([...asked]).toEqual([bo]);
});

test("a customer related in several ways counts once", () => {
  const ask = bank([married(ada, bo, 1, "m1"), married(bo, ada, 2, "m2"), married(ada, bo, 3, "m3"), paid(bo, 5, 60)]);
  expect(ask(ada, "spouses", 9).value).toBe(1);
  expect(ask(ada, "household", 9).value).toBe(60);
});

test("a household's sum takes in the customer itself and ends with the window of either", () => {
  const ask = bank([married(ada, bo, 0), paid(ada, 10, 7), paid(bo, 30, 20)]);
  expect(ask(ada, "household", 40)).toEqual({ value: 27, validUntil: 110 });
  expect(ask(ada, "household", 110)).toEqual({ value: 20, validUntil: 130 });
  expect(ask(ada, "household", 130)).toEqual({ value: 0, validUntil: null });
  expect(ask(bo, "household", 40).value).toBe(27);
});

test("what is missing of a related customer counts as false, and one nobody knows is related all the same", () => {
  const ask = bank([married(ada, bo, 0), married(ada, dan, 0, "m2", "guarantor"), paid(bo, 10, 51), paid(ada, 10, 1)]);
  expect(ask(ada, "rich-spouse", 20).value).toBe(true);
  expect(ask(ada, "rich-ones", 20).value).toBe(1);
  expect(ask(ada, "all-rich", 20).value).toBe(false);
  expect(bank([married(ada, dan, 0)])(ada, "spouses", 1).value).toBe(1);
});

test("of nobody `any` is false, `all` true, and a count and a sum are zero", () => {
  const ask = bank([paid(cleo, 10, 60)]);
  expect(ask(bo, "rich-spouse", 20).value).toBe(false);
  expect(ask(cleo, "all-rich", 20).value).toBe(true);
  expect(ask(bo, "spouses", 20).value).toBe(0);
  expect(ask(bo, "household", 20).value).toBe(0);
});

test("a relationship with a customer merged into another is one with the survivor, and none of a customer with itself", () => {
  const ask = bank(
    [married(ada, dan, 0), married(ada, bo, 0, "m2"), married(bo, dan, 0, "m3"), paid(bo, 10, 60)],
    [[dan, bo]],
  );
  expect(ask(ada, "spouses", 20).value).toBe(1);
  expect(ask(ada, "household", 20).value).toBe(60);
  expect(ask(bo, "spouses", 20).value).toBe(1);
});

test("a relationship turned to somebody else is no longer with the first", () => {
  const turned = [married(ada, bo, 0), married(ada, cleo, 10)];
  const ask = bank(turned);
  expect(ask(ada, "spouses", 20).value).toBe(1);
  expect(ask(cleo, "spouses", 20).value).toBe(1);
  expect([9, 10].map(at => ask(bo, "spouses", at).value)).toEqual([1, 0]);
});

test("as known before the relationship was told, there is none", () => {
  const ask = bank([paid(bo, 5, 60), married(ada, bo, 0), parted(ada, 7)]);
  expect(ask(ada, "spouses", 6, 1).value).toBe(0);
  expect(ask(ada, "spouses", 8, 2).value).toBe(1);
  expect(ask(ada, "spouses", 8, 3).value).toBe(0);
});

test("a relation tag comes after all others and watches the tag it looks at", () => {
  expect(program.order.slice(0, 3)).toEqual(["spend", "rich", "visits"]);
  expect(program.watching(code("rich"))).toEqual(["rich-spouse", "all-rich", "rich-ones"]);
  expect(program.dependents(code("spend"))).toEqual(["rich", "household", "all-rich"]);
  expect(program.touchedBy("transaction-posted")).toEqual(["spend", "rich", "visits", "household", "all-rich"]);
  expect(program.touchedBy("incoming:relationship-ended")).toEqual([
    "spouses",
    "household",
    "rich-spouse",
    "all-rich",
    "rich-ones",
    "of-me",
  ]); // prettier-ignore
});
