import fc from "fast-check";
import type { RecordedEvent } from "../../../../../src/domain/event.ts";
import { type CustomerId, customerStream } from "../../../../../src/domain/ids.ts";
import type { JsonObject } from "../../../../../src/domain/json.ts";
import type { TagSubject } from "../../../../../src/projections/tags/evaluation/evaluateTag.ts";
import { createHistory } from "../../../../../src/projections/tags/history/customerHistory.ts";
import { takeEvent } from "../../../../../src/projections/tags/history/takeEvent.ts";
import { hear, relationsToTell } from "../../../../../src/projections/tags/stage/relationTelling.ts";
import { customerId, eventId, newEvent } from "../../../support/facts.ts";

export const people = ["ada", "bo", "cleo"].map(customerId) as [CustomerId, CustomerId, CustomerId];
export const hour = 3_600_000;
export const half = 12 * hour;
export const zone = "Europe/Prague";

/** Around a 29 February, and around the last Sunday of March: midnights of Prague before and after the clocks change. */
const bases = ["2024-02-24T23:00:00Z", "2024-03-27T23:00:00Z"].map(text => Date.parse(text));
export const anyBase = fc.constantFrom(...bases);
/** Half days since the base, now and then an hour early: all that lies on a local midnight or a multiple of a length. */
export const anyEdge = fc
  .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 4 }))
  .map(([halves, early]) => halves * half - (early === 0 ? hour : 0));

const word = fc.constantFrom("a", "b", "Praha", "ž");
const optional = { requiredKeys: [] as never[] };
const attributes = fc.record(
  {
    "of-text": word,
    "of-boolean": fc.boolean(),
    "of-number": fc.constantFrom(0, -5, 0.15, "12.5", "3"),
    "of-date": fc.constantFrom("2024-02-29", "2020-02-29", "2023-03-01", "1980-03-30", "2024-03-31T10:00:00Z"),
    born: fc.constantFrom("2024-02-28", "1996-02-29", "1990-03-31"),
    city: fc.option(word, { nil: null }),
  },
  optional,
);
const person = fc.constantFrom(...people);
const shape: fc.Arbitrary<{ type: string; data: JsonObject }> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        account: fc.constant("core/1"),
        direction: fc.constantFrom("credit", "debit"),
        amount: fc.record({
          minorUnits: fc.constantFrom(1, 100, 5000, 20_000),
          currency: fc.constantFrom("CZK", "CZK", "EUR"),
        }),
        merchant: fc.option(fc.constantFrom("Tesco", "Lidl"), { nil: undefined }),
      })
      .map(data => ({ type: "transaction-posted", data: JSON.parse(JSON.stringify(data)) })),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom("seen", "clicked").map(name => ({ type: "behaviour-observed", data: { name } })),
  },
  { weight: 2, arbitrary: fc.constant({ type: "transaction-reversed", data: { account: "core/1" } }) },
  {
    weight: 3,
    arbitrary: attributes.map(found => ({ type: "customer-attributes-changed", data: { attributes: found } })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("tag-assigned"),
      data: fc.oneof(
        fc.record({ tag: fc.constant("vip"), value: fc.constantFrom(true, false, null) }),
        fc.record({ tag: fc.constant("tier"), value: fc.constantFrom("gold", "silver", null) }),
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("relationship-established"),
      data: fc.record({
        relationshipId: fc.constantFrom("r1", "r2"),
        kind: fc.constantFrom("spouse", "child"),
        customer: person,
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("r1", "r2").map(relationshipId => ({
      type: "relationship-ended",
      data: { relationshipId },
    })),
  },
);

export type Told = { readonly owner: CustomerId; readonly offset: number; readonly corrects: number | null } & {
  readonly type: string;
  readonly data: JsonObject;
};

/** Facts in order of arrival, mostly of the first person: late, of one instant, corrected, reversed. */
export const anyFacts = (maxLength: number): fc.Arbitrary<readonly Told[]> =>
  fc.array(
    fc
      .tuple(
        fc.oneof({ weight: 3, arbitrary: fc.constant(people[0]) }, { weight: 1, arbitrary: person }),
        anyEdge,
        fc.option(fc.nat(), { nil: null, freq: 6 }),
        shape,
      )
      .map(([owner, offset, corrects, rest]) => ({ owner, offset, corrects, ...rest })),
    { maxLength, size: "max" },
  );

/** The same as events of the log; a reversal always names a transaction where there is one. */
export function eventsOf(facts: readonly Told[], base: number): RecordedEvent[] {
  return facts.map(({ owner, offset, corrects, type, data }, index) => {
    const ended = type === "transaction-reversed" ? "transaction-posted" : type;
    const places = facts.flatMap((other, at) =>
      other.type === ended && other.owner === owner && at !== index ? [at] : [],
    );
    const wanted = type === "transaction-reversed" ? (corrects ?? 0) : corrects;
    const original = wanted === null ? undefined : places[wanted % Math.max(places.length, 1)];
    // A reversal has to name something.
    const corrected = type === "transaction-reversed" ? eventId("nothing anybody sent") : null;
    const stream = customerStream(owner);
    const name = `fact-${index}`;
    return {
      ...newEvent({ stream, name, type, occurredAt: base + offset, data }),
      ...{ corrects: original === undefined ? corrected : eventId(`fact-${original}`) },
      ...{ position: index + 1, stream, revision: index, recordedAt: base, erased: false, hash: "" },
    };
  });
}

/** Everybody's history, told as the engine tells it. */
export function createWorld() {
  const histories = new Map(people.map(id => [id, createHistory()]));
  const seen = new Map<string, RecordedEvent>();
  const subjectOf = (id: CustomerId): TagSubject | null => {
    const history = histories.get(id);
    return history === undefined ? null : { customerId: id, history, related: subjectOf };
  };
  return {
    subject: subjectOf(people[0]) as TagSubject,
    tell: (event: RecordedEvent): void => {
      const id = people.find(one => customerStream(one) === event.stream) as CustomerId;
      const history = histories.get(id) as ReturnType<typeof createHistory>;
      const original = event.corrects === null ? null : (seen.get(event.corrects) ?? null);
      takeEvent(history, event, original);
      seen.set(event.eventId, event);
      for (const { to, facts } of relationsToTell({ id, history }, event, original))
        for (const fact of facts) hear(histories.get(to) as typeof history, fact);
    },
  };
}
