import fc from "fast-check";
import { customerStream } from "../../../../../src/domain/ids.ts";
import type { JsonObject } from "../../../../../src/domain/json.ts";
import { customerId, type TestFact } from "../../../support/facts.ts";
import { day } from "./springLoans.ts";

/*
 * Facts that a campaign is about, in the order of their arrival: decisions of two campaigns and two assignment versions, assignments and
 * contacts from elsewhere, receipts (of known, unknown and other campaigns' contacts, in any order and twice), responses, KPI facts
 * in two currencies; late, future-dated, reversed and corrected ones.
 */

/** At the edges of days, of outcome windows and of pre-periods, and beside them. */
const instant = fc
  .tuple(fc.integer({ min: -3, max: 9 }), fc.constantFrom(-1, 0, 0, 0, 1, -2 * 3_600_000))
  .map(([days, ms]) => days * day + ms);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const campaignId = fc.constantFrom("spring-loans", "spring-loans", "spring-loans", "autumn");
const channel = maybe(fc.constantFrom("email", "sms"));
const contact = fc.nat({ max: 7 });
const money = fc.record({
  minorUnits: fc.nat({ max: 5000 }),
  currency: fc.constantFrom("CZK", "CZK", "EUR"),
});

type Drawn = { readonly type: string; readonly data: JsonObject; readonly ends?: number | undefined };
const of = (type: string, data: fc.Arbitrary<object>, seldom = 6): fc.Arbitrary<Drawn> =>
  fc.record({
    type: fc.constant(type),
    data: data as fc.Arbitrary<JsonObject>,
    ends: fc.oneof({ weight: seldom, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat() }),
  });

const decision = fc
  .record({
    decisionId: contact.map(number => `contact-${number}`),
    campaignId,
    assignmentVersion: fc.constantFrom(1, 1, 1, 2),
    outcome: fc.constantFrom("send", "send", "skip", "defer"),
    reason: fc.constantFrom("cap", "control", "consent"),
    arm: maybe(fc.constantFrom("a", "control")),
    variant: maybe(fc.constantFrom("plain", "fancy")),
    channel,
    unitCost: maybe(fc.record({ minorUnits: fc.nat({ max: 300 }), currency: fc.constantFrom("CZK", "EUR") })),
    segments: fc.array(fc.constantFrom("students", "savers"), { maxLength: 3 }),
    gates: fc.constant([{ gate: "cap", verdict: "pass" }]),
  })
  .map(decision => ({ ...decision, reason: decision.outcome === "send" ? null : decision.reason }));

const drawn: fc.Arbitrary<Drawn> = fc.oneof(
  { weight: 6, arbitrary: of("campaign-decided", decision, 20) },
  {
    weight: 2,
    arbitrary: of(
      "campaign-assigned",
      fc.record(
        {
          campaignId,
          arm: fc.constantFrom("a", "control"),
          channel: fc.constantFrom("email"),
          variant: fc.constant("plain"),
        },
        { requiredKeys: ["campaignId", "arm"] },
      ),
    ),
  },
  {
    weight: 3,
    arbitrary: of(
      "campaign-contacted",
      fc.record({
        campaignId,
        contactId: contact.map(number => `contact-${number}`),
        channel: fc.constantFrom("phone", "email"),
      }),
    ),
  },
  {
    weight: 6,
    arbitrary: of(
      "delivery-reported",
      fc.record(
        {
          contactId: contact.map(number => `contact-${number}`),
          status: fc.oneof(
            fc.constantFrom("withheld"),
            fc.constantFrom("sent", "delivered", "bounced", "opened", "clicked", "converted", "unsubscribed"),
          ),
          campaignId,
        },
        { requiredKeys: ["contactId", "status"] },
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: of(
      "campaign-responded",
      fc.record(
        {
          campaignId,
          response: fc.constantFrom("accepted", "no thanks"),
          contactId: contact.map(number => `contact-${number}`),
          channel: fc.constant("branch"),
        },
        { requiredKeys: ["campaignId", "response"] },
      ),
    ),
  },
  {
    weight: 8,
    arbitrary: of(
      "transaction-posted",
      fc.record({ account: fc.constant("core/1"), direction: fc.constantFrom("credit", "debit"), amount: money }),
      30,
    ),
  },
  { weight: 2, arbitrary: of("transaction-reversed", fc.constant({ account: "core/1" }), 0) },
  { weight: 2, arbitrary: of("behaviour-observed", fc.constant({ name: "seen" })) },
);

const identity = (people: readonly string[]): fc.Arbitrary<Drawn> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: of(
        "identity-merged",
        fc.constantFrom(...people).map(name => ({ customer: customerId(name) })),
        1e6,
      ),
    },
    { weight: 1, arbitrary: of("identity-split", fc.constant({}), 0) },
  );

/** What a fact of this type names in `corrects`. */
const named: Readonly<Record<string, string>> = {
  "transaction-reversed": "transaction-posted",
  "identity-split": "identity-merged",
};

export function campaignFacts(people: readonly string[], maxLength: number): fc.Arbitrary<TestFact[]> {
  const what =
    people.length === 1
      ? drawn
      : fc.oneof({ weight: 12, arbitrary: drawn }, { weight: 2, arbitrary: identity(people) });
  return fc
    .array(fc.record({ owner: fc.constantFrom(...people), occurredAt: instant, what }), {
      ...{ minLength: 1, maxLength, size: "max" },
    })
    .map(facts =>
      facts.map(({ owner, occurredAt, what }, index) => ({
        ...{ ...what, occurredAt, stream: customerStream(customerId(owner)), name: `fact-${index}` },
      })),
    )
    .map(facts =>
      facts.map(({ ends, ...fact }) => {
        if (ends === undefined) return fact;
        const others = facts.filter(
          ({ type, name, stream }) =>
            type === (named[fact.type] ?? fact.type) &&
            name !== fact.name &&
            (isIdentity(fact) || stream === fact.stream),
        );
        const ended = others[ends % Math.max(1, others.length)];
        if (ended === undefined) return { ...fact, corrects: "nothing anybody sent" };
        const { stream, data, name } = ended;
        return isIdentity(fact) ? { ...fact, stream, data, corrects: name } : { ...fact, corrects: name };
      }),
    );
}

const isIdentity = ({ type }: { readonly type: string }): boolean => type === "identity-split";
