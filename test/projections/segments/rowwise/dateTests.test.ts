import { expect, test } from "vitest";
import type { Rule, Test } from "../../../../src/domain/segment/rule.ts";
import type { SegmentId } from "../../../../src/domain/segment/segment.ts";
import { compileRule } from "../../../../src/projections/segments/rowwise/ruleTruth.ts";
import { surroundingsOf } from "../../../../src/projections/segments/rowwise/surroundings.ts";
import { compileTags } from "../../../../src/projections/tags/evaluation/tagProgram.ts";
import { given } from "../../support/facts.ts";
import { adaWith, everything } from "../../tags/support/subjects.ts";

const program = compileTags([]);
const instant = (text: string): number => Date.parse(text);

/** Every instant from which the test of a date has another truth, over two years, beginning with the truth at `from`. */
function turns(born: string, zone: string, asked: Test, from: string, turnsSeen: number): unknown[] {
  const rule: Rule = {
    kind: "value",
    subject: {
      kind: "attribute",
      source: { kind: "attribute", name: "born", form: { kind: "date", zone } },
      type: { kind: "date", zone },
    },
    test: asked,
  };
  const subject = adaWith(given({ type: "customer-registered", occurredAt: 0, data: { attributes: { born } } }));
  const ask = compileRule(rule, surroundingsOf(program, null));
  let at = instant(from);
  let { truth, validUntil } = ask(subject, { at, known: everything });
  const seen: unknown[] = [truth];
  while (validUntil !== null && seen.length <= turnsSeen) {
    at = validUntil;
    expect(ask(subject, { at: at - 1, known: everything }).truth).toBe(truth);
    const next = ask(subject, { at, known: everything });
    if (next.truth !== truth) seen.push(new Date(at).toISOString());
    ({ truth, validUntil } = next);
  }
  return seen;
}

test("somebody born on 29 February has a birthday on the 28th in years without, never on the day of birth", () => {
  const birthday: Test = { kind: "anniversary", days: 0 };
  expect(turns("2020-02-29", "Europe/Prague", birthday, "2020-02-29T12:00:00Z", 4)).toEqual([
    false,
    "2021-02-27T23:00:00.000Z",
    "2021-02-28T23:00:00.000Z",
    "2022-02-27T23:00:00.000Z",
    "2022-02-28T23:00:00.000Z",
  ]);
  expect(turns("2020-02-29", "Europe/Prague", birthday, "2024-02-01T12:00:00Z", 2)).toEqual([
    false,
    "2024-02-28T23:00:00.000Z",
    "2024-02-29T23:00:00.000Z",
  ]);
});

test("a birthday to come is seen so many local days before, over a change of clocks and over the new year", () => {
  const soon: Test = { kind: "anniversary", days: 7 };
  expect(turns("1990-04-02", "Europe/Prague", soon, "2024-01-01T00:00:00Z", 2)).toEqual([
    false,
    "2024-03-25T23:00:00.000Z",
    "2024-04-02T22:00:00.000Z",
  ]);
  expect(turns("1990-01-03", "America/New_York", soon, "2023-06-01T00:00:00Z", 2)).toEqual([
    false,
    "2023-12-27T05:00:00.000Z",
    "2024-01-04T05:00:00.000Z",
  ]);
});

test("a date within the last and the next while comes and goes to the millisecond", () => {
  const length = 1000;
  expect(turns("2024-03-01T00:00:00Z", "UTC", { kind: "withinLast", length }, "2024-01-01T00:00:00Z", 5)).toEqual([
    false,
    "2024-03-01T00:00:00.000Z",
    "2024-03-01T00:00:01.000Z",
  ]);
  expect(turns("2024-03-01T00:00:00Z", "UTC", { kind: "withinNext", length }, "2024-01-01T00:00:00Z", 5)).toEqual([
    false,
    "2024-02-29T23:59:59.000Z",
    "2024-03-01T00:00:00.000Z",
  ]);
  expect(turns("2024-03-01T00:00:00Z", "UTC", { kind: "olderThan", length }, "2024-01-01T00:00:00Z", 5)).toEqual([
    false,
    "2024-03-01T00:00:01.000Z",
  ]);
});

test("a day is the local one of the date's zone, with 23 hours where the clocks change", () => {
  const onDay = (born: string) =>
    turns(born, "Europe/Prague", { kind: "onDay", day: "2024-03-31" }, "2024-06-01T00:00:00Z", 0)[0];
  expect(
    ["2024-03-30T22:59:59.999Z", "2024-03-30T23:00:00Z", "2024-03-31T21:59:59.999Z", "2024-03-31T22:00:00Z"].map(onDay),
  ).toEqual([false, true, true, false]);
});

test("other segments, snapshots and the best by a tag are what the caller says they are", () => {
  const gold = "gold" as SegmentId;
  const subject = adaWith([]);
  const around = surroundingsOf(program, {
    segment: id => (id === gold ? { kind: "standing", isMember: customer => customer === subject.customerId } : null),
    isInSnapshot: (_id, at) => at === 7,
    isAmongTop: ({ count }) => count > 1,
  });
  const truth = (rule: Rule): boolean => compileRule(rule, around)(subject, { at: 9, known: everything }).truth;
  expect(truth({ kind: "segment", id: gold })).toBe(true);
  expect(truth({ kind: "snapshot", segment: gold, at: 7 })).toBe(true);
  expect(truth({ kind: "snapshot", segment: gold, at: 8 })).toBe(false);
  expect(truth({ kind: "top", count: 1, by: "spend" as never, order: "highest" })).toBe(false);
  expect(() => truth({ kind: "segment", id: "silver" as SegmentId })).toThrow("there is no segment silver");
  expect(() => compileRule({ kind: "segment", id: gold }, surroundingsOf(program, null))).toThrow(
    "a segment cannot be asked about here",
  );
});
