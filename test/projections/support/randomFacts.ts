import fc from "fast-check";
import { customerStream } from "../../../src/domain/ids.ts";
import type { JsonObject } from "../../../src/domain/json.ts";
import { customerId, type TestFact } from "./facts.ts";

const names = ["ada", "bo", "cleo"] as const;
const name = fc.constantFrom(...names);
/** Few instants, so that late facts and facts of the same instant are common. */
const instant = fc.integer({ min: -2, max: 9 }).map(day => day * 86_400_000);
const key = fc.constantFrom("a", "b", "__proto__", "constructor", "7", "ä𝄞");
const small = fc.integer({ min: 0, max: 50_000 });
/** Now and then a figure that is no exact count: poison. */
const minorUnits = fc.oneof({ weight: 60, arbitrary: small }, { weight: 1, arbitrary: fc.constant(2 ** 53) });
const money = minorUnits.map(minorUnits => ({ minorUnits, currency: "CZK" }));
const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const optional = { requiredKeys: [] as never[] };

type Shape = { readonly type: string; readonly data: JsonObject; readonly corrects?: number };

const shapes = (owner: string): fc.Arbitrary<Shape> => {
  const account = fc.constantFrom(`core/${owner}-1`, `core/${owner}-2`);
  const of = (type: string, data: fc.Arbitrary<object>, extra: fc.Arbitrary<JsonObject> = fc.constant({})) =>
    fc.tuple(data, extra).map(([first, second]) => ({ type, data: { ...first, ...second } as JsonObject }));
  const posted = of(
    "transaction-posted",
    fc.record({ account, direction: fc.constantFrom("credit", "debit"), amount: money }),
    fc.record({ balanceAfter: money, sequence: fc.nat({ max: 2 }), mcc: fc.constant("5411") }, optional),
  );
  return fc.oneof(
    { weight: 8, arbitrary: posted },
    { weight: 2, arbitrary: of("balance-reported", fc.record({ account, balance: money })) },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant("transaction-reversed"),
        data: account.map(ref => ({ account: ref })),
        corrects: fc.nat(),
      }),
    },
    of("customer-registered", fc.record({ attributes: fc.dictionary(key, scalar) })),
    { weight: 2, arbitrary: of("customer-attributes-changed", fc.record({ attributes: fc.dictionary(key, scalar) })) },
    of("identity-linked", fc.record({ system: fc.constant("core"), id: key, primary: fc.boolean() })),
    of(
      "account-opened",
      fc.record({ account }),
      fc.record({ product: key, currency: fc.constant("CZK"), details: fc.dictionary(key, scalar) }, optional),
    ),
    of("account-closed", fc.record({ account })),
    of(
      "holding-changed",
      fc.record({ instrument: key, quantity: fc.constantFrom("0", "1.5", "20") }),
      fc.record({ account, value: money }, optional),
    ),
    of("card-issued", fc.record({ cardId: key }), fc.record({ account, product: key }, optional)),
    of("card-status-changed", fc.record({ cardId: key, status: fc.constantFrom("active", "blocked", "closed") })),
    of("loan-granted", fc.record({ loanId: key, principal: money }), fc.record({ status: key }, optional)),
    of("loan-status-changed", fc.record({ loanId: key, status: key })),
    of("standing-order-set", fc.record({ orderId: key, amount: money }), fc.record({ purpose: key }, optional)),
    of("standing-order-ended", fc.record({ orderId: key })),
    of("preference-set", fc.record({ name: key, value: scalar })),
    of("consent-granted", fc.record({ channel: key, purpose: key })),
    of("consent-withdrawn", fc.record({ channel: key, purpose: key })),
    of(
      "relationship-established",
      fc.record({ relationshipId: key, kind: fc.constantFrom("spouse", "owner") }),
      fc.record({ customer: name.map(customerId), account: fc.constantFrom("core/ada-1", "core/bo-1") }, optional),
    ),
    of("relationship-ended", fc.record({ relationshipId: key })),
    of(
      "merge-proposal-rejected",
      fc.record({ customer: name.map(customerId), proposalId: key, values: fc.array(fc.constantFrom("0a", "0b")) }),
    ),
    of("behaviour-observed", fc.record({ name: key })),
    of("a-type-nobody-has-heard-of", fc.record({ anything: scalar })),
  );
};

/** Now and then one that is told in the place of another of its type. */
const corrected = fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat() });
const customerFact = fc.tuple(name, instant, corrected).chain(([owner, occurredAt, corrects]) =>
  shapes(owner).map(shape => ({
    ...(corrects === undefined ? {} : { corrects }),
    ...{ ...shape, stream: customerStream(customerId(owner)), occurredAt },
  })),
);

/** Refusals and their settling; a settling of what never was refused is poison for that source. */
const quarantineFact = fc
  .tuple(fc.constantFrom("crm", "cards"), fc.nat({ max: 3 }), fc.constantFrom("refused", "accepted", "discarded"))
  .map(([source, number, what]) => {
    const quarantineId = `q-${source}-${number}`;
    const refused = { factType: "call-recorded", faults: [{ field: "data", code: "x", message: "y" }], form: "fact" };
    return {
      stream: `source-${source}`,
      source,
      occurredAt: number,
      type: what === "refused" ? "fact-quarantined" : "quarantine-settled",
      data: (what === "refused"
        ? { quarantineId, ...refused }
        : { quarantineId, status: what, acceptedEventId: null, note: "", changed: [] }) as JsonObject,
    };
  });

/** Who is merged into whom, and such merges taken back: often ones that make no sense. */
const identityFact = fc
  .record({
    owner: name,
    occurredAt: instant,
    other: name.map(customerId),
    split: fc.option(fc.nat(), { nil: undefined }),
    wrong: fc.nat({ max: 9 }).map(chance => chance === 0),
  })
  .map(({ owner, occurredAt, other, split, wrong }) => ({
    stream: customerStream(customerId(owner)),
    occurredAt,
    type: split === undefined ? "identity-merged" : "identity-split",
    data: { customer: other } as JsonObject,
    ...(split === undefined ? {} : { corrects: split, wrong }),
  }));

/** Facts in the order of their arrival: late ones, same instants, reversals before and after what they reverse, poison. */
export const randomFacts = (maxLength: number): fc.Arbitrary<TestFact[]> =>
  fc
    .array(
      fc.oneof(
        { weight: 12, arbitrary: customerFact },
        { weight: 1, arbitrary: quarantineFact },
        { weight: 2, arbitrary: identityFact },
      ),
      { minLength: 1, maxLength, size: "max" }, // the default would keep most lives too short for anything to go wrong
    )
    .map(facts => facts.map((fact, index) => ({ ...fact, name: `fact-${index}` })))
    .map(facts =>
      facts.map(fact => {
        if (!("corrects" in fact) || fact.corrects === undefined) return fact as TestFact;
        if (fact.type === "identity-split") return splitting(fact as never, facts);
        const type = fact.type === "transaction-reversed" ? "transaction-posted" : fact.type;
        const own = facts.filter(
          other => other.type === type && other.name !== fact.name && sharesReversal(fact.stream, other.stream),
        );
        const original = own[fact.corrects % Math.max(own.length, 1)];
        return { ...fact, corrects: original?.name ?? "nothing anybody sent" } as TestFact;
      }),
    );

/** Mostly one's own transactions; those of one other customer too, who may be merged with this one. */
const sharesReversal = (stream: string, other: string): boolean =>
  stream === other || (stream === customerStream(customerId("ada")) && other === customerStream(customerId("bo")));

type Split = TestFact & { readonly wrong: boolean } & { readonly corrects: number };

function splitting(
  { wrong, ...split }: Split,
  facts: readonly { readonly name: string; readonly type: string }[],
): TestFact {
  const merges = facts.filter(({ type }) => type === "identity-merged") as TestFact[];
  const merge = merges[split.corrects % Math.max(merges.length, 1)];
  if (merge === undefined || wrong) return { ...split, corrects: merge?.name ?? "nothing anybody sent" };
  return { ...split, stream: merge.stream, data: merge.data, corrects: merge.name };
}
