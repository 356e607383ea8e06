import { expect, test } from "vitest";
import type {
  OutsideDefinition,
  OutsideFilter,
  OutsideMeasure,
  OutsideRule,
  OutsideWindow,
} from "../../../src/domain/tag/outside.ts";
import { parseDefinition } from "../../../src/domain/tag/parse/parseDefinition.ts";
import { standards } from "../../../src/intake/standards.ts";
import { shippedFields } from "./shippedFields.ts";

const parse = (json: unknown) => parseDefinition(json, { standards, fields: shippedFields });
const base = {
  code: "spend-30d",
  name: "Spend, 30 days",
  category: "behaviour/payments",
  owner: "payments",
  description: "What left.",
  type: { money: { currency: "CZK" } },
} as const;
const statistic = (measure: OutsideMeasure = { sum: { field: "amount" } }, facts: object = {}): OutsideRule => ({
  statistic: { measure, facts: { types: ["transaction-posted"], ...facts } },
});
const faultsOf = (change: object): string[] => {
  const parsed = parse({ ...base, rule: statistic(), ...change });
  return parsed.ok ? [] : parsed.refusal.map(({ field, code }) => `${field} ${code}`);
};
const messageOf = (change: object): string => {
  const parsed = parse({ ...base, rule: statistic(), ...change });
  return parsed.ok ? "" : parsed.refusal.map(({ message }) => message).join("; ");
};
const ruleOf = (change: Partial<OutsideDefinition>) => {
  const parsed = parse({ ...base, rule: statistic(), ...change });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal, null, 1));
  return parsed.value.rule;
};
const where = (filter: unknown) => ({ rule: statistic(undefined, { where: filter }) });
const window = (outside: unknown) => ({ rule: statistic(undefined, { window: outside }) });
const at = "rule.statistic.facts";

test("the definition of the guide is read", () => {
  const parsed = parse({
    ...base,
    sensitivity: "internal",
    rule: statistic(undefined, {
      where: {
        all: [
          { field: "direction", equals: "debit" },
          { not: { field: "purpose", in: ["statement-fee"] } },
          { field: "amount", atLeast: "12.30" },
        ],
      },
      window: { rolling: "P30D" },
    }),
  });
  expect(parsed).toEqual({
    ok: true,
    value: {
      ...base,
      sensitivity: "internal",
      type: { kind: "money", currency: "CZK" },
      rule: {
        kind: "statistic",
        measure: { kind: "sum", field: "amount", form: { kind: "money", currency: "CZK" } },
        facts: {
          types: ["transaction-posted"],
          where: {
            kind: "all",
            of: [
              { kind: "in", field: "direction", values: ["debit"] },
              { kind: "not", of: { kind: "in", field: "purpose", values: ["statement-fee"] } },
              {
                kind: "compare",
                field: "amount",
                operator: ">=",
                value: 1230,
                as: { kind: "money", currency: "CZK" },
              },
            ],
          },
          window: { kind: "rolling", length: 30 * 86_400_000 },
        },
      },
    },
  });
});

test("everything wrong is told at once, each with its path", () => {
  expect(
    faultsOf({
      code: "Spend",
      name: "",
      category: "a//b",
      owner: 7,
      description: undefined,
      sensitivity: "secret",
      colour: "red",
      rule: statistic(
        { sum: { field: "amonut" } },
        {
          types: ["transaction-posted", "transaction-lost"],
          where: { all: [{ field: "direction", equals: "debit" }, { not: { field: "purpos", in: ["x"] } }] },
          window: { rolling: "-P1D" },
        },
      ),
    }),
  ).toEqual([
    "colour unknown-field",
    "code malformed",
    "name empty",
    "category malformed",
    "owner wrong-type",
    "description missing",
    "sensitivity not-allowed",
    `${at}.types[1] unknown-type`,
    `${at}.where.all[1].not.field unknown-field`,
    `${at}.window.rolling out-of-range`,
    "rule.statistic.measure.sum.field unknown-field",
  ]);
  expect(messageOf(where({ field: "purpos", equals: "x" }))).toContain(
    "there is no purpos on transaction-posted; there are",
  );
});

test("anything at all is read or refused, never thrown at", () => {
  const deep = (levels: number): unknown => {
    let expression: unknown = { tag: "x" };
    for (let level = 0; level < levels; level += 1) expression = { not: expression };
    return expression;
  };
  for (const json of [null, undefined, 1, "x", [], {}, { rule: [] }, JSON.parse('{"__proto__": {"code": "x"}}')])
    expect(parse(json).ok).toBe(false);
  expect(faultsOf({ rule: { formula: deep(49) } })).toEqual([]);
  expect(faultsOf({ rule: { formula: deep(50) } }).at(0)).toMatch(/ too-deep$/);
  expect(faultsOf({ rule: { formula: deep(10_000) } })).toEqual([" too-large"]);
  expect(faultsOf(where({ all: Array.from({ length: 1001 }, () => ({ field: "purpose", equals: "x" })) }))).toEqual([
    `${at}.where.all too-many`,
  ]);
  expect(faultsOf(where({ field: "purpose", in: Array.from({ length: 1001 }, String) }))).toEqual([
    `${at}.where.in too-many`,
  ]);
});

test("a choice is made exactly once", () => {
  expect(faultsOf({ rule: {} })).toEqual(["rule missing"]);
  expect(faultsOf({ rule: { manual: true, score: { model: "m" } } })).toEqual(["rule one-of"]);
  expect(faultsOf({ rule: { magic: true } })).toEqual(["rule.magic unknown-field"]);
  expect(faultsOf({ rule: { manual: false } })).toEqual(["rule.manual not-allowed"]);
  expect(faultsOf({ type: { text: true, set: true } })).toEqual(["type one-of"]);
  expect(faultsOf({ rule: { manual: true, score: null } })).toEqual([]);
});

test("windows have a length, and only exact ones", () => {
  const read = (outside: OutsideWindow) => {
    const rule = ruleOf(window(outside) as Partial<OutsideDefinition>);
    return rule.kind === "statistic" ? rule.facts.window : null;
  };
  expect(read({ rolling: "PT36H" })).toEqual({ kind: "rolling", length: 36 * 3_600_000 });
  expect(read({ rolling: "P1W2DT3H4M5.006S" })).toEqual({ kind: "rolling", length: 788_645_006 });
  expect(read({ ago: { from: "P60D", to: "P30D" } })).toEqual({
    kind: "ago",
    from: 60 * 86_400_000,
    to: 30 * 86_400_000,
  });
  expect(read({ calendar: { unit: "month", zone: "Europe/Prague" } })).toMatchObject({ previous: 0 });
  expect(read({ absolute: { from: "2024-03-31", to: "2024-04-01", zone: "Europe/Prague" } })).toEqual({
    kind: "absolute",
    from: Date.parse("2024-03-30T23:00:00Z"),
    to: Date.parse("2024-03-31T22:00:00Z"),
  });
  for (const none of ["P0D", "-P1D", "P-1D", "PT-1S", "P201Y0D", "P80000D"])
    expect(faultsOf(window({ rolling: none }))).toEqual([
      `${at}.window.rolling ${none === "P201Y0D" ? "not-allowed" : "out-of-range"}`,
    ]);
  for (const odd of ["30D", "P", "PT", "P1DT", "30 days", "P1.5D", "PD", ""])
    expect(faultsOf(window({ rolling: odd }))).toEqual([`${at}.window.rolling malformed`]);
  for (const inexact of ["P1M", "P1Y", "P1Y2M3D"])
    expect(messageOf(window({ rolling: inexact }))).toContain("use a calendar window");
  expect(faultsOf(window({ rolling: 30 }))).toEqual([`${at}.window.rolling wrong-type`]);
  expect(faultsOf(window({ ago: { from: "P30D", to: "P30D" } }))).toEqual([`${at}.window.ago empty-window`]);
  expect(faultsOf(window({ calendar: { unit: "month", zone: "Europe/Pargue" } }))).toEqual([
    `${at}.window.calendar.zone unknown-zone`,
  ]);
  expect(faultsOf(window({ calendar: { unit: "fortnight", previous: -1, zone: "+01:00" } }))).toEqual([
    `${at}.window.calendar.unit not-allowed`,
    `${at}.window.calendar.previous out-of-range`,
    `${at}.window.calendar.zone unknown-zone`,
  ]);
  expect(faultsOf(window({ absolute: { from: "2024-01-01", to: "2024-02-30T00:00:00Z" } }))).toEqual([
    `${at}.window.absolute.from zone-needed`,
    `${at}.window.absolute.to malformed`,
  ]);
  expect(faultsOf(window({ absolute: { from: "2024-01-02T00:00:00Z", to: "2024-01-02T01:00:00+01:00" } }))).toEqual([
    `${at}.window.absolute empty-window`,
  ]);
});

test("a field is read after its schema, or as is said", () => {
  const filter = (outside: OutsideFilter, change: object = {}) => {
    const rule = ruleOf({ ...change, ...where(outside) } as Partial<OutsideDefinition>);
    return rule.kind === "statistic" ? rule.facts.where : null;
  };
  const czk = { kind: "money", currency: "CZK" };
  expect(filter({ field: "amount", equals: "5" })).toEqual({
    kind: "all",
    of: [">=", "<="].map(operator => ({ kind: "compare", field: "amount", operator, value: 500, as: czk })),
  });
  expect(filter({ field: "balanceAfter", lessThan: "-1", as: { money: { currency: "JPY" } } })).toMatchObject({
    value: -1,
    as: { currency: "JPY" },
  });
  expect(filter({ field: "sequence", moreThan: 3 })).toMatchObject({ value: 3, as: { kind: "decimal", decimals: 0 } });
  expect(filter({ field: "details.score", atLeast: "0.75", as: { decimal: { decimals: 3 } } })).toMatchObject({
    value: 750,
  });
  expect(filter({ field: "details.cds", equals: 1 })).toEqual({ kind: "in", field: "details.cds", values: [1] });
  expect(filter({ field: "amount", exists: true })).toEqual({ kind: "exists", field: "amount.currency" });
  expect(filter({ field: "mcc", startsWith: "58" })).toEqual({
    kind: "text",
    field: "mcc",
    operator: "startsWith",
    value: "58",
  });
});

test("a condition that the facts cannot answer is refused with what could be", () => {
  const refused = (filter: unknown, path: string, code: string) =>
    expect(faultsOf({ type: { number: {} }, rule: statistic({ count: true }, { where: filter }) })).toEqual([
      `${at}.where${path} ${code}`,
    ]);
  refused({ field: "direction", equals: "out" }, ".equals", "not-allowed");
  refused({ field: "direction", in: ["debit", "Credit"] }, ".in[1]", "not-allowed");
  refused({ field: "amount", atLeast: "10" }, ".as", "currency-needed");
  refused(
    { field: "amount", atLeast: "10", as: { money: { currency: "CZZ" } } },
    ".as.money.currency",
    "unknown-currency",
  );
  refused({ field: "amount", atLeast: "10.001", as: { money: { currency: "CZK" } } }, ".atLeast", "too-precise");
  refused({ field: "amount", atLeast: 0.1, as: { money: { currency: "CZK" } } }, ".atLeast", "malformed");
  refused({ field: "amount", atLeast: "10", as: { text: true } }, ".as", "wrong-form");
  refused({ field: "amount.minorUnits", atLeast: 10 }, ".field", "unknown-field");
  refused({ field: "purpose", atLeast: "a" }, ".atLeast", "wrong-form");
  refused({ field: "details.rate", atLeast: "10" }, ".as", "form-needed");
  refused({ field: "counterparty", equals: "x" }, ".field", "personal");
  refused({ field: "details.iban", exists: true }, ".field", "personal");
  refused({ field: "transactionId", exists: true }, ".field", "not-kept");
  refused({ field: "occurredAt", moreThan: "2024-01-01" }, ".field", "not-allowed");
  refused({ field: "sequence", contains: "1" }, ".contains", "wrong-form");
  refused({ field: "purpose" }, "", "one-of");
  refused({ field: "purpose", equals: "a", contains: "b" }, "", "one-of");
  refused({ field: "purpose", exists: false }, ".exists", "not-allowed");
  refused({ field: "purpose", any: [] }, "", "one-of");
  refused({ any: [] }, ".any", "too-few");
  refused({ all: [{ field: "purpose", equals: "x\u0000" }] }, ".all[0].equals", "malformed");
});

test("a measure, its field, the type, the currency and the unit agree", () => {
  const refused = (type: object, measure: OutsideMeasure, ...expected: string[]) =>
    expect(faultsOf({ type, rule: statistic(measure) })).toEqual(expected);
  const measure = "rule.statistic.measure";
  refused(
    { boolean: true },
    { sum: { field: "amount" } },
    `${measure}.sum type-mismatch`,
    `${measure}.sum.field wrong-form`,
  );
  refused({ number: {} }, { sum: { field: "amount" } }, `${measure}.sum.field wrong-form`);
  refused({ money: { currency: "CZK" } }, { sum: { field: "sequence" } }, `${measure}.sum.field wrong-form`);
  refused({ number: {} }, { sum: { field: "purpose" } }, `${measure}.sum.field wrong-form`);
  refused(
    { money: { currency: "CZK" } },
    { sum: { field: "amount", as: { money: { currency: "EUR" } } } },
    `${measure}.sum.as currency-mismatch`,
  );
  refused({ number: { decimals: 2 } }, { count: true }, "type.number.decimals type-mismatch");
  refused({ number: { unit: "weeks" } }, { distinctDays: { zone: "Europe/Prague" } }, "type.number.unit unit-mismatch");
  refused({ text: true }, { count: true }, `${measure}.count type-mismatch`);
  refused(
    { enumeration: { values: ["debit"] } },
    { last: { field: "direction" } },
    "type.enumeration.values values-missing",
  );
  refused({ set: true }, { last: { field: "purpose" } }, `${measure}.last type-mismatch`);
  refused({ number: {} }, { distinct: { field: "amount" } }, `${measure}.distinct.as currency-needed`);
  refused({ date: { zone: "Europe/Prague" } }, { maximum: { field: "occurredAt" } });
  refused({ set: true }, { set: { field: "merchant" } });
  refused({ number: {} }, { distinct: { field: "merchant" } });
});

test("attributes, personal ones too, are read as the tag's type asks", () => {
  expect(
    ruleOf({ type: { date: { zone: "Europe/Prague" } }, rule: { attribute: { profile: { name: "birthDate" } } } }),
  ).toEqual({
    kind: "attribute",
    source: { kind: "attribute", name: "birthDate", form: { kind: "date", zone: "Europe/Prague" } },
  });
  const refused = (type: object, attribute: object, ...expected: string[]) =>
    expect(faultsOf({ type, rule: { attribute } })).toEqual(expected.map(fault => `rule.attribute.${fault}`));
  refused({ money: { currency: "CZK" } }, { profile: { name: "limit" } }, "profile type-mismatch");
  refused({ text: true }, { profile: { name: "1st" } }, "profile.name malformed");
  refused(
    { text: true },
    { consent: { channel: "email", purpose: "" } },
    "consent type-mismatch",
    "consent.purpose empty",
  );
  refused({ money: { currency: "CZK" } }, { balance: { currency: "EUR" } }, "balance.currency currency-mismatch");
  refused({ number: {} }, { standing: { what: "cards" } }, "standing.what not-allowed");
  refused(
    { boolean: true },
    { standing: { what: "loan", where: { field: "principle", exists: true } } },
    "standing.where.field unknown-field",
  );
});

test("values of tiers are of the tag's type", () => {
  const tiers = (value: unknown, type: object) =>
    faultsOf({ type, rule: { tiers: { tiers: [{ value, when: { boolean: true } }], otherwise: value } } });
  const both = (code: string) => [`rule.tiers.tiers[0].value ${code}`, `rule.tiers.otherwise ${code}`];
  expect(tiers("gold", { enumeration: { values: ["silver"] } })).toEqual(both("not-allowed"));
  expect(tiers("1.234", { money: { currency: "CZK" } })).toEqual(both("too-precise"));
  expect(tiers("9007199254740993", { number: {} })).toEqual(both("out-of-range"));
  expect(tiers(["b", "a", "b"], { set: true })).toEqual([]);
  expect(
    ruleOf({ type: { set: true }, rule: { tiers: { tiers: [{ value: ["b", "a", "b"], when: { boolean: true } }] } } }),
  ).toEqual({
    kind: "tiers",
    tiers: [{ value: ["a", "b"], when: { kind: "value", value: true, type: { kind: "boolean" } } }],
    otherwise: null,
  });
});

test("relations, scores and models say what they need", () => {
  expect(faultsOf({ rule: { relation: { kinds: [], measure: "sum" } } })).toEqual([
    "rule.relation.kinds too-few",
    "rule.relation.of missing",
  ]);
  expect(faultsOf({ rule: { relation: { kinds: ["spouse"], measure: "any", of: "x" } } })).toEqual([
    "rule.relation.measure type-mismatch",
  ]);
  expect(faultsOf({ type: { number: { decimals: 2 } }, rule: { score: { model: "m", decimals: 3 } } })).toEqual([
    "rule.score.decimals type-mismatch",
  ]);
  expect(
    faultsOf({ type: { number: {} }, rule: { rfm: { output: "cell", recency: "a", frequency: "b", monetary: "C" } } }),
  ).toEqual(["rule.rfm.monetary malformed", "rule.rfm.output type-mismatch"]);
  expect(faultsOf({ type: { text: true }, rule: { lookAlike: { seed: "a", features: [] } } })).toEqual([
    "rule.lookAlike type-mismatch",
    "rule.lookAlike.features too-few",
  ]);
});
