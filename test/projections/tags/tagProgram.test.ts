import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import type { Measure } from "../../../src/domain/tag/rule.ts";
import type { ValueType } from "../../../src/domain/tag/tagValue.ts";
import type { Window } from "../../../src/domain/tag/window.ts";
import { InexactFigure } from "../../../src/projections/tags/evaluation/inexactFigure.ts";
import { compileTags } from "../../../src/projections/tags/evaluation/tagProgram.ts";
import { given } from "../support/facts.ts";
import { bruteForce } from "./support/bruteForce.ts";
import { adaWith, everything, subjectOf, toldHistory } from "./support/subjects.ts";
import {
  amountIs,
  code,
  czk,
  formula,
  inCzk,
  lifetime,
  rolling,
  statistic,
  tag,
  whole,
} from "./support/tagVersions.ts";

const paid = (occurredAt: number, minorUnits: number, currency = "CZK", more: object = {}) =>
  ({
    type: "transaction-posted",
    occurredAt,
    data: { account: "core/1", direction: "debit", amount: { minorUnits, currency }, ...more },
  }) as const; // prettier-ignore

test("a cycle of formulas is refused and named", () => {
  const a = formula("a", whole, tag("b"));
  const b = formula("b", whole, tag("a"));
  expect(() => compileTags([a, b])).toThrow("tag a is computed from itself: a → b → a");
});

test("a formula over a tag that is not there is refused by name", () => {
  expect(() => compileTags([formula("a", whole, tag("b"))])).toThrow(
    "tag a is computed from b, which is not among the tags",
  );
});

test("an explained sum tells its facts, figures, window and what did not count", () => {
  const program = compileTags([statistic("spend", czk, amountIs("sum"), rolling(1000))]);
  const subject = adaWith(
    given(
      paid(1000, 5000),
      paid(1500, 7000),
      paid(1600, 100, "EUR"),
      { ...paid(1700, 900), name: "wrong" },
      { type: "transaction-reversed", occurredAt: 1800, data: { account: "core/1" }, corrects: "wrong" },
      paid(2500, 1),
    ),
  );
  const explained = program.explain(code("spend"), subject, { at: 1999, known: everything });
  expect(explained).toEqual({
    value: 12000,
    validUntil: 2000,
    nextChange: 2000,
    evidence: {
      positions: [1, 2],
      inputs: [],
      related: [],
      arithmetic: ["sum of amount over 3 facts = 120.00 CZK"],
      details: {
        from: "1970-01-01T00:00:01.000Z",
        to: "1970-01-01T00:00:01.999Z",
        facts: 3,
        reversed: 1,
        otherCurrency: 1,
      },
    },
  });
});

test("the next change is the instant the value differs, not merely when a fact leaves the window", () => {
  const highest = statistic("highest", czk, amountIs("maximum"), rolling(1000));
  const isHigh = formula(
    "is-high",
    { kind: "boolean" },
    { kind: "compare", operator: ">", left: tag("count"), right: { kind: "value", value: 0, type: whole } },
  ); // prettier-ignore
  const program = compileTags([highest, isHigh, statistic("count", whole, { kind: "count" }, rolling(1000))]);
  const subject = adaWith(given(paid(0, 5), paid(10, 9), paid(20, 9), paid(30, 1)));
  const explain = (name: string) => program.explain(code(name), subject, { at: 50, known: everything });
  expect(explain("highest")).toMatchObject({ value: 9, nextChange: 1020, evidence: { positions: [2, 3] } });
  expect(explain("is-high")).toMatchObject({ value: true, validUntil: 1000, nextChange: 1030 });
  expect(explain("is-high").evidence).toMatchObject({
    inputs: [{ code: "count", value: 4 }],
    arithmetic: ["count > 0 = true"],
  });
});

test("a sum that leaves the exact integers is an error of its own, and none once it is back", () => {
  const program = compileTags([
    statistic("all", czk, amountIs("sum")),
    statistic("recent", czk, amountIs("sum"), rolling(10)),
    statistic("mean", czk, amountIs("average")),
  ]);
  const largest = Number.MAX_SAFE_INTEGER;
  const { history, tell } = toldHistory(given(paid(0, largest), paid(1, largest)));
  const ask = (name: string, at: number) =>
    program.evaluate(code(name), subjectOf(history), { at, known: everything }).value;
  expect(ask("all", 0)).toBe(largest);
  expect(() => ask("all", 1)).toThrow(InexactFigure);
  expect(() => ask("all", 1)).toThrow(
    "sum of amount: 18014398509481982 is beyond ±9007199254740991, too large to be exact",
  );
  expect(ask("mean", 1)).toBe(largest);
  for (const [index, event] of given(...Array.from({ length: 80 }, (_, n) => paid(20 + n, 1))).entries())
    tell({ ...event, position: index + 3 });
  for (let again = 0; again < 5; again += 1) {
    expect(ask("recent", 99)).toBe(10);
    expect(() => ask("all", 99)).toThrow(InexactFigure);
    expect(ask("mean", 99)).toBe(219_687_786_701_001);
  }
});

const text: ValueType = { kind: "text" };
const onPurpose = (kind: "distinct" | "mostFrequent" | "set" | "last"): Measure => ({
  kind,
  field: "purpose",
  form: { kind: "text" },
});
const zone = "Europe/Prague";
const long: readonly { readonly measure: Measure; readonly type: ValueType }[] = [
  { measure: { kind: "count" }, type: whole },
  { measure: { kind: "distinctDays", zone }, type: whole },
  ...(["sum", "average", "minimum", "maximum", "first", "last"] as const).map(kind => ({
    measure: amountIs(kind),
    type: czk,
  })),
  { measure: onPurpose("distinct"), type: whole },
  { measure: onPurpose("mostFrequent"), type: text },
  { measure: onPurpose("set"), type: { kind: "set" } },
];

test("windows over hundreds of facts are as exact as over a few, asked once or again and again", () => {
  const hour = 3_600_000;
  const windows: readonly Window[] = [
    lifetime,
    rolling(100 * hour),
    rolling(300 * hour),
    { kind: "ago", from: 400 * hour, to: 90 * hour },
  ]; // prettier-ignore
  const facts = fc.array(
    fc.record({
      gap: fc.nat({ max: 6 }),
      minorUnits: fc.nat({ max: 100_000 }),
      currency: fc.constantFrom("CZK", "CZK", "EUR"),
      purpose: fc.option(fc.nat({ max: 30 }), { nil: undefined }),
    }),
    { minLength: 150, maxLength: 300, size: "max" },
  ); // prettier-ignore
  fc.assert(
    fc.property(
      facts,
      fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: 3, maxLength: 6 }),
      (drawn, moments) => {
        let at = 0;
        const events: RecordedEvent[] = given(
          ...drawn.map(({ gap, minorUnits, currency, purpose }) => {
            at += gap * hour;
            return paid(at, minorUnits, currency, purpose === undefined ? {} : { purpose: String(purpose) });
          }),
        );
        const cases = long.flatMap(({ measure, type }, m) =>
          windows.map((window, w) => ({ version: statistic(`t-${m}-${w}`, type, measure, window), measure, window })),
        );
        const program = compileTags(cases.map(({ version }) => version));
        const subject = adaWith(events);
        for (const moment of moments) {
          const now = Math.floor((moment * at) / 1000);
          for (const { version, measure, window } of cases) {
            const field = "form" in measure && measure.form.kind === "money" ? amountOf : purposeOf;
            const expected = bruteForce(
              events,
              { measure, window, types: ["transaction-posted"], where: () => true, field },
              now,
            );
            expect(program.evaluate(version.code, subject, { at: now, known: everything }).value, version.code).toEqual(
              expected,
            );
          }
        }
      },
    ),
    { numRuns: 15 },
  );
}, 60_000);

const amountOf = ({ data }: RecordedEvent): number | undefined => {
  const { minorUnits, currency } = data.amount as { minorUnits: number; currency: string };
  return currency === inCzk.currency ? minorUnits : undefined;
};
const purposeOf = ({ data }: RecordedEvent): string | undefined => data.purpose as string | undefined;
