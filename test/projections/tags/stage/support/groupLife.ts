import fc from "fast-check";
import { customerStream } from "../../../../../src/domain/ids.ts";
import type { JsonObject } from "../../../../../src/domain/json.ts";
import { customerId, type TestFact } from "../../../support/facts.ts";
import { day } from "./definitions.ts";

/*
 * Facts of four customers who are merged, split, merged again and in chains, in the order of their arrival: late and future-dated
 * ones, reversals and corrections before and after what they end, of one's own facts and of others'.
 */

export const people = ["ada", "bo", "cleo", "dan"] as const;
const person = fc.constantFrom(...people);
/** Beside and at the edges of whole days, which all windows are made of. */
export const instant = fc
  .tuple(fc.integer({ min: -2, max: 9 }), fc.constantFrom(-1, 0, 0, 1))
  .map(([days, ms]) => days * day + ms);

type Drawn = {
  readonly type: string;
  readonly data: JsonObject;
  /** Which fact of the type that it ends, of all there are. */
  readonly ends?: number | undefined;
};

const never = fc.constant(undefined);
const always = fc.nat();
const seldom = fc.oneof({ weight: 3, arbitrary: never }, { weight: 1, arbitrary: always });
const of = (
  type: string,
  data: fc.Arbitrary<object>,
  ends: fc.Arbitrary<number | undefined> = seldom,
): fc.Arbitrary<Drawn> => fc.record({ data, ends }).map(({ data, ends }) => ({ type, data: data as JsonObject, ends }));

const attributes = fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("x", "y", "z", null));
const consent = fc.constant({ channel: "a", purpose: "a" });
const drawn = (owner: string): fc.Arbitrary<Drawn> =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: of(
        "transaction-posted",
        fc.record({
          account: fc.constantFrom(`core/${owner}-1`, `core/${owner}-2`),
          direction: fc.constantFrom("credit", "debit"),
          amount: fc.nat({ max: 50_000 }).map(minorUnits => ({ minorUnits, currency: "CZK" })),
        }),
      ),
    },
    { weight: 3, arbitrary: of("transaction-reversed", fc.constant({ account: `core/${owner}-1` }), always) },
    { weight: 2, arbitrary: of("behaviour-observed", fc.constant({ name: "seen" })) },
    { weight: 2, arbitrary: of("customer-registered", fc.record({ attributes })) },
    { weight: 3, arbitrary: of("customer-attributes-changed", fc.record({ attributes }), fc.oneof(never, always)) },
    { weight: 3, arbitrary: of("consent-granted", consent) },
    { weight: 3, arbitrary: of("consent-withdrawn", consent) },
    { weight: 2, arbitrary: of("card-issued", fc.record({ cardId: fc.constantFrom("1", "2") })) },
    {
      weight: 1,
      arbitrary: of(
        "card-status-changed",
        fc.record({ cardId: fc.constantFrom("1", "2"), status: fc.constantFrom("active", "blocked") }),
      ),
    },
    {
      weight: 4,
      arbitrary: of(
        "relationship-established",
        fc.record({
          relationshipId: fc.constantFrom("r", "s"),
          kind: fc.constantFrom("spouse", "owner"),
          customer: person.map(customerId),
        }),
      ),
    },
    { weight: 2, arbitrary: of("relationship-ended", fc.record({ relationshipId: fc.constantFrom("r", "s") })) },
    { weight: 4, arbitrary: of("identity-merged", fc.record({ customer: person.map(customerId) }), never) },
    { weight: 3, arbitrary: of("identity-split", fc.constant({}), always) },
  );

const fact = fc
  .record({ owner: person, occurredAt: instant })
  .chain(({ owner, occurredAt }) =>
    drawn(owner).map(drawn => ({ ...drawn, occurredAt, stream: customerStream(customerId(owner)) })),
  );

/** What a fact of this type names in `corrects`. */
const named: Readonly<Record<string, string>> = {
  "transaction-reversed": "transaction-posted",
  "identity-split": "identity-merged",
};

export const groupFacts = (maxLength: number): fc.Arbitrary<TestFact[]> =>
  fc
    .array(fact, { minLength: 1, maxLength, size: "max" })
    .map(facts => facts.map((fact, index) => ({ ...fact, name: `fact-${index}` })))
    .map(facts =>
      facts.map(({ ends, ...fact }) => {
        if (ends === undefined) return fact;
        const others = facts.filter(
          ({ type, name, stream }) =>
            type === (named[fact.type] ?? fact.type) &&
            name !== fact.name &&
            (fact.type !== "transaction-reversed" || stream === fact.stream), // of anybody else's it would be poison
        );
        const ended = others[ends % Math.max(1, others.length)];
        if (ended === undefined) return { ...fact, corrects: "nothing anybody sent" };
        const { stream, data, name } = ended;
        return fact.type === "identity-split" ? { ...fact, stream, data, corrects: name } : { ...fact, corrects: name };
      }),
    );

const isIdentity = ({ type }: TestFact): boolean => type === "identity-merged" || type === "identity-split";

/** The same log, had nobody ever been merged; every fact keeps its position. */
export const withoutMerges = (facts: readonly TestFact[]): TestFact[] =>
  facts.map(fact => {
    if (!isIdentity(fact)) return fact;
    const { corrects: _, ...rest } = fact;
    return { ...rest, type: "noted" };
  });
