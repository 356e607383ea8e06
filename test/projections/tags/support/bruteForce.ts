import { Temporal } from "temporal-polyfill";
import type { RecordedEvent } from "../../../../src/domain/event.ts";
import type { Measure } from "../../../../src/domain/tag/rule.ts";
import type { TagValue } from "../../../../src/domain/tag/tagValue.ts";
import type { Window } from "../../../../src/domain/tag/window.ts";

/*
 * What a statistic is, written down once more without any cleverness: over the raw list of facts, with Temporal for
 * calendars, to hold the real thing against.
 */

export type Field = (fact: RecordedEvent) => number | string | undefined;

export type Statistic = {
  readonly measure: Measure;
  readonly window: Window;
  readonly types: readonly string[];
  readonly where: (fact: RecordedEvent) => boolean;
  readonly field: Field;
};

export function bruteForce(facts: readonly RecordedEvent[], statistic: Statistic, at: number): TagValue {
  const { measure, field, types, where } = statistic;
  const inWindow = windowAt(statistic.window, at);
  const selected = unique(facts)
    .filter(fact => types.includes(fact.type) && where(fact) && !isEnded(facts, fact) && inWindow(fact.occurredAt))
    .sort((a, b) => a.occurredAt - b.occurredAt || a.position - b.position);
  if (measure.kind === "count") return selected.length;
  if (measure.kind === "distinctDays") {
    return new Set(selected.map(({ occurredAt }) => localDate(occurredAt, measure.zone).toString())).size;
  }
  const values = selected.map(field).filter(value => value !== undefined);
  const numbers = values as number[];
  switch (measure.kind) {
    case "sum":
      return numbers.reduce((sum, number) => sum + number, 0);
    case "average":
      return numbers.length === 0
        ? null
        : halfEven(
            numbers.reduce((sum, number) => sum + number, 0),
            numbers.length,
          );
    case "minimum":
      return numbers.length === 0 ? null : Math.min(...numbers);
    case "maximum":
      return numbers.length === 0 ? null : Math.max(...numbers);
    case "distinct":
      return new Set(values).size;
    case "first":
      return values[0] ?? null;
    case "last":
      return values.at(-1) ?? null;
    case "mostFrequent":
      return mostFrequent(values);
    case "set":
      return values.length === 0 ? null : [...new Set(values.map(String))].sort();
  }
}

const unique = (facts: readonly RecordedEvent[]): RecordedEvent[] => [
  ...new Map(facts.map(fact => [fact.position, fact])).values(),
];

export const isEnded = (facts: readonly RecordedEvent[], fact: RecordedEvent): boolean =>
  facts.some(
    ({ type, corrects }) =>
      corrects === fact.eventId &&
      (type === fact.type || (type === "transaction-reversed" && fact.type === "transaction-posted")),
  );

function mostFrequent(values: readonly (number | string)[]): number | string | null {
  const count = (value: number | string): number => values.filter(other => other === value).length;
  const most = Math.max(0, ...values.map(count));
  return values.findLast(value => count(value) === most) ?? null;
}

/** By the quotient's distance to the integers around it, in exact integers. */
function halfEven(sum: number, count: number): number {
  const below = (sum - (((sum % count) + count) % count)) / count;
  const twiceRest = 2 * (sum - below * count);
  if (twiceRest !== count) return twiceRest < count ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

function windowAt(window: Window, at: number): (time: number) => boolean {
  switch (window.kind) {
    case "lifetime":
      return time => time <= at;
    case "rolling":
      return time => time > at - window.length && time <= at;
    case "ago":
      return time => time > at - window.from && time <= at - window.to;
    case "absolute":
      return time => time >= window.from && time < window.to && time <= at;
    case "calendar": {
      const { unit, previous, zone, current } = window;
      const begun = unitBegin(localDate(at, zone), unit);
      const units = { [unit === "quarter" ? "months" : `${unit}s`]: unit === "quarter" ? 3 * previous : previous };
      const from = midnight(begun.subtract(units), zone);
      const to = previous === 0 || current ? at + 1 : midnight(begun, zone);
      return time => time >= from && time < to;
    }
  }
}

const localDate = (at: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

const midnight = (date: Temporal.PlainDate, zone: string): number => date.toZonedDateTime(zone).epochMilliseconds;

function unitBegin(date: Temporal.PlainDate, unit: string): Temporal.PlainDate {
  switch (unit) {
    case "week":
      return date.subtract({ days: date.dayOfWeek - 1 });
    case "month":
      return date.with({ day: 1 });
    case "quarter":
      return date.with({ day: 1, month: date.month - ((date.month - 1) % 3) });
    case "year":
      return date.with({ day: 1, month: 1 });
    default:
      return date;
  }
}
