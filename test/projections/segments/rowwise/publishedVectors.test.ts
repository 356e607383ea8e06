import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../../src/domain/event.ts";
import type { JsonObject } from "../../../../src/domain/json.ts";
import type { Rule, Scalar, Test } from "../../../../src/domain/segment/rule.ts";
import type { FieldForm } from "../../../../src/domain/tag/factSelection.ts";
import type { ValueType } from "../../../../src/domain/tag/tagValue.ts";
import type { Window } from "../../../../src/domain/tag/window.ts";
import { compileRule } from "../../../../src/projections/segments/rowwise/ruleTruth.ts";
import { surroundingsOf } from "../../../../src/projections/segments/rowwise/surroundings.ts";
import { compileTags } from "../../../../src/projections/tags/evaluation/tagProgram.ts";
import { adaWith, everything } from "../../tags/support/subjects.ts";
import { code, version } from "../../tags/support/tagVersions.ts";
import { eventsOf, people } from "./support/world.ts";

const file = join(process.env.C360_DATA ?? "../shared/data", "segment-vectors", "segment-vectors.json");
const isThere = existsSync(file);
if (!isThere) console.warn(`skipped: there is no ${file}`);

type Condition =
  | { readonly and: readonly Condition[] }
  | { readonly or: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly nested: string; readonly match: Condition }
  | { readonly prop: string; readonly op: string; readonly value?: unknown };
type Vector = {
  readonly id: string;
  readonly profile: string | JsonObject;
  readonly condition: Condition;
  readonly expected: boolean;
};
type PastEvent = {
  readonly name: string;
  readonly events: readonly { readonly type: string; readonly at: string }[];
  readonly condition: {
    readonly pastEvent: string;
    readonly days?: number;
    readonly from?: string;
    readonly to?: string;
    readonly occurred?: boolean;
    readonly min?: number;
    readonly max?: number;
  };
  readonly expected: boolean;
};
type Vectors = {
  readonly profiles: Readonly<Record<string, JsonObject>>;
  readonly condition_vectors: readonly Vector[];
  readonly behaviour_vectors: { readonly now: string; readonly cases: readonly PastEvent[] };
};
const vectors = (): Vectors => JSON.parse(readFileSync(file, "utf8")) as Vectors;

const zone = "UTC";
const decimal: ValueType = { kind: "number", decimals: 2, unit: null };
const [ada] = people;

/** What a property is asked as: a figure, a date, a set or a text, by what it is held against. */
function typeFor(prop: string, values: readonly unknown[]): ValueType {
  if (prop === "segments") return { kind: "set" };
  if (values.some(value => typeof value === "number")) return decimal;
  if (values.some(value => /^\d{4}-\d{2}-\d{2}/.test(String(value)))) return { kind: "date", zone };
  return { kind: "text" };
}
const formOf = (type: ValueType): FieldForm =>
  type.kind === "number"
    ? { kind: "decimal", decimals: 2 }
    : ((type.kind === "date" ? type : { kind: "text" }) as FieldForm);

function scalar(value: unknown, type: ValueType): Scalar {
  if (type.kind === "number") return Math.round(Number(value) * 100);
  return type.kind === "date" ? Date.parse(String(value)) : String(value);
}

function testFor(op: string, value: unknown, type: ValueType): Test {
  const all = (Array.isArray(value) ? value : [value]).map(one => scalar(one, type));
  const [first] = all as [Scalar];
  const figure = first as number;
  const texts = all as readonly string[];
  switch (op) {
    case "equals":
    case "notEquals":
      return { kind: op, value: first };
    case "in":
    case "notIn":
      return { kind: op, values: all };
    case "exists":
    case "missing":
      return { kind: op };
    case "greaterThan":
      return { kind: "moreThan", value: figure };
    case "greaterThanOrEqual":
      return { kind: "atLeast", value: figure };
    case "lessThan":
      return { kind: "lessThan", value: figure };
    case "contains":
    case "startsWith":
    case "endsWith":
      return { kind: op, text: String(first) };
    case "all":
      return { kind: "containsAll", values: texts };
    case "isDay":
    case "isNotDay":
      return { kind: "onDay", day: String(value) };
    default:
      throw new Error(`no test says ${op}`);
  }
}

const lifetime: Window = { kind: "lifetime" };

/** A property of the profile is an attribute; an element of a list of objects is a fact, so that what holds of it holds of one. */
function ruleOf(condition: Condition): Rule {
  if ("and" in condition) return { kind: "all", of: condition.and.map(ruleOf) };
  if ("or" in condition) return { kind: "any", of: condition.or.map(ruleOf) };
  if ("not" in condition) return { kind: "not", of: ruleOf(condition.not) };
  if ("nested" in condition) {
    const parts = (condition.match as { readonly and: readonly { prop: string; op: string; value: string | number }[] })
      .and;
    const where = parts.map(({ prop, op, value }) => {
      const same = { kind: "in", field: prop, values: [value] } as const;
      if (op === "equals") return same;
      if (op === "notEquals") return { kind: "not", of: same } as const;
      const operator = op === "greaterThan" ? ">" : "<";
      return {
        kind: "compare",
        field: prop,
        operator,
        value: Number(value),
        as: { kind: "decimal", decimals: 0 },
      } as const;
    });
    const facts = { types: ["behaviour-observed"], where: { kind: "all", of: where } as const, window: lifetime };
    return { kind: "did", facts, times: 1 };
  }
  const { prop, op, value } = condition;
  const held = op === "isDay" || op === "isNotDay" ? ["2015-02-01"] : Array.isArray(value) ? value : [value];
  const type = typeFor(prop, held);
  const test = testFor(op, value, type);
  const leaf: Rule =
    type.kind === "set"
      ? { kind: "value", subject: { kind: "tag", code: code(prop), type }, test }
      : {
          kind: "value",
          subject: { kind: "attribute", source: { kind: "attribute", name: prop, form: formOf(type) }, type },
          test,
        };
  return op === "isNotDay" ? { kind: "not", of: leaf } : leaf;
}

function eventsFor(profile: JsonObject): RecordedEvent[] {
  const { interests = [], segments, ...attributes } = profile;
  const told = [
    { type: "customer-registered", data: { attributes } as JsonObject },
    ...(interests as readonly JsonObject[]).map(data => ({ type: "behaviour-observed", data })),
    ...(segments === undefined ? [] : [{ type: "tag-assigned", data: { tag: "segments", value: segments } }]),
  ];
  return eventsOf(
    told.map(fact => ({ owner: ada, offset: 0, corrects: null, ...fact })),
    0,
  );
}

test.skipIf(!isThere)("conditions on a profile are what the published vectors say", () => {
  const { profiles, condition_vectors } = vectors();
  const program = compileTags([version("segments", { kind: "set" }, { kind: "manual" })]);
  const wrong: string[] = [];
  let held = 0;
  for (const { id, profile, condition, expected } of condition_vectors) {
    const text = JSON.stringify(condition);
    // A regular expression is no test of ours; "all" is asked of sets only; a comparison with a word is refused when it is defined.
    if (
      text.includes('Than","value":"notANumber"') ||
      text.includes("matchesRegex") ||
      (text.includes('"all"') && !text.includes('"segments"'))
    )
      continue;
    const subject = adaWith(eventsFor(typeof profile === "string" ? (profiles[profile] as JsonObject) : profile));
    const ask = compileRule(ruleOf(condition), surroundingsOf(program, null));
    held += 1;
    if (ask(subject, { at: Date.parse("2024-06-20"), known: everything }).truth !== expected) wrong.push(id);
  }
  expect(wrong).toEqual([]);
  expect(held).toBe(76);
});

test.skipIf(!isThere)("conditions on past events are what the published vectors say", () => {
  const { now, cases } = vectors().behaviour_vectors;
  const wrong: string[] = [];
  for (const { name, events, condition, expected } of cases) {
    const { pastEvent, days, from, to, occurred = true, min = 1, max } = condition;
    const window: Window =
      days === undefined
        ? { kind: "absolute", from: Date.parse(from as string), to: Date.parse(to as string) }
        : { kind: "rolling", length: days * 86_400_000 };
    const facts = {
      types: ["behaviour-observed"],
      where: { kind: "in", field: "name", values: [pastEvent] } as const,
      window,
    };
    const enough: Rule = { kind: occurred ? "did" : "didNot", facts, times: min };
    const rule: Rule =
      max === undefined ? enough : { kind: "all", of: [enough, { kind: "didNot", facts, times: max + 1 }] };
    const told = events.map(({ type, at }) => ({
      ...{ owner: ada, offset: Date.parse(at), corrects: null, type: "behaviour-observed", data: { name: type } },
    }));
    const ask = compileRule(rule, surroundingsOf(compileTags([]), null));
    if (ask(adaWith(eventsOf(told, 0)), { at: Date.parse(now), known: everything }).truth !== expected)
      wrong.push(name);
  }
  expect(wrong).toEqual([]);
  expect(cases).toHaveLength(14);
});
