import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import { restatedBy } from "../../../src/projections/asOf/restatement.ts";
import { compileTags } from "../../../src/projections/tags/evaluation/tagProgram.ts";
import { type FactOf, given } from "../support/facts.ts";
import { adaWith } from "../tags/support/subjects.ts";
import { amountIs, code, czk, formula, lifetime, rolling, statistic, tag, whole } from "../tags/support/tagVersions.ts";

const paid = (occurredAt: number, minorUnits: number, more: Partial<FactOf> = {}): FactOf =>
  ({
    ...{ type: "transaction-posted", occurredAt },
    data: { account: "core/1", direction: "debit", amount: { minorUnits, currency: "CZK" } },
    ...more,
  }) as FactOf;
const reversed = (corrects: string): FactOf => ({
  ...{ type: "transaction-reversed", occurredAt: 90, corrects, data: { account: "core/1" } },
});
const program = compileTags([
  statistic("spent", czk, amountIs("sum"), rolling(5)),
  statistic("payments", whole, { kind: "count" }),
  statistic("calls", whole, { kind: "count" }, lifetime, null, ["call-recorded"]),
  formula("twice", whole, { kind: "add", of: [tag("payments"), tag("payments")] }),
]);
const always = { inForceSince: () => Number.NEGATIVE_INFINITY };
const last = (events: readonly RecordedEvent[]): RecordedEvent => events.at(-1) as RecordedEvent;
const lines = (events: readonly RecordedEvent[], from: number, to: number, more: object = always) =>
  restatedBy(program, adaWith(events), last(events), { from, to, ...always, ...more }).stretches.map(
    stretch => `${stretch.code} ${stretch.from}–${stretch.to}: ${stretch.before} → ${stretch.after}`,
  );

test("a late fact restates the stretches in which it should have counted, window edges to the millisecond", () => {
  expect(lines(given(paid(10, 100), paid(30, 7), paid(12, 50)), 12, 100)).toEqual([
    "spent 12–15: 100 → 150",
    "spent 15–17: 0 → 50",
    "payments 12–30: 1 → 2",
    "payments 30–100: 2 → 3",
    "twice 12–30: 2 → 4",
    "twice 30–100: 4 → 6",
  ]);
});

test("a reversal restates what its original had counted for", () => {
  const events = given(paid(10, 100, { name: "wrong" }), paid(20, 5), reversed("wrong"));
  expect(lines(events, 10, 90)).toEqual([
    "spent 10–15: 100 → 0",
    "payments 10–20: 1 → 0",
    "payments 20–90: 2 → 1",
    "twice 10–20: 2 → 0",
    "twice 20–90: 4 → 2",
  ]);
});

test("a correction restates both the time of the wrong fact and that of the right one", () => {
  const events = given(paid(10, 100, { name: "wrong" }), paid(12, 100, { corrects: "wrong" }));
  expect(lines(events, 10, 90)).toEqual([
    "spent 10–12: 100 → 0",
    "spent 15–17: 0 → 100",
    "payments 10–12: 1 → 0",
    "twice 10–12: 2 → 0",
  ]);
});

test("nothing had been told before a version was in force, nor of a tag that is not", () => {
  const inForceSince = (asked: string) => (asked === "spent" ? 14 : asked === "payments" ? 99 : null);
  expect(lines(given(paid(10, 100)), 10, 90, { inForceSince })).toEqual(["spent 14–15: 0 → 100"]);
});

test("a tag that changes too often is followed as far as it may be, and that is said", () => {
  const events = given(paid(10, 1), paid(20, 1), paid(30, 1), paid(5, 1));
  const found = restatedBy(program, adaWith(events), last(events), { from: 5, to: 99, ...always, maxSteps: 2 });
  expect(found.cut).toContainEqual({ code: code("payments"), at: 20, why: "too many changes" });
  expect(found.stretches.filter(stretch => stretch.code === "payments").map(({ to }) => to)).toEqual([10, 20]);
});

test("a figure that is not exact stops its own tag and no other", () => {
  const most = Number.MAX_SAFE_INTEGER;
  const events = given(paid(10, most), paid(11, most));
  const found = restatedBy(program, adaWith(events), last(events), { from: 11, to: 40, ...always });
  expect(found.cut).toEqual([{ code: code("spent"), at: 11, why: "inexact" }]);
  expect(found.stretches.map(stretch => stretch.code)).toContain("payments");
});

test("the stretches are those that asking at every millisecond would find", () => {
  const instant = fc.integer({ min: 0, max: 30 });
  const fact = fc.record({
    at: instant,
    amount: fc.nat({ max: 3 }),
    ends: fc.option(fc.nat()),
    corrects: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fact, { minLength: 1, maxLength: 8 }), list => {
      const facts = list.map(({ at, amount, ends, corrects }, index): FactOf => {
        const corrected = ends === null || index === 0 ? undefined : `paid-${ends % index}`;
        if (corrected !== undefined && !corrects)
          return { ...reversed(corrected), occurredAt: at, name: `paid-${index}` };
        return paid(at, amount, { name: `paid-${index}`, ...(corrected === undefined ? {} : { corrects: corrected }) });
      });
      const events = given(...facts);
      const subject = adaWith(events);
      const event = last(events);
      const { stretches, cut } = restatedBy(program, subject, event, { from: 0, to: 40, ...always });
      expect(cut).toEqual([]);
      for (const name of ["spent", "payments", "twice"].map(code))
        for (let at = 0; at < 40; at += 1) {
          const before = program.evaluate(name, subject, { at, known: event.position - 1 }).value;
          const after = program.evaluate(name, subject, { at, known: event.position }).value;
          const found = stretches.filter(stretch => stretch.code === name && stretch.from <= at && at < stretch.to);
          expect(found.map(stretch => [stretch.before, stretch.after])).toEqual(
            before === after ? [] : [[before, after]],
          );
        }
    }),
    { numRuns: 150 },
  );
});
