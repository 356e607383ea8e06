import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import type { TagVersion } from "../../../src/domain/tag/definition.ts";
import type { FactFilter } from "../../../src/domain/tag/factSelection.ts";
import type { Measure } from "../../../src/domain/tag/rule.ts";
import type { ValueType } from "../../../src/domain/tag/tagValue.ts";
import type { Window } from "../../../src/domain/tag/window.ts";
import { compileTags } from "../../../src/projections/tags/evaluation/tagProgram.ts";
import { type FactOf, given } from "../support/facts.ts";
import { bruteForce, type Field, type Statistic } from "./support/bruteForce.ts";
import { everything, subjectOf, toldHistory } from "./support/subjects.ts";
import { czk, inCzk, statistic, whole } from "./support/tagVersions.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** Around a change of clocks, a day a zone skipped, a midnight a zone skipped, and a leap day. */
const places = [
  { zone: "Europe/Prague", around: Date.UTC(2024, 2, 31) },
  { zone: "Europe/Prague", around: Date.UTC(2024, 9, 27) },
  { zone: "America/Sao_Paulo", around: Date.UTC(2018, 10, 4) },
  { zone: "America/Sao_Paulo", around: Date.UTC(2018, 1, 18) },
  { zone: "Pacific/Apia", around: Date.UTC(2011, 11, 30) },
  { zone: "Asia/Kathmandu", around: Date.UTC(1985, 11, 31, 18, 30) },
  { zone: "Europe/Prague", around: Date.UTC(2024, 1, 29) },
  { zone: "Europe/Prague", around: Date.UTC(1999, 11, 31, 23) },
];

const text: ValueType = { kind: "text" };
const purpose = { field: "purpose", form: { kind: "text" } } as const;
const amount = { field: "amount", form: inCzk } as const;
const amountOf: Field = ({ data }) => {
  const money = data.amount as { minorUnits: number; currency: string } | undefined;
  return money?.currency === "CZK" ? money.minorUnits : undefined;
};
const purposeOf: Field = ({ data }) => data.purpose as string | undefined;

const measures = (zone: string): { measure: Measure; type: ValueType; field: Field }[] => [
  { measure: { kind: "count" }, type: whole, field: amountOf },
  { measure: { kind: "distinctDays", zone }, type: whole, field: amountOf },
  ...(["sum", "average", "minimum", "maximum", "first", "last"] as const).map(kind => ({
    measure: { kind, ...amount },
    type: czk,
    field: amountOf,
  })),
  { measure: { kind: "distinct", ...purpose }, type: whole, field: purposeOf },
  { measure: { kind: "last", ...purpose }, type: text, field: purposeOf },
  { measure: { kind: "mostFrequent", ...purpose }, type: text, field: purposeOf },
  { measure: { kind: "set", ...purpose }, type: { kind: "set" }, field: purposeOf },
];

const windows = (zone: string, around: number): Window[] => [
  { kind: "lifetime" },
  { kind: "rolling", length: day },
  { kind: "rolling", length: 1 },
  { kind: "ago", from: 3 * day, to: day },
  { kind: "ago", from: hour, to: 0 },
  { kind: "absolute", from: around - day, to: around + 2 * hour },
  ...(["day", "week", "month", "quarter", "year"] as const).map(
    unit => ({ kind: "calendar", unit, previous: 0, zone }) as const,
  ),
  { kind: "calendar", unit: "day", previous: 1, zone },
  { kind: "calendar", unit: "day", previous: 3, zone },
  { kind: "calendar", unit: "day", previous: 2, zone, current: true },
  { kind: "calendar", unit: "month", previous: 1, zone, current: true },
  { kind: "calendar", unit: "week", previous: 1, zone },
  { kind: "calendar", unit: "month", previous: 2, zone },
];

const food: FactFilter = { kind: "in", field: "purpose", values: ["food", "rent"] };
const selections = [
  { types: ["transaction-posted"], filter: null, where: () => true },
  {
    types: ["transaction-posted"],
    filter: food,
    where: (fact: RecordedEvent) => ["food", "rent"].includes(String(purposeOf(fact))),
  },
  { types: ["transaction-posted", "call-recorded"], filter: null, where: () => true },
];

type Case = { readonly version: TagVersion; readonly statistic: Statistic };

const cases = (zone: string, around: number): Case[] =>
  measures(zone).flatMap(({ measure, type, field }, m) =>
    windows(zone, around).flatMap((window, w) =>
      selections
        .filter((_, s) => (m + w + s) % 2 === 0) // every pair of kinds comes, half of the triples do
        .map(({ types, filter, where }, s) => ({
          version: statistic(`t-${m}-${w}-${s}`, type, measure, window, filter, types),
          statistic: { measure, window, types, where, field },
        })),
    ),
  );

/** Few instants, near each other's windows' edges: a day, an hour or a millisecond apart. */
const instant = (around: number) =>
  fc
    .record({
      days: fc.constantFrom(-3, -1, 0, 0, 1, 2),
      hours: fc.constantFrom(-1, 0, 0, 2, 3),
      ms: fc.constantFrom(-1, 0, 0, 1),
    })
    .map(({ days, hours, ms }) => around + days * day + hours * hour + ms);

const fact = (around: number): fc.Arbitrary<FactOf> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        occurredAt: instant(around),
        type: fc.constant("transaction-posted"),
        data: fc
          .record({
            amount: fc.record({
              minorUnits: fc.integer({ min: 0, max: 9 }),
              currency: fc.constantFrom("CZK", "CZK", "CZK", "EUR"),
            }),
            purpose: fc.constantFrom("food", "rent", "fee", undefined),
          })
          .map(({ amount, purpose }) => ({
            amount,
            direction: "debit",
            account: "core/1",
            ...(purpose && { purpose }),
          })),
        corrects: fc.option(fc.nat({ max: 30 }), { freq: 6, nil: undefined }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        occurredAt: instant(around),
        type: fc.constant("transaction-reversed"),
        data: fc.constant({ account: "core/1" }),
        corrects: fc.nat({ max: 30 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        occurredAt: instant(around),
        type: fc.constant("call-recorded"),
        data: fc.record({ purpose: fc.constantFrom("food", "complaint") }),
        corrects: fc.constant(undefined),
      }),
    },
  ) as fc.Arbitrary<unknown> as fc.Arbitrary<FactOf>;

type Drawn = { readonly corrects?: number | undefined } & Omit<FactOf, "corrects">;

/** Positions follow the order of arrival; what corrects names may come before or after it, or never. */
const events = (drawn: readonly FactOf[]): RecordedEvent[] =>
  given(
    ...drawn.map((one, index) => {
      const { corrects, ...rest } = one as unknown as Drawn;
      return {
        ...rest,
        name: `fact-${index}`,
        ...(corrects !== undefined && corrects !== index && { corrects: `fact-${corrects}` }),
      } as FactOf;
    }),
  );

const runs = fc.constantFrom(...places).chain(({ zone, around }) =>
  fc.record({
    zone: fc.constant(zone),
    around: fc.constant(around),
    facts: fc.array(fact(around), { minLength: 1, maxLength: 14, size: "max" }).map(events),
    again: fc.array(fc.nat(), { maxLength: 3 }),
    asks: fc.array(instant(around), { minLength: 1, maxLength: 3 }),
  }),
);

const same = (found: unknown, expected: unknown, why: () => string): void => {
  if (JSON.stringify(found) !== JSON.stringify(expected)) expect(found, why()).toEqual(expected);
};

test("whatever arrives in whatever order, every statistic at any instant is what the raw facts give", () => {
  fc.assert(
    fc.property(runs, ({ zone, around, facts, again, asks }) => {
      const all = cases(zone, around);
      const program = compileTags(all.map(({ version }) => version));
      const { history, tell } = toldHistory();
      const subject = subjectOf(history);
      const arrived: RecordedEvent[] = [];
      for (const [index, event] of facts.entries()) {
        tell(event);
        for (const repeat of again) if (repeat % facts.length === index) history.add(event);
        arrived.push(event);
        const at = asks[index % asks.length] as number;
        for (const { version, statistic } of all) {
          const { value } = program.evaluate(version.code, subject, { at, known: everything });
          same(value, bruteForce(arrived, statistic, at), () => `${version.code} at ${at} after ${index + 1} facts`);
        }
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("stepping by one millisecond around every edge, values are exact and hold until they say, and no longer than that", () => {
  fc.assert(
    fc.property(runs, ({ zone, around, facts }) => {
      const all = cases(zone, around).filter((_, index) => (index + facts.length) % 5 === 0);
      const program = compileTags(all.map(({ version }) => version));
      const subject = subjectOf(toldHistory(facts).history);
      for (const { version, statistic } of all) {
        const ask = (at: number) => program.evaluate(version.code, subject, { at, known: everything });
        let at = Math.min(...facts.map(({ occurredAt }) => occurredAt)) - 1;
        for (let step = 0; step < 60; step += 1) {
          const { value, validUntil } = ask(at);
          same(value, bruteForce(facts, statistic, at), () => `${version.code} at ${at}`);
          if (validUntil === null) {
            for (const later of [1, day, 400 * day]) {
              same(value, bruteForce(facts, statistic, at + later), () => `${version.code} for good from ${at}`);
            }
            break;
          }
          expect(validUntil).toBeGreaterThan(at);
          for (const before of [validUntil - 1, Math.floor((at + validUntil) / 2)]) {
            if (before < at) continue;
            same(value, bruteForce(facts, statistic, before), () => `${version.code} from ${at} still at ${before}`);
            same(ask(before).value, value, () => `${version.code} asked at ${before}`);
          }
          at = validUntil;
        }
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("what was known at a position is what a history of only those facts says", () => {
  fc.assert(
    fc.property(runs, fc.nat(), ({ zone, around, facts, asks }, pick) => {
      const all = cases(zone, around);
      const program = compileTags(all.map(({ version }) => version));
      const { history, tell } = toldHistory();
      const known = 1 + (pick % facts.length);
      for (const event of facts) tell(event);
      const then = subjectOf(toldHistory(facts.slice(0, known)).history);
      for (const at of asks) {
        for (const { version } of all) {
          const asKnown = program.evaluate(version.code, subjectOf(history), { at, known });
          same(asKnown, program.evaluate(version.code, then, { at, known: everything }), () => version.code);
          same(program.evaluate(version.code, then, { at, known }), asKnown, () => version.code);
        }
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("an explanation has the value itself, the facts that make it, and the instant at which it changes", () => {
  fc.assert(
    fc.property(runs, ({ zone, around, facts, asks }) => {
      const all = cases(zone, around).filter((_, index) => (index + facts.length) % 7 === 0);
      const program = compileTags(all.map(({ version }) => version));
      const subject = subjectOf(toldHistory(facts).history);
      for (const at of asks) {
        for (const { version, statistic } of all) {
          const { value, evidence, nextChange } = program.explain(version.code, subject, { at, known: everything });
          same(value, bruteForce(facts, statistic, at), () => version.code);
          // The facts named are enough: without all others the value is the same. Reversals stand by their effect.
          const named = facts.filter(({ position }) => evidence.positions.includes(position));
          const alone = named.map(fact => ({ ...fact, corrects: null }));
          same(bruteForce(alone, statistic, at), value, () => `${version.code} from the facts named`);
          if (nextChange === null) {
            for (const later of [1, hour, day, 40 * day, 800 * day])
              same(bruteForce(facts, statistic, at + later), value, () => `${version.code} never changes`);
            continue;
          }
          same(bruteForce(facts, statistic, nextChange - 1), value, () => `${version.code} until ${nextChange}`);
          expect(bruteForce(facts, statistic, nextChange), `${version.code} at ${nextChange}`).not.toEqual(value);
        }
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
