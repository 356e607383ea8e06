import fc from "fast-check";
import { expect, test } from "vitest";
import type { Rule } from "../../../../src/domain/segment/rule.ts";
import type { SegmentId } from "../../../../src/domain/segment/segment.ts";
import { type ExplainedNode, explainRule } from "../../../../src/projections/segments/rowwise/explainRule.ts";
import { type Populations, surroundingsOf } from "../../../../src/projections/segments/rowwise/surroundings.ts";
import { compileTags } from "../../../../src/projections/tags/evaluation/tagProgram.ts";
import { given } from "../../support/facts.ts";
import { adaWith, everything } from "../../tags/support/subjects.ts";
import { code, czk } from "../../tags/support/tagVersions.ts";
import { truthOf } from "./oracle.ts";
import { localRule } from "./support/localRule.ts";
import { tags } from "./support/tags.ts";
import { anyBase, anyEdge, anyFacts, createWorld, eventsOf, half, people } from "./support/world.ts";

const program = compileTags(tags);
const day = 86_400_000;
const paid = (occurredAt: number, minorUnits: number) =>
  ({
    type: "transaction-posted",
    occurredAt,
    data: { account: "core/1", direction: "debit", amount: { minorUnits, currency: "CZK" } },
  }) as const;
const payments: Rule = {
  kind: "did",
  facts: { types: ["transaction-posted"], where: null, window: { kind: "rolling", length: 5 * day } },
  times: 2,
};
const spends = (least: number): Rule => ({
  kind: "value",
  subject: { kind: "tag", code: code("spend"), type: czk },
  test: { kind: "atLeast", value: least },
});

const populations = (inner: Rule): Populations => ({
  segment: id => (id === "payers" ? { kind: "rule", rule: inner } : null),
  isInSnapshot: () => false,
  isAmongTop: () => false,
});

test("every node of a rule tells its truth, what it stands on and when that changes", () => {
  const rule: Rule = {
    kind: "all",
    of: [spends(10_000), { kind: "not", of: { kind: "segment", id: "payers" as SegmentId } }],
  };
  const subject = adaWith(given(paid(1 * day, 7000), paid(2 * day, 5000)));
  const around = surroundingsOf(program, populations(payments));
  const explained = explainRule(rule, subject, { at: 3 * day, known: everything }, around, ({ kind }) => kind);
  const told = (node: ExplainedNode): unknown[] => [
    [node.path, node.truth, node.nextChange, node.evidence?.positions ?? null],
    ...node.of.flatMap(told),
  ];
  expect(told(explained)).toEqual([
    ["rule", false, null, null],
    ["rule.all[0]", true, 4 * day, [1, 2]],
    ["rule.all[1]", false, 6 * day, null],
    ["rule.all[1].not", true, 6 * day, null],
    ["rule.all[1].not.segment.rule", true, 6 * day, [1, 2]],
  ]);
  expect(explained.of[0]?.evidence?.inputs).toEqual([{ code: "spend", value: 12_000 }]);
  expect(explained.of[0]?.evidence?.arithmetic).toEqual(["sum of amount over 2 facts = 120.00 CZK"]);
});

test("a node that cannot be evaluated says why, and leaves the others be", () => {
  const subject = adaWith(given(paid(1 * day, 2 ** 52), paid(2 * day, 2 ** 52), paid(2 * day, 2 ** 52)));
  const around = surroundingsOf(program, null);
  const ask = (rule: Rule) =>
    explainRule(rule, subject, { at: 3 * day, known: everything }, around, ({ kind }) => kind);
  const whole = ask({ kind: "all", of: [spends(1), payments] });
  expect(whole.truth).toBeNull();
  expect(whole.failure).toContain("too large to be exact");
  expect(whole.of.map(({ truth }) => truth)).toEqual([null, true]);
  expect(ask({ kind: "any", of: [spends(1), payments] }).truth).toBe(true);
});

test("a segment made of itself is told, not followed for ever", () => {
  const around = surroundingsOf(program, populations({ kind: "segment", id: "payers" as SegmentId }));
  const rule: Rule = { kind: "segment", id: "payers" as SegmentId };
  expect(() => explainRule(rule, adaWith([]), { at: 0, known: everything }, around, ({ kind }) => kind)).toThrow(
    "segment payers is made of itself: payers → payers",
  );
});

test("the truth of every node is what the raw facts say, and its next change is where that turns", () =>
  fc.assert(
    fc.property(
      anyBase.chain(base =>
        fc.record({
          base: fc.constant(base),
          rule: localRule(base, 2),
          facts: anyFacts(12),
          edge: anyEdge,
        }),
      ),
      ({ base, rule, facts, edge }) => {
        const oracle = { events: eventsOf(facts, base), people, tags };
        const world = createWorld();
        for (const event of oracle.events) world.tell(event);
        const at = base + edge;
        const sentences = new Map<string, Rule>();
        const root = explainRule(
          rule,
          world.subject,
          { at, known: everything },
          surroundingsOf(program, null),
          node => {
            const sentence = JSON.stringify(node);
            sentences.set(sentence, node);
            return sentence;
          },
        );
        const nodes = (node: ExplainedNode): ExplainedNode[] => [node, ...node.of.flatMap(nodes)];
        for (const { sentence, truth, nextChange, customerId } of nodes(root)) {
          const says = (then: number): boolean => truthOf(sentences.get(sentence) as Rule, oracle, customerId, then);
          expect(says(at)).toBe(truth);
          if (nextChange === null) expect(says(at + 900 * 2 * half)).toBe(truth);
          else {
            expect(says(nextChange - 1)).toBe(truth);
            expect(says(nextChange)).toBe(!truth);
          }
        }
      },
    ),
    { numRuns: 150, interruptAfterTimeLimit: 8_000 },
  ));
