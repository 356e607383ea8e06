import fc from "fast-check";
import type { EventLeaf, Facts, Rule, Scalar, SequenceStep, Test } from "../../../../src/domain/segment/rule.ts";
import type { SegmentId } from "../../../../src/domain/segment/segment.ts";
import type { TagCode, TagDefinition } from "../../../../src/domain/tag/definition.ts";
import type { FactFilter } from "../../../../src/domain/tag/factSelection.ts";
import type { ValueType } from "../../../../src/domain/tag/tagValue.ts";
import type { Window } from "../../../../src/domain/tag/window.ts";

/** A tag that rules may name: of its definition, what counts is the code, the type and whether the rule is manual or a relation. */
export type NamedTag = Pick<TagDefinition, "code" | "type" | "rule">;

export type RuleOptions = {
  /** Values that tests of a tag compare with; by default some of each type. Of a set: what it may hold. */
  readonly valuesOf?: (tag: NamedTag) => fc.Arbitrary<Scalar>;
  /** What leaves about facts look at; by default purchases and the like among the shipped fact types. Null: no such leaves. */
  readonly facts?: fc.Arbitrary<Facts> | null;
  /** Fields that sequences bind, found on all facts that `facts` gives. */
  readonly same?: readonly string[];
  /** Lengths of time, in milliseconds. */
  readonly lengths?: fc.Arbitrary<number>;
  /** Kinds of relations; empty: no such leaves. */
  readonly kinds?: readonly string[];
  /** Segments that may be named; by default none. */
  readonly segments?: readonly SegmentId[];
  /** Leaves of the whole population; by default true. */
  readonly samples?: boolean;
  readonly tops?: boolean;
  readonly maxDepth?: number;
};

const dayMs = 86_400_000;
const zone = "Europe/Prague";
const word = fc.constantFrom("a", "b", "Praha", "Brno", "x 1", "ž");

/** Rules as the domain has them, each of which `parseRule` could have read, over these tags. */
export function anyRule(tags: readonly NamedTag[], options: RuleOptions = {}): fc.Arbitrary<Rule> {
  const { rule } = fc.letrec<{ rule: Rule }>(tie => ({
    rule: fc.oneof(
      { maxDepth: options.maxDepth ?? 3, withCrossShrink: true },
      { arbitrary: anyLeaf(tags, options), weight: 4 },
      { arbitrary: group(tie("rule")), weight: 2 },
      { arbitrary: tie("rule").map((of): Rule => ({ kind: "not", of })), weight: 1 },
    ),
  }));
  return rule;
}

const group = (rule: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> =>
  fc.record({ kind: fc.constantFrom("all", "any"), of: fc.array(rule, { minLength: 1, maxLength: 4 }) });

function anyLeaf(tags: readonly NamedTag[], options: RuleOptions): fc.Arbitrary<Rule> {
  const { kinds = ["spouse", "child"], segments = [], samples = true, tops = true } = options;
  const ranked = tags.filter(({ type }) => ["number", "money", "date"].includes(type.kind));
  const own = tags.filter(
    ({ rule }) => rule.kind === "manual" || rule.kind === "attribute" || rule.kind === "statistic",
  );
  const leaves: fc.Arbitrary<Rule>[] = [ownLeaf(tags, options)];
  if (kinds.length > 0 && own.length > 0) {
    const where = anyRuleOfOthers(own, options);
    leaves.push(relation(kinds, where));
  }
  if (segments.length > 0) {
    leaves.push(fc.constantFrom(...segments).map((id): Rule => ({ kind: "segment", id })));
    leaves.push(fc.record({ kind: fc.constant("snapshot"), segment: fc.constantFrom(...segments), at: anyInstant }));
  }
  if (samples)
    leaves.push(
      fc
        .record({ salt: word, from: fc.integer({ min: 0, max: 9_999 }), length: fc.integer({ min: 1, max: 10_000 }) })
        .map(({ salt, from, length }) => ({ kind: "sample", salt, from, to: Math.min(10_000, from + length) })),
    );
  if (tops && ranked.length > 0)
    leaves.push(
      fc.record({
        kind: fc.constant("top"),
        count: fc.integer({ min: 1, max: 100 }),
        by: fc.constantFrom(...ranked.map(({ code }) => code)),
        order: fc.constantFrom("highest", "lowest"),
      }),
    );
  return fc.oneof({ arbitrary: leaves[0] as fc.Arbitrary<Rule>, weight: 6 }, ...leaves.slice(1));
}

/** What can be asked of related customers: their own tags and facts. */
const anyRuleOfOthers = (own: readonly NamedTag[], options: RuleOptions): fc.Arbitrary<Rule> =>
  anyRule(own, { ...options, kinds: [], segments: [], samples: false, tops: false, maxDepth: 1 });

function relation(kinds: readonly string[], where: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> {
  return fc.record({
    kind: fc.constant("relation"),
    kinds: fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1 }),
    direction: fc.constantFrom("outgoing", "incoming", "both"),
    quantifier: fc.oneof(fc.constantFrom("any", "all", "none"), fc.record({ atLeast: fc.integer({ min: 1, max: 3 }) })),
    where,
  }) as fc.Arbitrary<Rule>;
}

/** Leaves about the customer alone: tags, lists, facts. */
function ownLeaf(tags: readonly NamedTag[], options: RuleOptions): fc.Arbitrary<Rule> {
  const leaves: { readonly arbitrary: fc.Arbitrary<Rule>; readonly weight: number }[] = [];
  if (tags.length > 0)
    leaves.push({ arbitrary: fc.constantFrom(...tags).chain(tag => tagLeaf(tag, tags, options)), weight: 6 });
  const lists = tags.filter(({ type, rule }) => type.kind === "boolean" && rule.kind === "manual");
  if (lists.length > 0)
    leaves.push({
      arbitrary: fc.constantFrom(...lists).map(({ code }): Rule => ({ kind: "list", code })),
      weight: 1,
    });
  const facts = options.facts === undefined ? shippedFacts : options.facts;
  if (facts !== null) {
    leaves.push({ arbitrary: eventLeaf(facts, options), weight: 3 });
    leaves.push({ arbitrary: countLeaf(facts, options), weight: 1 });
    leaves.push({ arbitrary: sequenceLeaf(facts, options), weight: 1 });
  }
  leaves.push({ arbitrary: attributeLeaf, weight: 1 });
  return fc.oneof(...leaves);
}

function tagLeaf(tag: NamedTag, tags: readonly NamedTag[], options: RuleOptions): fc.Arbitrary<Rule> {
  const { code, type } = tag;
  const values = options.valuesOf?.(tag) ?? valuesOfType(type);
  const like = tags.filter(other => isAlike(type, other.type)).map(other => other.code);
  return anyTest(type, values, like, lengthsOf(options)).map(test => ({
    kind: "value",
    subject: { kind: "tag", code, type },
    test,
  }));
}

const isAlike = (a: ValueType, b: ValueType): boolean =>
  a.kind !== "set" &&
  (a.kind === "date" ? b.kind === "date" : JSON.stringify({ ...a, zone: "" }) === JSON.stringify({ ...b, zone: "" }));

/** Some value of a type, in the scale it is kept in; of a set, what it may hold. */
export function valuesOfType(type: ValueType): fc.Arbitrary<Scalar> {
  switch (type.kind) {
    case "boolean":
      return fc.boolean();
    case "enumeration":
      return fc.constantFrom(...type.values);
    case "number":
    case "money":
      return fc.oneof(fc.integer({ min: -5, max: 20 }), fc.integer({ min: -1_000_000, max: 1_000_000 }));
    case "date":
      return anyInstant;
    case "text":
    case "set":
      return word;
  }
}

const anyInstant = fc.integer({ min: Date.parse("1950-01-01"), max: Date.parse("2030-01-01") });
const anyDay = anyInstant.map(instant => new Date(instant).toISOString().slice(0, 10));
const lengthsOf = ({ lengths = fc.constantFrom(1000, 36 * 3_600_000, dayMs, 30 * dayMs, 365 * dayMs) }: RuleOptions) =>
  lengths;

/** `like`: tags that values of the type can be held against. */
function anyTest(
  type: ValueType,
  values: fc.Arbitrary<Scalar>,
  like: readonly TagCode[],
  lengths: fc.Arbitrary<number>,
): fc.Arbitrary<Test> {
  const several = fc.uniqueArray(values, { minLength: 1, maxLength: 4 });
  const presence = fc.record({ kind: fc.constantFrom("exists", "missing") });
  const membership = fc.record({ kind: fc.constantFrom("in", "notIn"), values: several });
  if (type.kind === "set") {
    const held = several.map(list => [...(list as string[])].sort());
    const holds = fc.record({ kind: fc.constantFrom("containsAny", "containsAll", "containsNone"), values: held });
    return fc.oneof(presence, membership, holds) as fc.Arbitrary<Test>;
  }
  const tests: fc.Arbitrary<unknown>[] = [
    presence,
    membership,
    fc.record({ kind: fc.constantFrom("equals", "notEquals"), value: values }),
  ];
  const isOrdered = type.kind === "number" || type.kind === "money" || type.kind === "date";
  if (isOrdered) {
    tests.push(fc.record({ kind: fc.constantFrom("lessThan", "atMost", "moreThan", "atLeast"), value: values }));
    tests.push(
      fc.tuple(values, values).map(([a, b]) => {
        const [from, to] = [a as number, b as number].sort((x, y) => x - y);
        return { kind: "between", from, to };
      }),
    );
  }
  if (type.kind === "text" || type.kind === "enumeration")
    tests.push(fc.record({ kind: fc.constantFrom("contains", "startsWith", "endsWith"), text: values }));
  if (type.kind === "date") {
    tests.push(fc.record({ kind: fc.constantFrom("withinLast", "withinNext", "olderThan"), length: lengths }));
    tests.push(fc.record({ kind: fc.constant("onDay"), day: anyDay }));
    tests.push(fc.record({ kind: fc.constant("anniversary"), days: fc.integer({ min: 0, max: 365 }) }));
  }
  if (like.length > 0) {
    const operator = isOrdered ? fc.constantFrom("=", "!=", "<", "<=", ">", ">=") : fc.constantFrom("=", "!=");
    tests.push(fc.record({ kind: fc.constant("compareTo"), operator, code: fc.constantFrom(...like) }));
  }
  return fc.oneof(...tests) as fc.Arbitrary<Test>;
}

const filters: readonly (FactFilter | null)[] = [
  null,
  { kind: "in", field: "direction", values: ["debit"] },
  { kind: "in", field: "merchant", values: ["Tesco", "Lidl"] },
  { kind: "not", of: { kind: "text", field: "merchant", operator: "startsWith", value: "T" } },
  { kind: "compare", field: "amount", operator: ">=", value: 5_000, as: { kind: "money", currency: "CZK" } },
];
const shippedFacts: fc.Arbitrary<Facts> = fc.constantFrom(...filters).map(where => ({
  types: ["transaction-posted"],
  where,
}));

/** Any window, of these lengths. */
export const anyWindow = (lengths: fc.Arbitrary<number>): fc.Arbitrary<Window> =>
  fc.oneof(
    fc.constant<Window>({ kind: "lifetime" }),
    lengths.map((length): Window => ({ kind: "rolling", length })),
    fc.tuple(lengths, lengths).map(([a, b]): Window => ({ kind: "ago", from: a + b, to: b })),
    fc.tuple(anyInstant, lengths).map(([from, length]): Window => ({ kind: "absolute", from, to: from + length })),
    fc
      .record({
        unit: fc.constantFrom("day", "week", "month", "quarter", "year"),
        previous: fc.integer({ min: 0, max: 6 }),
        current: fc.boolean(),
      })
      .map(
        ({ unit, previous, current }): Window => ({
          ...{ kind: "calendar", unit, previous, zone },
          ...(current && previous > 0 ? { current } : {}),
        }),
      ),
  );

function eventLeaf(facts: fc.Arbitrary<Facts>, options: RuleOptions): fc.Arbitrary<EventLeaf> {
  const lengths = lengthsOf(options);
  const selection = fc.tuple(facts, anyWindow(lengths)).map(([of, window]) => ({ ...of, window }));
  const times = fc.integer({ min: 1, max: 3 });
  return fc.oneof(
    fc.record({ kind: fc.constantFrom("did", "didNot"), facts: selection, times }),
    fc.record({ kind: fc.constant("first"), facts: selection }),
    fc
      .record({
        facts,
        unit: fc.constantFrom("day", "week", "month", "quarter", "year"),
        periods: fc.integer({ min: 1, max: 6 }),
      })
      .chain(leaf =>
        fc
          .integer({ min: 1, max: leaf.periods })
          .map(atLeast => ({ kind: "regularly" as const, ...leaf, zone, atLeast })),
      ),
    fc.record({ kind: fc.constant("stopped"), facts, active: lengths, times, quiet: lengths }),
    fc.record({ kind: fc.constant("restarted"), facts, recent: lengths, quiet: lengths }),
  ) as fc.Arbitrary<EventLeaf>;
}

function countLeaf(facts: fc.Arbitrary<Facts>, options: RuleOptions): fc.Arbitrary<Rule> {
  const type: ValueType = { kind: "number", decimals: 0, unit: null };
  const lengths = lengthsOf(options);
  const measure = fc.constantFrom({ kind: "count" } as const, { kind: "distinctDays", zone } as const);
  return fc
    .tuple(facts, anyWindow(lengths), measure, anyTest(type, fc.integer({ min: 0, max: 4 }), [], lengths))
    .map(([of, window, what, test]) => ({
      kind: "value",
      subject: { kind: "measure", measure: what, facts: { ...of, window }, type },
      test,
    }));
}

function sequenceLeaf(facts: fc.Arbitrary<Facts>, options: RuleOptions): fc.Arbitrary<Rule> {
  const lengths = lengthsOf(options);
  const perhaps = fc.option(lengths, { nil: null });
  const step = (absent: fc.Arbitrary<boolean>): fc.Arbitrary<SequenceStep> => fc.record({ facts, absent });
  const steps = fc
    .tuple(step(fc.constant(false)), fc.array(step(fc.boolean()), { minLength: 1, maxLength: 3 }))
    .map(([first, others]) => [first, ...others]);
  const same = fc.subarray([...(options.same ?? ["merchant"])]);
  return fc
    .record({ steps, window: anyWindow(lengths), minGap: perhaps, maxGap: perhaps, within: perhaps, same })
    .filter(({ minGap, maxGap, within }) => minGap === null || minGap <= Math.min(maxGap ?? minGap, within ?? minGap))
    .map(sequence => ({ kind: "sequence", sequence }));
}

const attributeTypes: readonly ValueType[] = [
  { kind: "text" },
  { kind: "boolean" },
  { kind: "number", decimals: 2, unit: null },
  { kind: "date", zone },
];
const attributeLeaf: fc.Arbitrary<Rule> = fc.constantFrom(...attributeTypes).chain(type =>
  anyTest(type, valuesOfType(type), [], fc.constantFrom(dayMs, 365 * dayMs)).map((test): Rule => {
    const form =
      type.kind === "number" ? ({ kind: "decimal", decimals: type.decimals } as const) : (type as { kind: "text" });
    return {
      kind: "value",
      subject: { kind: "attribute", source: { kind: "attribute", name: `of-${type.kind}`, form }, type },
      test,
    };
  }),
);
