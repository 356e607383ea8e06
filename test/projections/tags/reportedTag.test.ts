import { expect, test } from "vitest";
import type { JsonScalar } from "../../../src/domain/json.ts";
import type { TagValue, ValueType } from "../../../src/domain/tag/tagValue.ts";
import { compileTags } from "../../../src/projections/tags/evaluation/tagProgram.ts";
import { createHistory } from "../../../src/projections/tags/history/customerHistory.ts";
import { type FactOf, given } from "../support/facts.ts";
import { adaWith, everything, subjectOf } from "./support/subjects.ts";
import { code, czk, version, whole } from "./support/tagVersions.ts";

const text: ValueType = { kind: "text" };

const assigned = (occurredAt: number, value: JsonScalar | readonly string[], expiresAt?: number, tag = "manual") =>
  ({
    type: "tag-assigned",
    occurredAt,
    data: { tag, value, ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }) },
  }) as unknown as FactOf; // prettier-ignore

const manual = (type: ValueType, ...facts: readonly FactOf[]) => {
  const program = compileTags([version("manual", type, { kind: "manual" })]);
  const subject = adaWith(given(...facts));
  return (at: number) => program.evaluate(code("manual"), subject, { at, known: everything });
};

test("an assignment holds from when it was made until it expires, to the millisecond", () => {
  const ask = manual(text, assigned(10, "vip", 20));
  expect([9, 10, 19, 20].map(at => ask(at).value)).toEqual([null, "vip", "vip", null]);
  expect([9, 10, 20].map(at => ask(at).validUntil)).toEqual([10, 20, null]);
});

test("when the newest assignment expires, one before it that has not is in force again", () => {
  const ask = manual(text, assigned(10, "plain"), assigned(20, "vip", 30));
  expect([10, 20, 29, 30].map(at => ask(at).value)).toEqual(["plain", "vip", "vip", "plain"]);
  expect(ask(20).validUntil).toBe(30);
});

test("an assignment of nothing takes the value away, and other tags' assignments do not matter", () => {
  const ask = manual(text, assigned(10, "vip"), assigned(20, null), assigned(30, "x", undefined, "another"));
  expect([10, 20, 30].map(at => ask(at).value)).toEqual(["vip", null, null]);
});

test("assigned values are read from their outside form", () => {
  const read = (type: ValueType, value: JsonScalar | readonly string[]): TagValue =>
    manual(type, assigned(1, value))(2).value;
  expect(read(czk, "12.30")).toBe(1230);
  expect(read({ kind: "number", decimals: 3, unit: null }, "-0.5")).toBe(-500);
  expect(read({ kind: "date", zone: "Europe/Prague" }, "2024-07-01")).toBe(Date.UTC(2024, 5, 30, 22));
  expect(read({ kind: "boolean" }, false)).toBe(false);
  expect(read({ kind: "set" }, ["b", "a", "b"])).toEqual(["a", "b"]);
  expect(read({ kind: "enumeration", values: ["gold"] }, "gold")).toBe("gold");
});

test("a score is the newest that its model reported, a late report of an older one changing nothing", () => {
  const score = (occurredAt: number, value: string, model = "churn") =>
    ({ type: "score-reported", occurredAt, data: { model, modelVersion: "3", score: value } }) as unknown as FactOf;
  const program = compileTags([
    version("churn", { kind: "number", decimals: 2, unit: null }, { kind: "score", model: "churn", decimals: 3 }),
  ]);
  const subject = adaWith(given(score(20, "0.125"), score(10, "0.9"), score(30, "1", "other"), score(40, "0.135")));
  const ask = (at: number) => program.evaluate(code("churn"), subject, { at, known: everything });
  expect([9, 10, 20, 30, 40].map(at => ask(at).value)).toEqual([null, 90, 12, 12, 14]);
  expect([9, 20, 40].map(at => ask(at).validUntil)).toEqual([10, 40, null]);
  const { evidence } = program.explain(code("churn"), subject, { at: 25, known: everything });
  expect(evidence).toMatchObject({ positions: [1], details: { modelVersion: "3" } });
});

test("a population-relative tag is what its newest refresh found, as far as it is known", () => {
  const rfm = version("recency", whole, {
    kind: "rfm",
    output: "recency",
    recency: code("a"),
    frequency: code("a"),
    monetary: code("a"),
    groups: 5,
    tieSystem: null,
  }); // prettier-ignore
  const program = compileTags([rfm]);
  const history = createHistory();
  history.addFound("refreshed:recency", 10, 1, { value: 5 });
  history.addFound("refreshed:recency", 20, 7, { value: 4 });
  history.addFound("refreshed:another", 30, 8, { value: 1 });
  const ask = (at: number, known = everything) => program.evaluate(code("recency"), subjectOf(history), { at, known });
  expect([9, 10, 20, 30].map(at => ask(at).value)).toEqual([null, 5, 4, 4]);
  expect(ask(30, 6)).toEqual({ value: 5, validUntil: null });
  expect(ask(10)).toEqual({ value: 5, validUntil: 20 });
});
