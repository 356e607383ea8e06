import { ascending } from "../ascending.ts";
import type { Instant } from "../instant.ts";
import type { TagCode } from "../tag/definition.ts";
import type { ValueType } from "../tag/tagValue.ts";
import { conditionOf, relationOf, subjectCode, timesOf } from "./conditions.ts";
import type { ColumnTest, Plan, Range } from "./plan.ts";
import type { Rule, Scalar, Subject, Test } from "./rule.ts";

export type Planning = {
  /**
   * For an answer of one moment, which tells time apart from values by itself; null for a standing segment, for which the
   * values that hang on time are kept as conditions.
   */
  readonly at: Instant | null;
  /** The instants of a local day of the zone. */
  readonly dayRange: (day: string, zone: string) => Range;
};

/** The rule over kept values. Which they are say `columnsOf` and, for those that only segments need, `conditionsOf`. */
export function planOf(rule: Rule, planning: Planning): Plan {
  const plan = (node: Rule): Plan => {
    switch (node.kind) {
      case "all":
      case "any":
        return { kind: node.kind, of: node.of.map(plan) };
      case "not":
        return not(plan(node.of));
      case "value":
        return valuePlan(node, planning);
      case "did":
        return within(timesOf(node).code, atLeast(node.times));
      case "didNot":
        return not(within(timesOf(node).code, atLeast(node.times)));
      case "relation": {
        const { code } = relationOf(node).together;
        const { quantifier } = node;
        if (typeof quantifier === "object") return within(code, atLeast(quantifier.atLeast));
        return quantifier === "none" ? not(isTrue(code)) : isTrue(code);
      }
      case "first":
      case "regularly":
      case "stopped":
      case "restarted":
      case "sequence":
        return isTrue(conditionOf(node).code);
      case "list":
        return isTrue(node.code);
      case "segment":
      case "snapshot":
      case "sample":
      case "top":
        return node;
    }
  };
  return plan(rule);
}

/** Every column that a plan looks at, each once. */
export function columnsOf(plan: Plan): readonly TagCode[] {
  switch (plan.kind) {
    case "all":
    case "any":
      return [...new Set(plan.of.flatMap(columnsOf))];
    case "not":
      return columnsOf(plan.of);
    case "column":
      return [plan.code];
    case "compare":
      return [...new Set([plan.left, plan.right])];
    case "top":
      return [plan.by];
    case "segment":
    case "snapshot":
    case "sample":
      return [];
  }
}

function valuePlan(node: Extract<Rule, { kind: "value" }>, { at, dayRange }: Planning): Plan {
  const { subject, test } = node;
  const code = subjectCode(subject);
  switch (test.kind) {
    case "withinLast":
      return at === null ? conditioned(node) : within(code, { from: at - test.length + 1, to: at + 1 });
    case "withinNext":
      return at === null ? conditioned(node) : within(code, { from: at + 1, to: at + test.length + 1 });
    case "olderThan":
      return at === null
        ? conditioned(node)
        : within(code, { from: Number.NEGATIVE_INFINITY, to: at - test.length + 1 });
    case "anniversary":
      return conditioned(node);
    case "compareTo":
      if (at === null) return conditioned(node);
      return { kind: "compare", left: code, operator: test.operator, right: test.code };
    case "onDay":
      return within(code, dayRange(test.day, (subject.type as Extract<ValueType, { kind: "date" }>).zone));
    default:
      return stillPlan(code, subject, test);
  }
}

const conditioned = (node: Rule): Plan => isTrue(conditionOf(node).code);

type StillTest = Exclude<
  Test,
  { kind: "withinLast" | "withinNext" | "olderThan" | "anniversary" | "compareTo" | "onDay" }
>;

function stillPlan(code: TagCode, { type }: Subject, test: StillTest): Plan {
  const column = (columnTest: ColumnTest): Plan => ({ kind: "column", code, test: columnTest });
  switch (test.kind) {
    case "exists":
      return column({ kind: "exists" });
    case "missing":
      return not(column({ kind: "exists" }));
    case "equals":
      return column(oneOf(type, [test.value]));
    case "notEquals":
      return not(column(oneOf(type, [test.value])));
    case "in":
      return column(oneOf(type, test.values));
    case "notIn":
      return not(column(oneOf(type, test.values)));
    case "lessThan":
      return within(code, { from: Number.NEGATIVE_INFINITY, to: test.value });
    case "atMost":
      return within(code, { from: Number.NEGATIVE_INFINITY, to: test.value + 1 });
    case "moreThan":
      return within(code, { from: test.value + 1, to: Number.POSITIVE_INFINITY });
    case "atLeast":
      return within(code, atLeast(test.value));
    case "between":
      return within(code, { from: test.from, to: test.to + 1 });
    case "contains":
    case "startsWith":
    case "endsWith":
      return column({ kind: test.kind, text: test.text });
    case "containsAny":
      return column({ kind: "holdsAny", values: test.values });
    case "containsAll":
      return column({ kind: "holdsAll", values: test.values });
    case "containsNone":
      return not(column({ kind: "holdsAny", values: test.values }));
  }
}

function oneOf(type: ValueType, values: readonly Scalar[]): ColumnTest {
  switch (type.kind) {
    case "boolean":
      return values.length === 1 ? { kind: "is", value: values[0] as boolean } : booleans(values as readonly boolean[]);
    case "number":
    case "money":
    case "date":
      return { kind: "within", ranges: rangesOf(values as readonly number[]) };
    case "set":
      return { kind: "holdsAny", values: values as readonly string[] };
    case "text":
    case "enumeration":
      return { kind: "oneOf", values: values as readonly string[] };
  }
}

const booleans = (values: readonly boolean[]): ColumnTest => {
  const [first] = values;
  if (first === undefined || values.some(value => value !== first)) return { kind: "exists" };
  return { kind: "is", value: first };
};

/** Whole values as ranges, neighbours joined. */
function rangesOf(values: readonly number[]): readonly Range[] {
  const ranges: Range[] = [];
  for (const value of ascending(new Set(values))) {
    const last = ranges.at(-1);
    if (last?.to === value) ranges[ranges.length - 1] = { from: last.from, to: value + 1 };
    else ranges.push({ from: value, to: value + 1 });
  }
  return ranges;
}

const not = (of: Plan): Plan => ({ kind: "not", of });
const isTrue = (code: TagCode): Plan => ({ kind: "column", code, test: { kind: "is", value: true } });
const atLeast = (value: number): Range => ({ from: value, to: Number.POSITIVE_INFINITY });
/** An empty range stands for a test that nothing meets. */
const within = (code: TagCode, range: Range): Plan => ({
  kind: "column",
  code,
  test: { kind: "within", ranges: range.from < range.to ? [range] : [] },
});
