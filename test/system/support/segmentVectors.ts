import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OutsideSegmentRule } from "../../../src/domain/segment/outside.ts";
import { publicData } from "./publicData.ts";

/** A condition on a profile in the neutral form of the vectors. */
type Condition = {
  readonly and?: readonly Condition[];
  readonly or?: readonly Condition[];
  readonly not?: Condition;
  readonly nested?: string;
  readonly match?: Condition;
  readonly prop?: string;
  readonly op?: string;
  readonly value?: Value | readonly Value[];
};
type Value = string | number;
type Profile = Readonly<Record<string, unknown>>;

export type ConditionVector = {
  readonly id: string;
  readonly group: string;
  /** By name, or in full. */
  readonly profile: string | Profile;
  readonly condition: Condition;
  readonly expected: boolean;
};
export type BehaviourVector = {
  readonly name: string;
  readonly events: readonly { readonly type: string; readonly at: string }[];
  readonly condition: PastEvent;
  readonly expected: boolean;
};
type PastEvent = {
  readonly pastEvent: string;
  readonly days?: number;
  readonly from?: string;
  readonly to?: string;
  readonly min?: number;
  readonly max?: number;
  readonly occurred?: boolean;
};
type Vectors = {
  readonly profiles: Readonly<Record<string, Profile>>;
  readonly condition_vectors: readonly ConditionVector[];
  readonly behaviour_vectors: { readonly now: string; readonly cases: readonly BehaviourVector[] };
};

export const readVectors = (): Vectors =>
  JSON.parse(readFileSync(join(publicData("segment-vectors"), "segment-vectors.json"), "utf8"));

const text = { text: true } as const;
const number = { number: { decimals: 2 } };
const date = { date: { zone: "UTC" } };
const isTime = (value: Value): boolean => typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value);
/** The kind of a value that a property is compared with says how the property is read. */
const typeOf = (value: Value) => (typeof value === "number" ? number : isTime(value) ? date : text);
/** Decimals are no JSON numbers. */
const literal = (value: Value): Value => (Number.isInteger(value) ? value : String(value));

/** The same condition in our language. */
export function ruleOf(condition: Condition): OutsideSegmentRule {
  if (condition.and !== undefined) return { all: condition.and.map(ruleOf) };
  if (condition.or !== undefined) return { any: condition.or.map(ruleOf) };
  if (condition.not !== undefined) return { not: ruleOf(condition.not) };
  // What a profile holds many of are facts: two tests of one of them are two tests of one fact.
  if (condition.nested !== undefined)
    return {
      did: {
        types: ["behaviour-observed"],
        where: { all: [{ field: "name", equals: condition.nested }, elementOf(condition.match!)] },
      },
    };
  return test(condition.prop!, condition.op!, condition.value);
}

type Filter = NonNullable<NonNullable<OutsideSegmentRule["did"]>["where"]>;

function elementOf({ and, prop, op, value }: Condition): Filter {
  if (and !== undefined) return { all: and.map(elementOf) };
  const field = `properties.${prop}`;
  const read = typeof value === "number" ? { as: { decimal: { decimals: 2 } } } : { as: text };
  const one = value as Value;
  switch (op) {
    case "equals":
      return { field, equals: one, ...read };
    case "notEquals":
      return { not: { field, equals: one, ...read } };
    case "greaterThan":
      return { field, moreThan: one, ...read };
    case "lessThan":
      return { field, lessThan: one, ...read };
    default:
      throw new Error(`no element test ${op}`);
  }
}

const comparisons: Readonly<Record<string, string>> = {
  equals: "equals",
  notEquals: "notEquals",
  greaterThan: "moreThan",
  greaterThanOrEqual: "atLeast",
  lessThan: "lessThan",
  lessThanOrEqual: "atMost",
  in: "in",
  notIn: "notIn",
  startsWith: "startsWith",
  endsWith: "endsWith",
  contains: "contains",
};

function test(prop: string, op: string, value: Condition["value"]): OutsideSegmentRule {
  const values = value === undefined ? [] : Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
  if (prop === "segments") return setTest(prop, op, values as readonly string[]);
  const attribute = (type: ReturnType<typeof typeOf>, asked: object): OutsideSegmentRule =>
    ({ attribute: { of: { profile: { name: prop } }, type, ...asked } }) as OutsideSegmentRule;
  switch (op) {
    case "exists":
      return attribute(text, { exists: true });
    case "missing":
      return attribute(text, { missing: true });
    case "isDay":
      return attribute(date, { onDay: value });
    case "isNotDay":
      return { not: attribute(date, { onDay: value }) };
    // There are no regular expressions: ".*ale" says that it ends with "ale".
    case "matchesRegex":
      return attribute(text, { endsWith: String(value).replace(/^\.\*/, "") });
    // A property with one value holds all of a list if it is each of them.
    case "all":
      return { all: values.map(one => attribute(text, { equals: one })) };
  }
  const name = comparisons[op];
  if (name === undefined) throw new Error(`no test ${op}`);
  const type = ordered.has(op) && !isTime(values[0]!) ? number : typeOf(values[0]!);
  return attribute(type, { [name]: Array.isArray(value) ? values.map(literal) : literal(values[0]!) });
}
const ordered = new Set(["greaterThan", "greaterThanOrEqual", "lessThan", "lessThanOrEqual"]);

/** Attributes have one value; what has many is kept as facts, and a set is measured over them. */
function setTest(prop: string, op: string, values: readonly string[]): OutsideSegmentRule {
  const tests = { in: { containsAny: values }, notIn: { containsNone: values }, all: { containsAll: values } };
  const facts = { types: ["behaviour-observed"], where: { field: "name", equals: prop } };
  return {
    measure: {
      of: { set: { field: "properties.value" } },
      facts,
      type: { set: true },
      ...tests[op as keyof typeof tests],
    },
  };
}

export function behaviourRule({ pastEvent, days, from, to, min, max, occurred }: PastEvent): OutsideSegmentRule {
  const facts = {
    types: ["behaviour-observed"],
    where: { field: "name", equals: pastEvent },
    window: days === undefined ? { absolute: { from: from!, to: to! } } : { rolling: `P${days}D` },
  };
  if (occurred === false) return { didNot: facts };
  const enough = { did: { ...facts, times: min ?? 1 } };
  return max === undefined ? enough : { all: [enough, { didNot: { ...facts, times: max + 1 } }] };
}

export type VectorFact = {
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly subject: { readonly customer: { readonly system: string; readonly id: string } };
  readonly data: object;
};

/** Long before anything that the vectors tell of. */
const begin = "2000-01-01T00:00:00Z";

/** A profile as the facts that a bank would have of it; the attribute `vectorCustomer` says whose it is. */
export function profileFacts(customer: string, profile: Profile): readonly VectorFact[] {
  const about = { occurredAt: begin, subject: { customer: { system: "vectors", id: customer } } };
  const single = Object.entries(profile).filter(([, value]) => !Array.isArray(value));
  const attributes = Object.fromEntries(
    single.map(([name, value]) => [name, typeof value === "number" ? literal(value) : value]),
  );
  const many = Object.entries(profile).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly unknown[]) : []).map(element => ({
      name,
      properties: typeof element === "object" ? element : { value: element },
    })),
  );
  return [
    {
      id: `${customer}/registered`,
      type: "customer-registered",
      ...about,
      data: { attributes: { ...attributes, vectorCustomer: customer } },
    },
    ...many.map((data, index) => ({ id: `${customer}/${index}`, type: "behaviour-observed", ...about, data })),
  ];
}

export const behaviourFacts = (customer: string, { events }: BehaviourVector): readonly VectorFact[] => [
  ...profileFacts(customer, {}),
  ...events.map(({ type, at }, index) => ({
    ...{ id: `${customer}/${index}`, type: "behaviour-observed", occurredAt: at },
    ...{ subject: { customer: { system: "vectors", id: customer } }, data: { name: type } },
  })),
];
