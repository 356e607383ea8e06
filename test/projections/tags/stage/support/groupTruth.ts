import type { RecordedEvent } from "../../../../../src/domain/event.ts";
import { type CustomerId, customerOfStream } from "../../../../../src/domain/ids.ts";
import type { FactFilter } from "../../../../../src/domain/tag/factSelection.ts";
import type { TagRule } from "../../../../../src/domain/tag/rule.ts";
import type { TagValue } from "../../../../../src/domain/tag/tagValue.ts";
import { bruteForce, isEnded } from "../../support/bruteForce.ts";
import { versionsOf } from "./definitions.ts";

/*
 * What tags say of people who were merged and split, worked out from the raw list of all events of the bank and nothing else.
 */

export type Bank = {
  readonly ids: readonly CustomerId[];
  readonly personOf: (id: CustomerId) => CustomerId;
  /** All that anybody said who is this person. */
  readonly factsOf: (person: CustomerId) => readonly RecordedEvent[];
};

export function bankOf(events: readonly RecordedEvent[]): Bank {
  const into = new Map<CustomerId, RecordedEvent>();
  const seen = new Set<CustomerId>();
  for (const event of events) {
    const speaker = customerOfStream(event.stream);
    if (speaker === null) continue;
    const named = event.data.customer as CustomerId;
    if (event.type === "identity-merged") {
      const free = named !== speaker && !into.has(speaker) && !into.has(named) && seen.has(named);
      if (free) into.set(named, event);
    } else if (event.type === "identity-split") {
      const merge = into.get(named);
      if (merge?.eventId === event.corrects && merge.stream === event.stream) into.delete(named);
    }
    seen.add(speaker);
  }
  const personOf = (id: CustomerId): CustomerId => {
    const merge = into.get(id);
    return merge === undefined ? id : personOf(customerOfStream(merge.stream) as CustomerId);
  };
  return {
    ids: [...seen],
    personOf,
    factsOf: person =>
      events.filter(({ stream }) => {
        const speaker = customerOfStream(stream);
        return speaker !== null && personOf(speaker) === person;
      }),
  };
}

type StatisticRule = Extract<TagRule, { readonly kind: "statistic" }>;

const statistics = Object.values(versionsOf).flatMap(([first]) =>
  first?.rule.kind === "statistic" ? [[first.code as string, first.rule] as const] : [],
);

/** All statistics, and the relation tags that `definitions` has, of one person at one instant. */
export function truthAt(bank: Bank, person: CustomerId, at: number): Map<string, TagValue> {
  const facts = bank.factsOf(person);
  const values = new Map<string, TagValue>(statistics.map(([code, rule]) => [code, statisticOf(facts, rule, at)]));
  const spendOf = (id: CustomerId) => tagValueOf(bank.factsOf(id), "spend", at) as number;
  const spouses = new Set([
    ...related(bank, person, at, ["spouse"]),
    ...bank.ids.filter(other => related(bank, other, at, ["spouse"]).has(person)),
  ]);
  spouses.delete(person);
  const naming = bank.ids.map(bank.personOf).filter(other => other !== person && related(bank, other, at).has(person));
  values.set(
    "household",
    [person, ...spouses].reduce((sum, id) => sum + spendOf(id), 0),
  );
  values.set(
    "big-spouse",
    naming.some(other => spendOf(other) > 1000),
  );
  return values;
}

const tagValueOf = (facts: readonly RecordedEvent[], code: string, at: number): TagValue =>
  statisticOf(facts, statistics.find(([other]) => other === code)?.[1] as StatisticRule, at);

const statisticOf = (
  facts: readonly RecordedEvent[],
  { measure, facts: { types, where, window } }: StatisticRule,
  at: number,
) =>
  bruteForce(
    facts,
    {
      ...{ measure, window, types },
      where: fact => where === null || meets(fact, where),
      field: ({ data }) => {
        if (!("field" in measure)) return undefined;
        const value = data[measure.field];
        return typeof value === "object" ? (value as { minorUnits: number }).minorUnits : (value as string | undefined);
      },
    },
    at,
  );

function meets({ data }: RecordedEvent, where: FactFilter): boolean {
  if (where.kind === "not") return !meets({ data } as RecordedEvent, where.of);
  if (where.kind === "in") return (where.values as readonly unknown[]).includes(data[where.field]);
  throw new Error(`no test has a condition of kind ${where.kind}`);
}

/** Whom a person names by relationships that stand: what is called the same is one thing, and the newest fact about it decides. */
function related(bank: Bank, person: CustomerId, at: number, kinds: readonly string[] | null = null): Set<CustomerId> {
  const facts = bank.factsOf(person);
  const about = facts
    .filter(({ type, occurredAt }) => type.startsWith("relationship-") && occurredAt <= at)
    .filter(fact => !isEnded(facts, fact))
    .sort((a, b) => a.occurredAt - b.occurredAt || a.position - b.position);
  const newest = new Map(about.map(fact => [fact.data.relationshipId, fact]));
  const found = new Set<CustomerId>();
  for (const { type, data } of newest.values())
    if (type === "relationship-established" && (kinds === null || kinds.includes(data.kind as string)))
      found.add(bank.personOf(data.customer as CustomerId));
  found.delete(person);
  return found;
}
