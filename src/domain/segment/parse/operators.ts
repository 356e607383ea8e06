import type { ValueType } from "../../tag/tagValue.ts";

const always = ["exists", "missing"] as const;
const equality = ["equals", "notEquals", "in", "notIn"] as const;
const order = ["lessThan", "atMost", "moreThan", "atLeast", "between"] as const;
const text = ["contains", "startsWith", "endsWith"] as const;
const holding = ["containsAny", "containsAll", "containsNone"] as const;
const dates = ["withinLast", "withinNext", "olderThan", "onDay", "anniversary"] as const;

export const testNames = [...equality, ...order, ...text, ...holding, ...always, ...dates, "compareTo"] as const;
export type TestName = (typeof testNames)[number];

/** The tests that values of a type can be put to. */
export const testsOf: Readonly<Record<ValueType["kind"], readonly TestName[]>> = {
  boolean: [...equality, ...always, "compareTo"],
  enumeration: [...equality, ...text, ...always, "compareTo"],
  text: [...equality, ...text, ...always, "compareTo"],
  number: [...equality, ...order, ...always, "compareTo"],
  money: [...equality, ...order, ...always, "compareTo"],
  date: [...equality, ...order, ...dates, ...always, "compareTo"],
  set: ["in", "notIn", ...holding, ...always],
};

/** Names that others use for what there is not, or is called otherwise. */
export const notTests: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["matches", "regex", "regexp", "pattern", "like"].map(name => [
      name,
      "there are no patterns or regular expressions: use contains, startsWith, endsWith or in",
    ]),
  ),
  greaterThan: "use moreThan, or atLeast for the value itself too",
  lessThanOrEqual: "use atMost",
  greaterThanOrEqual: "use atLeast",
};
