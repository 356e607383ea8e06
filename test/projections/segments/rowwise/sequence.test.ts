import fc from "fast-check";
import { expect, test } from "vitest";
import type { Facts, Rule, Sequence } from "../../../../src/domain/segment/rule.ts";
import type { Window } from "../../../../src/domain/tag/window.ts";
import { compileRule } from "../../../../src/projections/segments/rowwise/ruleTruth.ts";
import { surroundingsOf } from "../../../../src/projections/segments/rowwise/surroundings.ts";
import { compileTags } from "../../../../src/projections/tags/evaluation/tagProgram.ts";
import { given } from "../../support/facts.ts";
import { adaWith, everything } from "../../tags/support/subjects.ts";
import { truthOf } from "./oracle.ts";
import { createWorld, eventsOf, half, hour, people, type Told, zone } from "./support/world.ts";

const program = compileTags([]);
const [ada] = people;
const base = Date.parse("2024-02-24T23:00:00Z");

const seen = (name: string): Facts => ({
  types: ["behaviour-observed"],
  where: { kind: "in", field: "name", values: [name] },
});
const anyStep: Facts = { types: ["behaviour-observed"], where: null };
const happens = (of: Facts) => ({ facts: of, absent: false });
const isAbsent = (of: Facts) => ({ facts: of, absent: true });
const facts = fc.constantFrom(seen("a"), seen("a"), seen("b"), seen("b"), seen("c"), anyStep);
const lengths = fc.constantFrom(half, 2 * half, 3 * half, 5 * half);
const perhaps = fc.option(lengths, { nil: null, freq: 2 });
const window: fc.Arbitrary<Window> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Window>({ kind: "lifetime" }) },
  { weight: 2, arbitrary: lengths.map((length): Window => ({ kind: "rolling", length: 2 * length })) },
  fc.tuple(lengths, lengths).map(([a, b]): Window => ({ kind: "ago", from: a + b, to: b })),
  fc
    .tuple(fc.integer({ min: 0, max: 6 }), lengths)
    .map(([from, length]): Window => ({ kind: "absolute", from: base + from * half, to: base + from * half + length })),
  fc.constantFrom(0, 2).map((previous): Window => ({ kind: "calendar", unit: "day", previous, zone })),
);
const sequence: fc.Arbitrary<Sequence> = fc
  .record({
    steps: fc.oneof(
      fc
        .tuple(facts, fc.array(fc.record({ facts, absent: fc.boolean() }), { minLength: 1, maxLength: 3 }))
        .map(([first, others]) => [happens(first), ...others]),
      fc.tuple(facts, facts, facts).map(([first, between, last]) => [happens(first), isAbsent(between), happens(last)]),
      fc.tuple(facts, facts).map(([first, after]) => [happens(first), isAbsent(after)]),
    ),
    window,
    minGap: perhaps,
    maxGap: perhaps,
    within: perhaps,
    same: fc.constantFrom([], ["page"]),
  })
  .map(found => ({ ...found, minGap: found.maxGap !== null && found.minGap !== null ? null : found.minGap }));

const visits: fc.Arbitrary<readonly Told[]> = fc.array(
  fc.record({
    owner: fc.constant(ada),
    offset: fc.integer({ min: 0, max: 9 }).map(halves => halves * half),
    corrects: fc.option(fc.nat(), { nil: null, freq: 8 }),
    type: fc.constant("behaviour-observed"),
    data: fc.record(
      { name: fc.constantFrom("a", "b", "c"), page: fc.constantFrom("x", "y") },
      { requiredKeys: ["name"] },
    ),
  }),
  { maxLength: 9, size: "max" },
);

test("facts follow one another just where trying every way finds one, before, at and after every edge", () => {
  const met = { true: 0, false: 0 };
  fc.assert(
    fc.property(sequence, visits, (found, told) => {
      const rule: Rule = { kind: "sequence", sequence: found };
      const oracle = { events: eventsOf(told, base), people, tags: [] };
      const world = createWorld();
      for (const event of oracle.events) world.tell(event);
      const ask = compileRule(rule, surroundingsOf(program, null));
      let before = { truth: false, validUntil: null as number | null, at: Number.NEGATIVE_INFINITY };
      for (let halves = -1; halves <= 20; halves += 1)
        for (const at of [base + halves * half - 1, base + halves * half]) {
          const expected = truthOf(rule, oracle, ada, at);
          const { truth, validUntil } = ask(world.subject, { at, known: everything });
          expect(`${at} ${truth}`).toBe(`${at} ${expected}`);
          if (truth !== before.truth && before.at > 0) expect(before.validUntil ?? at + 1).toBeLessThanOrEqual(at);
          expect(validUntil ?? at + 1).toBeGreaterThan(at);
          before = { truth, validUntil, at };
          met[`${truth}`] += 1;
        }
    }),
    { numRuns: 1200, interruptAfterTimeLimit: 10_000 },
  );
  expect(Math.min(met.true, met.false)).toBeGreaterThan(1000);
});

test("ten thousand facts laid out to mislead take no longer than others", () => {
  const paid = (direction: "credit" | "debit", occurredAt: number) =>
    ({
      type: "transaction-posted",
      occurredAt,
      data: { account: "core/1", direction, amount: { minorUnits: 1, currency: "CZK" } },
    }) as const;
  const step = (direction: string) => ({
    facts: { types: ["transaction-posted"], where: { kind: "in", field: "direction", values: [direction] } } as const,
    absent: false,
  });
  // Every credit may begin, every debit go on, and nothing ever ends it.
  const facts = Array.from({ length: 10_000 }, (_, at) => paid(at % 2 === 0 ? "credit" : "debit", at));
  const steps = Array.from({ length: 19 }, (_, index) => step(index % 2 === 0 ? "credit" : "debit"));
  const rule: Rule = {
    kind: "sequence",
    sequence: {
      ...{ steps: [...steps, step("never")], same: [] },
      ...{ window: { kind: "rolling", length: hour }, minGap: 1, maxGap: 9000, within: 9999 },
    },
  };
  const subject = adaWith(given(...facts));
  const ask = compileRule(rule, surroundingsOf(program, null));
  const began = performance.now();
  expect(ask(subject, { at: 10_000, known: everything })).toEqual({ truth: false, validUntil: null });
  expect(performance.now() - began).toBeLessThan(1000);
});
