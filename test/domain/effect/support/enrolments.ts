import fc from "fast-check";
import type { Counter, Enrolment, EnrolmentDay } from "../../../../src/domain/effect/enrolment.ts";

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const channel = maybe(fc.constantFrom("email", "sms"));
const counter = fc.constantFrom<Counter>(
  ...(["assigned", "decided", "sends", "contacts", "sent", "opened", "unsubscribed", "deferred"] as const),
  ...(["skips\tcap", "skips\tholdout", "saved\tcap\tCZK", "cost\tCZK", "cost\tEUR", "response\tno thanks"] as const),
  ...(["kpi\t0\tconverted", "kpi\t1\tconverted", "kpi\t1\ttotal"] as const),
);
const days = fc
  .uniqueArray(
    fc.record({
      day: fc.integer({ min: 19_000, max: 19_003 }),
      channel,
      counts: fc.dictionary(counter, fc.integer({ min: 1, max: 9 }), { minKeys: 1 }),
    }),
    { selector: ({ day, channel }) => `${day} ${channel}`, maxLength: 4 },
  )
  .map(days =>
    days.map(
      ({ day, channel, counts }): EnrolmentDay => ({
        ...{ day, channel },
        counts: new Map(Object.entries(counts) as [Counter, number][]),
      }),
    ),
  );

/** Two KPIs: a conversion, and a total whose squares leave the safe integers. */
export const enrolments: fc.Arbitrary<Enrolment> = fc.record({
  assigned: maybe(fc.record({ arm: fc.constantFrom("a", "b", "control"), at: fc.nat() })),
  variant: maybe(fc.constantFrom("plain", "fancy")),
  channel,
  segments: fc.constantFrom([], ["savers"], ["savers", "students"]),
  days,
  outcomes: fc
    .tuple(fc.boolean(), fc.boolean(), fc.nat({ max: 5 }), fc.integer({ min: -1e12, max: 1e12 }), fc.nat({ max: 1e12 }))
    .map(([converted, before, facts, total, x]) => [
      { facts: Number(converted), y: Number(converted), x: Number(before) },
      { facts, y: facts === 0 ? 0 : total, x },
    ]),
});
