import type { Instant } from "../../../domain/instant.ts";
import type { Scalar, Test } from "../../../domain/segment/rule.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import { calendarOf } from "../../tags/statistic/calendar.ts";
import { dayFrom } from "./calendarDay.ts";
import { anniversaryTest, olderThan, withinLast, withinNext } from "./dateTests.ts";
import { fails, forGood, holds, type Truth } from "./truth.ts";

/** Whether a value meets a test at T, and until when that stays so if the value does. */
export type ValueTruth = (value: TagValue, at: Instant) => Truth;

/** Tests of one value. Opposites are true of what is missing, all others but `missing` false. */
export function valueTest(test: Exclude<Test, { kind: "compareTo" }>, type: ValueType): ValueTruth {
  switch (test.kind) {
    case "exists":
      return value => forGood(value !== null);
    case "missing":
      return value => forGood(value === null);
    case "equals":
      return still(isAnyOf([test.value]));
    case "in":
      return still(isAnyOf(test.values));
    case "notEquals":
      return opposite(still(isAnyOf([test.value])));
    case "notIn":
      return opposite(still(isAnyOf(test.values)));
    case "lessThan":
      return still(value => (value as number) < test.value);
    case "atMost":
      return still(value => (value as number) <= test.value);
    case "moreThan":
      return still(value => (value as number) > test.value);
    case "atLeast":
      return still(value => (value as number) >= test.value);
    case "between":
      return still(value => (value as number) >= test.from && (value as number) <= test.to);
    case "contains":
      return still(value => (value as string).includes(test.text));
    case "startsWith":
      return still(value => (value as string).startsWith(test.text));
    case "endsWith":
      return still(value => (value as string).endsWith(test.text));
    case "containsAny":
      return still(isAnyOf(test.values));
    case "containsNone":
      return opposite(still(isAnyOf(test.values)));
    case "containsAll":
      return still(value => test.values.every(wanted => (value as readonly string[]).includes(wanted)));
    case "withinLast":
      return dated(withinLast(test.length));
    case "withinNext":
      return dated(withinNext(test.length));
    case "olderThan":
      return dated(olderThan(test.length));
    case "onDay": {
      const [calendar, day] = [calendarOf(zoneOf(type)), dayFrom(test.day)];
      return dated(date => forGood(calendar.dayOf(date) === day));
    }
    case "anniversary":
      return dated(anniversaryTest(test.days, zoneOf(type)));
  }
}

type There = Exclude<TagValue, null>;

const still =
  (meets: (value: There) => boolean): ValueTruth =>
  value =>
    value !== null && meets(value) ? holds : fails;

const opposite =
  (test: ValueTruth): ValueTruth =>
  (value, at) =>
    forGood(!test(value, at).truth);

const dated =
  (test: (date: Instant, at: Instant) => Truth): ValueTruth =>
  (value, at) =>
    typeof value === "number" ? test(value, at) : fails;

/** A set: it holds one of them. */
function isAnyOf(values: readonly Scalar[]): (value: There) => boolean {
  const wanted = new Set<unknown>(values);
  return value => (Array.isArray(value) ? value.some(member => wanted.has(member)) : wanted.has(value));
}

function zoneOf(type: ValueType): string {
  if (type.kind !== "date") throw new Error(`a day is asked of a ${type.kind}`);
  return type.zone;
}
