import { formatInstant, type Instant } from "../../instant.ts";
import { describeValue, listed } from "../../tag/describe/describeValue.ts";
import { durationInWords } from "../../tag/duration.ts";
import type { Standards } from "../../tag/standards.ts";
import type { ValueType } from "../../tag/tagValue.ts";
import type { Scalar, Test } from "../rule.ts";

/** What a test says of its subject: "is at least 12.30 CZK", "is in the last 30 days". `type`: of the subject's value. */
export function describeTest(test: Test, type: ValueType, standards: Standards): string {
  const word = (value: Scalar): string => scalarInWords(value, type, standards);
  const words = (values: readonly Scalar[], joint: "and" | "or"): string => listed(values.map(word), joint);
  const isDate = type.kind === "date";
  switch (test.kind) {
    case "equals":
      return `is ${word(test.value)}`;
    case "notEquals":
      return `is not ${word(test.value)}`;
    case "in":
      return `${type.kind === "set" ? "holds" : "is"} ${words(test.values, "or")}`;
    case "notIn":
      return `${type.kind === "set" ? "holds" : "is"} none of ${words(test.values, "and")}`;
    case "lessThan":
      return `is ${isDate ? "before" : "less than"} ${word(test.value)}`;
    case "atMost":
      return isDate ? `is ${word(test.value)} or before` : `is at most ${word(test.value)}`;
    case "moreThan":
      return `is ${isDate ? "after" : "more than"} ${word(test.value)}`;
    case "atLeast":
      return isDate ? `is ${word(test.value)} or after` : `is at least ${word(test.value)}`;
    case "between":
      return `is from ${word(test.from)} to ${word(test.to)}`;
    case "contains":
      return `contains "${test.text}"`;
    case "startsWith":
      return `starts with "${test.text}"`;
    case "endsWith":
      return `ends with "${test.text}"`;
    case "containsAny":
      return `holds ${words(test.values, "or")}`;
    case "containsAll":
      return `holds ${words(test.values, "and")}`;
    case "containsNone":
      return `holds none of ${words(test.values, "and")}`;
    case "exists":
      return "is known";
    case "missing":
      return "is missing";
    case "withinLast":
      return `is in the last ${durationInWords(test.length)}`;
    case "withinNext":
      return `is in the next ${durationInWords(test.length)}`;
    case "olderThan":
      return `is ${durationInWords(test.length)} ago or longer`;
    case "onDay":
      return `is on ${test.day}${zoneOf(type)}`;
    case "anniversary":
      return `has its anniversary ${whenInWords(test.days)}${zoneOf(type)}`;
    case "compareTo":
      return `${(isDate ? dateOperators : operators)[test.operator]} ${test.code}`;
  }
}

const operators = {
  "=": "is equal to",
  "!=": "is other than",
  "<": "is less than",
  "<=": "is at most",
  ">": "is more than",
  ">=": "is at least",
} as const;
const dateOperators = {
  ...operators,
  "=": "is the same as",
  "<": "is before",
  "<=": "is not after",
  ">": "is after",
  ">=": "is not before",
} as const;

function whenInWords(days: number): string {
  if (days === 0) return "today";
  return days === 1 ? "today or tomorrow" : `today or in the next ${days} days`;
}

const zoneOf = (type: ValueType): string => (type.kind === "date" ? ` (${type.zone})` : "");

function scalarInWords(value: Scalar, type: ValueType, standards: Standards): string {
  if (type.kind === "date") return dateInWords(value as Instant, type.zone, standards);
  if (type.kind === "set") return String(value);
  return describeValue(value, type, standards);
}

const dayMs = 86_400_000;

/** A day of the zone where it is the first instant of one: "2024-02-29 (Europe/Prague)". */
function dateInWords(instant: Instant, zone: string, standards: Standards): string {
  for (const near of [instant, instant + dayMs / 2]) {
    const day = formatInstant(near).slice(0, 10);
    if (standards.startOfDay(day, zone) === instant) return `${day} (${zone})`;
  }
  return formatInstant(instant);
}
