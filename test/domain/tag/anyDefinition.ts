import fc from "fast-check";
import type {
  OutsideDefinition,
  OutsideExpression,
  OutsideFilter,
  OutsideRule,
  OutsideValueType,
  OutsideWindow,
} from "../../../src/domain/tag/outside.ts";

/* Definitions in their outside form that make sense by the shipped fact schemas, written in every way that there is. */

const zone = fc.constantFrom("Europe/Prague", "America/New_York", "Asia/Kolkata", "UTC");
const currency = fc.constantFrom("CZK", "EUR", "JPY", "KWD");
const code = fc.constantFrom("a", "spend-30d", "x1", "one-two-3");
const word = fc.stringMatching(/^[A-Za-z0-9 ,'"]{0,8}[a-z]$/);
const decimals = fc.integer({ min: 0, max: 9 });
const decimalText = (digits: number) =>
  fc
    .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.nat(10 ** digits - 1))
    .map(([whole, rest]) => (digits === 0 ? String(whole) : `${whole}.${String(rest).padStart(digits, "0")}`));
const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
const literal = (digits: number): fc.Arbitrary<string | number> => fc.oneof(decimalText(digits), whole);
const digitsOf: Readonly<Record<string, number>> = { CZK: 2, EUR: 2, JPY: 0, KWD: 3 };
const amount = (of: string) => literal(digitsOf[of] ?? 0);
const instant = fc
  .date({ min: new Date("1970-01-01"), max: new Date("2090-01-01"), noInvalidDate: true })
  .map(date => date.toISOString());
const day = instant.map(text => text.slice(0, 10));

const window: fc.Arbitrary<OutsideWindow> = fc.oneof(
  fc.constant({ lifetime: true } as const),
  fc.record({ rolling: fc.constantFrom("P30D", "P2W", "PT1.5S", "P1DT12H", "PT90M") }),
  fc.record({ ago: fc.record({ from: fc.constantFrom("P60D", "P61D"), to: fc.constantFrom("P30D", "PT1S") }) }),
  fc
    .record({
      from: fc.oneof(instant, day).map(text => text.replace(/^\d{4}/, "1999")),
      to: fc.oneof(instant, day).map(text => text.replace(/^\d{4}/, "2008")),
      zone,
    })
    .map(bounds => ({ absolute: bounds }))
    .filter(({ absolute }) => !/(1999)-02-29/.test(absolute.from)),
  fc.record({
    calendar: fc.record(
      {
        unit: fc.constantFrom("day", "week", "month", "quarter", "year"),
        previous: fc.integer({ min: 0, max: 20 }),
        current: fc.boolean(),
        zone,
      },
      { requiredKeys: ["unit", "zone"] },
    ),
  }),
);

const moneyCondition = currency.chain(of =>
  fc.record({
    field: fc.constantFrom("amount", "balanceAfter"),
    as: fc.constant({ money: { currency: of } }),
    comparison: fc.constantFrom("equals", "lessThan", "atMost", "moreThan", "atLeast", "in"),
    value: amount(of),
  }),
);
const condition: fc.Arbitrary<OutsideFilter> = fc.oneof(
  fc.record({ field: fc.constant("direction"), equals: fc.constantFrom("credit", "debit") }),
  fc.record({
    field: fc.constantFrom("purpose", "mcc", "details.x"),
    in: fc.array(word, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ field: fc.constant("sequence"), equals: fc.nat(9) }),
  fc.record({ field: fc.constant("sequence"), atMost: fc.nat(9) }),
  fc.record({ field: fc.constant("details.flag"), equals: fc.oneof(fc.boolean(), whole, word) }),
  fc.record({ field: fc.constant("details.n"), moreThan: whole }),
  fc.record({
    field: fc.constant("details.n"),
    lessThan: decimalText(2),
    as: fc.constant({ decimal: { decimals: 2 } }),
  }),
  fc.record({ field: fc.constant("details.n"), equals: decimalText(1), as: fc.constant({ decimal: { decimals: 3 } }) }),
  zone.chain(of =>
    fc.record({
      field: fc.constant("details.on"),
      atLeast: fc.oneof(day, instant),
      as: fc.constant({ date: { zone: of } }),
    }),
  ),
  fc.record({ field: fc.constant("purpose"), startsWith: word }),
  fc.record({ field: fc.constantFrom("amount", "cardId", "amount.currency"), exists: fc.constant(true as const) }),
  moneyCondition.map(({ field, as, comparison, value }) => ({
    field,
    as,
    [comparison]: comparison === "in" ? [value] : value,
  })),
);
const { filter } = fc.letrec<{ filter: OutsideFilter }>(tie => ({
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    condition,
    fc.record({ not: tie("filter") }),
    fc.record({ all: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }) }),
  ),
}));

const constant: fc.Arbitrary<OutsideExpression> = fc.oneof(
  decimals.chain(digits => fc.record({ number: literal(digits) })),
  currency.chain(of => fc.record({ money: fc.record({ amount: amount(of), currency: fc.constant(of) }) })),
  fc.record({ boolean: fc.boolean() }),
  fc.record({ text: word }),
  fc.record({ date: fc.record({ at: fc.oneof(day, instant), zone }) }),
  fc.record({ set: fc.array(word, { maxLength: 3 }) }),
);
const named = (name: string, of: fc.Arbitrary<unknown>): fc.Arbitrary<OutsideExpression> =>
  of.map(operands => ({ [name]: operands }) as OutsideExpression);
const { expression } = fc.letrec<{ expression: OutsideExpression }>(tie => {
  const inner = tie("expression");
  const list = fc.array(inner, { minLength: 1, maxLength: 3 });
  const pair = fc.tuple(inner, inner);
  return {
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.record({ tag: code }),
      constant,
      ...["add", "multiply", "minimum", "maximum", "all", "any", "coalesce"].map(name => named(name, list)),
      ...["subtract", "divide", "equal", "notEqual", "lessThan", "atMost", "moreThan", "atLeast"].map(name =>
        named(name, pair),
      ),
      named("not", inner),
      named("exists", inner),
      named("in", fc.record({ of: inner, values: fc.array(word, { minLength: 1, maxLength: 3 }) })),
      // biome-ignore lint/suspicious/noThenProperty: the outside form of a choice
      named("if", fc.record({ when: inner, then: inner, else: inner })),
      named("daysSince", fc.record({ of: inner, zone })),
      named("yearsSince", fc.record({ of: inner, zone })),
    ),
  };
});

type Typed = { readonly type: OutsideValueType; readonly rule: OutsideRule };
const typed = (type: fc.Arbitrary<OutsideValueType>, rule: fc.Arbitrary<OutsideRule>): fc.Arbitrary<Typed> =>
  fc.record({ type, rule });
const text = fc.constant<OutsideValueType>({ text: true });
const wholeNumber = fc.constantFrom<OutsideValueType>({ number: {} }, { number: { decimals: 0, unit: "points" } });
const facts = fc.record(
  { types: fc.constant(["transaction-posted"]), where: filter, window },
  { requiredKeys: ["types"] },
);
const statistic = (measure: fc.Arbitrary<object>): fc.Arbitrary<OutsideRule> =>
  fc.record({ statistic: fc.record({ measure, facts }) }) as fc.Arbitrary<OutsideRule>;
const attribute = (of: fc.Arbitrary<object>): fc.Arbitrary<OutsideRule> =>
  fc.record({ attribute: of }) as fc.Arbitrary<OutsideRule>;

const anyRule: fc.Arbitrary<Typed> = fc.oneof(
  currency.chain(of =>
    typed(
      fc.constant({ money: { currency: of } }),
      fc.oneof(
        statistic(
          fc.constantFrom(...["sum", "average", "minimum", "last"].map(kind => ({ [kind]: { field: "amount" } }))),
        ),
        attribute(fc.constant({ balance: { currency: of } })),
        fc.record({
          tiers: fc.record(
            {
              tiers: fc.array(fc.record({ value: amount(of), when: expression }), { minLength: 1, maxLength: 3 }),
              otherwise: amount(of),
            },
            { requiredKeys: ["tiers"] },
          ),
        }),
        fc.record({ formula: expression }),
      ),
    ),
  ),
  typed(
    wholeNumber,
    fc.oneof(
      statistic(
        fc.constantFrom<object>(
          { count: true },
          { sum: { field: "sequence" } },
          { distinct: { field: "merchant" } },
          { distinct: { field: "amount", as: { money: { currency: "CZK" } } } },
        ),
      ),
      attribute(
        fc.record({ standing: fc.record({ what: fc.constantFrom("card", "standing-order", "relationship") }) }),
      ),
      fc.record({ relation: fc.record({ kinds: fc.constant(["spouse"]), measure: fc.constant("count" as const) }) }),
      fc.record({ score: fc.record({ model: word }) }),
      fc.record({
        lookAlike: fc.record({ seed: code, features: fc.array(code, { minLength: 1, maxLength: 3 }) }),
      }),
      fc.record({ manual: fc.constant(true as const) }),
    ),
  ),
  zone.chain(of =>
    typed(
      fc.constant({ date: { zone: of } }),
      fc.oneof(
        statistic(fc.constantFrom({ maximum: { field: "occurredAt" } }, { first: { field: "occurredAt" } })),
        attribute(fc.constantFrom<object>({ registeredAt: true }, { profile: { name: "birthDate" } })),
        fc.record({ tiers: fc.record({ tiers: fc.tuple(fc.record({ value: day, when: expression })) }) }),
      ),
    ),
  ),
  typed(
    text,
    fc.oneof(
      statistic(fc.constant({ mostFrequent: { field: "merchant" } })),
      attribute(fc.constant({ preference: { name: "contact.channel", as: { text: true } } })),
      fc.record({
        rfm: fc.record(
          {
            output: fc.constant("cell" as const),
            recency: code,
            frequency: code,
            monetary: code,
            groups: fc.integer({ min: 2, max: 9 }),
            tieSystem: word,
          },
          { requiredKeys: ["output", "recency", "frequency", "monetary"] },
        ),
      }),
    ),
  ),
  typed(fc.constant<OutsideValueType>({ set: true }), statistic(fc.constant({ set: { field: "purpose" } }))),
  typed(
    fc.constant<OutsideValueType>({ boolean: true }),
    fc.oneof(
      attribute(fc.record({ consent: fc.record({ channel: word, purpose: word }) })),
      fc.record({
        relation: fc.record({
          kinds: fc.constant(["spouse", "child"]),
          measure: fc.constantFrom("any", "all"),
          of: code,
          direction: fc.constantFrom("outgoing", "incoming", "both"),
          includeSelf: fc.boolean(),
        }),
      }),
    ),
  ),
);

export const anyDefinition: fc.Arbitrary<OutsideDefinition> = fc
  .record({
    about: fc.record(
      {
        code,
        name: word,
        category: fc.constantFrom("a", "behaviour/payments"),
        owner: word,
        description: word,
        sensitivity: fc.constantFrom("public", "internal", "confidential", "restricted"),
      },
      { requiredKeys: ["code", "name", "category", "owner", "description"] },
    ),
    typed: anyRule,
  })
  .map(({ about, typed: { type, rule } }) => ({ ...about, type, rule }) as OutsideDefinition);
