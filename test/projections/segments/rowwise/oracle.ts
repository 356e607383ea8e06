import { Temporal } from "temporal-polyfill";
import type { RecordedEvent } from "../../../../src/domain/event.ts";
import { type CustomerId, customerStream } from "../../../../src/domain/ids.ts";
import type { Facts, Rule, Sequence, Subject, Test } from "../../../../src/domain/segment/rule.ts";
import { sampleBucket } from "../../../../src/domain/segment/sampleBucket.ts";
import type { TagVersion } from "../../../../src/domain/tag/definition.ts";
import type { FactFilter, FactSelection, FieldForm } from "../../../../src/domain/tag/factSelection.ts";
import type { Measure } from "../../../../src/domain/tag/rule.ts";
import type { TagValue, ValueType } from "../../../../src/domain/tag/tagValue.ts";
import { bruteForce, isEnded } from "../../tags/support/bruteForce.ts";

/*
 * What a rule says, written down once more without any cleverness: over the raw facts of everybody, with Temporal for
 * calendars, to hold the real thing against.
 */

export type Oracle = {
  readonly events: readonly RecordedEvent[];
  readonly people: readonly CustomerId[];
  readonly tags: readonly TagVersion[];
};

export function truthOf(rule: Rule, oracle: Oracle, who: CustomerId, at: number): boolean {
  const own = oracle.events.filter(({ stream }) => stream === customerStream(who));
  const counting = own.filter(fact => !isEnded(own, fact));
  /** Up to T, in order. */
  const factsOf = ({ types, where }: Facts): RecordedEvent[] =>
    inOrder(counting.filter(fact => fact.occurredAt <= at && types.includes(fact.type) && meets(fact, where)));
  const between = (facts: Facts, after: number, upTo: number): number =>
    factsOf(facts).filter(({ occurredAt }) => occurredAt > after && occurredAt <= upTo).length;
  switch (rule.kind) {
    case "all":
      return rule.of.every(part => truthOf(part, oracle, who, at));
    case "any":
      return rule.of.some(part => truthOf(part, oracle, who, at));
    case "not":
      return !truthOf(rule.of, oracle, who, at);
    case "value": {
      const value = subjectValue(rule.subject, oracle, own, at);
      const { test } = rule;
      if (test.kind !== "compareTo") return passes(test, value, rule.subject.type, at);
      const other = subjectValue({ kind: "tag", code: test.code, type: rule.subject.type }, oracle, own, at);
      return value !== null && other !== null && compares(test.operator, value, other);
    }
    case "list":
      return subjectValue({ kind: "tag", code: rule.code, type: { kind: "boolean" } }, oracle, own, at) === true;
    case "did":
      return count(own, rule.facts, at) >= rule.times;
    case "didNot":
      return count(own, rule.facts, at) < rule.times;
    case "first": {
      const [first] = factsOf(rule.facts);
      return first !== undefined && count([first], rule.facts, at) === 1;
    }
    case "regularly": {
      const { facts, unit, zone, periods, atLeast } = rule;
      const counted = Array.from({ length: periods }, (_, index) => {
        const begins = unitBefore(at, unit, zone, index + 1);
        const ends = unitBefore(at, unit, zone, index);
        return factsOf(facts).some(({ occurredAt }) => occurredAt >= begins && occurredAt < ends);
      });
      return counted.filter(found => found).length >= atLeast;
    }
    case "stopped": {
      const { facts, active, times, quiet } = rule;
      return between(facts, at - quiet - active, at - quiet) >= times && between(facts, at - quiet, at) === 0;
    }
    case "restarted": {
      const { facts, recent, quiet } = rule;
      return (
        between(facts, at - recent, at) > 0 &&
        between(facts, at - recent - quiet, at - recent) === 0 &&
        between(facts, Number.NEGATIVE_INFINITY, at - recent - quiet) > 0
      );
    }
    case "sequence":
      return follows(rule.sequence, counting, at);
    case "relation": {
      const others = relatedTo(oracle, who, rule.kinds, rule.direction, at);
      const met = others.filter(other => truthOf(rule.where, oracle, other, at)).length;
      if (typeof rule.quantifier === "object") return met >= rule.quantifier.atLeast;
      return rule.quantifier === "any" ? met > 0 : rule.quantifier === "none" ? met === 0 : met === others.length;
    }
    case "sample": {
      const bucket = sampleBucket(rule.salt, who);
      return bucket >= rule.from && bucket < rule.to;
    }
    case "segment":
    case "snapshot":
    case "top":
      throw new Error(`no test asks for a ${rule.kind} here`);
  }
}

const inOrder = (facts: readonly RecordedEvent[]): RecordedEvent[] =>
  [...facts].sort((a, b) => a.occurredAt - b.occurredAt || a.position - b.position);

function follows(sequence: Sequence, counting: readonly RecordedEvent[], at: number): boolean {
  const { steps, window, minGap, maxGap, within, same } = sequence;
  const known = inOrder(counting.filter(({ occurredAt }) => occurredAt <= at));
  const isIn = (fact: RecordedEvent): boolean => count([fact], { types: [fact.type], where: null, window }, at) === 1;
  const meetsStep = (fact: RecordedEvent, step: number): boolean => {
    const { types, where } = (steps[step] as Sequence["steps"][number]).facts;
    return types.includes(fact.type) && meets(fact, where);
  };
  const shares = (fact: RecordedEvent, first: RecordedEvent): boolean =>
    same.every(field => fact.data[field] !== undefined && fact.data[field] === first.data[field]);
  /** Whether the steps from `step` on can be met, of which `way` are the places of the facts so far. */
  const goesOn = (step: number, way: readonly number[], absent: readonly number[]): boolean => {
    const first = known[way[0] ?? -1];
    const last = way.at(-1) ?? -1;
    const isAbsent = (place: number): boolean =>
      first !== undefined &&
      shares(known[place] as RecordedEvent, first) &&
      absent.some(one => meetsStep(known[place] as RecordedEvent, one));
    if (step === steps.length) {
      if (absent.length === 0) return true;
      const time = (known[last] as RecordedEvent).occurredAt;
      if (maxGap !== null && at < time + maxGap) return false;
      return !known.some(
        ({ occurredAt }, place) => place > last && (maxGap === null || occurredAt <= time + maxGap) && isAbsent(place),
      );
    }
    if (steps[step]?.absent === true) return goesOn(step + 1, way, [...absent, step]);
    for (let place = last + 1; place < known.length; place += 1) {
      const fact = known[place] as RecordedEvent;
      if (!meetsStep(fact, step) || !isIn(fact) || !shares(fact, first ?? fact)) continue;
      if (first !== undefined) {
        const gap = fact.occurredAt - (known[last] as RecordedEvent).occurredAt;
        if ((maxGap !== null && gap > maxGap) || (minGap !== null && gap < minGap)) continue;
        if (within !== null && fact.occurredAt - first.occurredAt > within) continue;
        if (known.some((_, other) => other > last && other < place && isAbsent(other))) continue;
      }
      if (goesOn(step + 1, [...way, place], [])) return true;
    }
    return false;
  };
  return goesOn(0, [], []);
}

function relatedTo(
  { events, people }: Oracle,
  who: CustomerId,
  kinds: readonly string[],
  direction: "outgoing" | "incoming" | "both",
  at: number,
): CustomerId[] {
  const named = (by: CustomerId): unknown[] => {
    const own = events.filter(({ stream, type }) => stream === customerStream(by) && type.startsWith("relationship-"));
    const said = inOrder(own.filter(fact => fact.occurredAt <= at && !isEnded(own, fact)));
    const newest = new Map(said.map(fact => [fact.data.relationshipId, fact]));
    return [...newest.values()]
      .filter(({ type, data }) => type === "relationship-established" && kinds.includes(data.kind as string))
      .map(({ data }) => data.customer);
  };
  return people.filter(
    other =>
      other !== who &&
      ((direction !== "incoming" && named(who).includes(other)) ||
        (direction !== "outgoing" && named(other).includes(who))),
  );
}

function count(facts: readonly RecordedEvent[], { types, where, window }: FactSelection, at: number): number {
  const statistic = { measure: { kind: "count" }, window, types, field: () => undefined } as const;
  return bruteForce(facts, { ...statistic, where: fact => meets(fact, where) }, at) as number;
}

function subjectValue(subject: Subject, oracle: Oracle, own: readonly RecordedEvent[], at: number): TagValue {
  if (subject.kind === "measure") return measured(subject.measure, subject.facts, own, at);
  if (subject.kind === "attribute") {
    if (subject.source.kind !== "attribute") throw new Error(`no test asks for a ${subject.source.kind}`);
    return attributeOf(subject.source.name, subject.source.form, own, at);
  }
  const { rule } = oracle.tags.find(({ code }) => code === subject.code)?.definition ?? { rule: null };
  if (rule?.kind === "statistic") return measured(rule.measure, rule.facts, own, at);
  if (rule?.kind === "attribute")
    return subjectValue({ kind: "attribute", source: rule.source, type: subject.type }, oracle, own, at); // prettier-ignore
  if (rule?.kind !== "manual") throw new Error(`no test asks for ${subject.code}`);
  const set = newest(own, at, fact => fact.type === "tag-assigned" && fact.data.tag === subject.code);
  return (set?.data.value ?? null) as TagValue;
}

function newest(own: readonly RecordedEvent[], at: number, accepts: (fact: RecordedEvent) => boolean) {
  return inOrder(own.filter(fact => fact.occurredAt <= at && !isEnded(own, fact) && accepts(fact))).at(-1);
}

function measured(
  measure: Measure,
  { types, where, window }: FactSelection,
  own: readonly RecordedEvent[],
  at: number,
) {
  const field = ({ data, occurredAt }: RecordedEvent): number | string | undefined => {
    if (!("field" in measure)) return undefined;
    if (measure.field === "occurredAt") return occurredAt;
    if (measure.form.kind !== "money") return data[measure.field] as string | undefined;
    const { minorUnits, currency } = data[measure.field] as { minorUnits: number; currency: string };
    return currency === measure.form.currency ? minorUnits : undefined;
  };
  return bruteForce(own, { measure, window, types, field, where: fact => meets(fact, where) }, at);
}

function attributeOf(name: string, form: FieldForm, own: readonly RecordedEvent[], at: number): TagValue {
  const said = newest(
    own,
    at,
    ({ type, data }) => type === "customer-attributes-changed" && name in (data.attributes as object),
  );
  const raw = (said?.data.attributes as Record<string, string | number | boolean | null> | undefined)?.[name] ?? null;
  if (raw === null) return null;
  switch (form.kind) {
    case "decimal":
      return Math.round(Number(raw) * 10 ** form.decimals);
    case "date":
      return String(raw).includes("T")
        ? Date.parse(String(raw))
        : Temporal.PlainDate.from(String(raw)).toZonedDateTime(form.zone).epochMilliseconds;
    default:
      return raw;
  }
}

function passes(test: Exclude<Test, { kind: "compareTo" }>, value: TagValue, type: ValueType, at: number): boolean {
  const holds = (wanted: unknown): boolean => (Array.isArray(value) ? value.includes(wanted) : value === wanted);
  if (value === null) return ["missing", "notEquals", "notIn", "containsNone"].includes(test.kind);
  const figure = value as number;
  const text = value as string;
  switch (test.kind) {
    case "exists":
      return true;
    case "missing":
      return false;
    case "equals":
      return holds(test.value);
    case "notEquals":
      return !holds(test.value);
    case "in":
    case "containsAny":
      return test.values.some(holds);
    case "notIn":
    case "containsNone":
      return !test.values.some(holds);
    case "containsAll":
      return test.values.every(holds);
    case "lessThan":
      return figure < test.value;
    case "atMost":
      return figure <= test.value;
    case "moreThan":
      return figure > test.value;
    case "atLeast":
      return figure >= test.value;
    case "between":
      return figure >= test.from && figure <= test.to;
    case "contains":
      return text.includes(test.text);
    case "startsWith":
      return text.startsWith(test.text);
    case "endsWith":
      return text.endsWith(test.text);
    case "withinLast":
      return figure > at - test.length && figure <= at;
    case "withinNext":
      return figure > at && figure <= at + test.length;
    case "olderThan":
      return figure <= at - test.length;
    case "onDay":
      return localDate(figure, (type as { zone: string }).zone).toString() === test.day;
    case "anniversary": {
      const { zone } = type as { zone: string };
      const date = localDate(figure, zone);
      const returns = ({ year, month, day, inLeapYear }: Temporal.PlainDate): boolean =>
        year > date.year &&
        month === date.month &&
        (day === date.day || (date.month === 2 && date.day === 29 && day === 28 && !inLeapYear));
      return Array.from({ length: test.days + 1 }, (_, days) => localDate(at, zone).add({ days })).some(returns);
    }
  }
}

function compares(operator: string, left: TagValue, right: TagValue): boolean {
  const [a, b] = [left as number, right as number];
  const comparisons = { "=": a === b, "!=": a !== b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b };
  return comparisons[operator as keyof typeof comparisons];
}

function meets(fact: RecordedEvent, where: FactFilter | null): boolean {
  if (where === null) return true;
  switch (where.kind) {
    case "all":
      return where.of.every(part => meets(fact, part));
    case "any":
      return where.of.some(part => meets(fact, part));
    case "not":
      return !meets(fact, where.of);
    case "in":
      return where.values.includes(fact.data[where.field] as string);
    case "exists":
      return fact.data[where.field] !== undefined;
    case "text": {
      const text = fact.data[where.field];
      if (typeof text !== "string") return false;
      if (where.operator === "contains") return text.includes(where.value);
      return where.operator === "startsWith" ? text.startsWith(where.value) : text.endsWith(where.value);
    }
    case "compare": {
      const money = fact.data[where.field] as { minorUnits: number; currency: string } | undefined;
      const currency = (where.as as { currency: string }).currency;
      return (
        money !== undefined && money.currency === currency && compares(where.operator, money.minorUnits, where.value)
      );
    }
  }
}

const localDate = (at: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

/** Where the unit that holds T, or the one so many before it, begins. */
function unitBefore(at: number, unit: string, zone: string, back: number): number {
  const today = localDate(at, zone);
  const { month } = today;
  const begun = {
    day: today,
    week: today.subtract({ days: today.dayOfWeek - 1 }),
    month: today.with({ day: 1 }),
    quarter: today.with({ day: 1, month: month - ((month - 1) % 3) }),
    year: today.with({ day: 1, month: 1 }),
  }[unit] as Temporal.PlainDate;
  const step = unit === "quarter" ? { months: 3 * back } : { [`${unit}s`]: back };
  return begun.subtract(step).toZonedDateTime(zone).epochMilliseconds;
}
