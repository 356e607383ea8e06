import { expect, test } from "vitest";
import { checkTags } from "../../../src/domain/tag/check/checkTags.ts";
import type { TagDefinition } from "../../../src/domain/tag/definition.ts";
import type { OutsideExpression, OutsideRule, OutsideValueType } from "../../../src/domain/tag/outside.ts";
import { parseDefinition } from "../../../src/domain/tag/parse/parseDefinition.ts";
import { standards } from "../../../src/intake/standards.ts";
import { shippedFields } from "./shippedFields.ts";

const defined = (code: string, type: OutsideValueType, rule: OutsideRule = { manual: true }): TagDefinition => {
  const about = { code, name: code, category: "test", owner: "testers", description: "Of a test." };
  const parsed = parseDefinition({ ...about, type, rule }, { standards, fields: shippedFields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal));
  return parsed.value;
};
const number: OutsideValueType = { number: { decimals: 4 } };
const boolean: OutsideValueType = { boolean: true };
const czk: OutsideValueType = { money: { currency: "CZK" } };
const others = [
  defined("spend", czk),
  defined("income", czk),
  defined("abroad", { money: { currency: "EUR" } }),
  defined("visits", { number: { unit: "visits" } }),
  defined("age", { number: { unit: "years" } }),
  defined("rate", { number: { decimals: 4 } }),
  defined("vip", boolean),
  defined("born", { date: { zone: "Europe/Prague" } }),
  defined("tier", { enumeration: { values: ["gold", "silver"] } }),
  defined("city", { text: true }),
  defined("hobbies", { set: true }),
  defined("married", boolean, { relation: { kinds: ["spouse"], measure: "any", of: "vip" } }),
  defined("lucky", boolean, { formula: { any: [{ tag: "married" }, { tag: "vip" }] } }),
];
const faultsOf = (type: OutsideValueType, rule: OutsideRule) =>
  checkTags(defined("mine", type, rule), code => {
    const definition = others.find(other => other.code === code);
    return definition === undefined
      ? { kind: "unusable", code: "unknown-tag", message: `there is no tag ${code}` }
      : { kind: "usable", definition };
  });
const formula = (type: OutsideValueType, expression: OutsideExpression): string[] =>
  faultsOf(type, { formula: expression }).map(({ field, code }) => `${field} ${code}`);
const tag = (code: string): OutsideExpression => ({ tag: code });
const crowns = (amount: string): OutsideExpression => ({ money: { amount, currency: "CZK" } });
const at = "rule.formula";

test("money goes with money of its currency, numbers with numbers of their unit", () => {
  expect(formula(czk, { add: [tag("spend"), tag("income"), crowns("1.50")] })).toEqual([]);
  expect(formula(czk, { add: [tag("spend"), tag("visits")] })).toEqual([`${at}.add[1] type-mismatch`]);
  expect(formula(czk, { add: [tag("spend"), tag("abroad")] })).toEqual([`${at}.add[1] currency-mismatch`]);
  expect(formula(number, { subtract: [tag("age"), tag("visits")] })).toEqual([`${at}.subtract[1] unit-mismatch`]);
  expect(formula(number, { subtract: [tag("age"), { number: 18 }] })).toEqual([]);
  expect(formula({ number: { unit: "days" } }, { add: [tag("age")] })).toEqual([`${at} unit-mismatch`]);
  expect(formula(czk, { add: [tag("city"), tag("spend")] })).toEqual([`${at}.add[0] type-mismatch`]);
  expect(formula(number, { add: [tag("spend")] })).toEqual([`${at} type-mismatch`]);
});

test("money times a number is money, money by money a number", () => {
  expect(formula(czk, { multiply: [tag("spend"), { number: "1.21" }, tag("rate")] })).toEqual([]);
  expect(formula(czk, { multiply: [tag("spend"), tag("income")] })).toEqual([`${at}.multiply[1] type-mismatch`]);
  expect(formula(number, { divide: [tag("spend"), tag("income")] })).toEqual([]);
  expect(formula(czk, { divide: [tag("spend"), tag("visits")] })).toEqual([]);
  expect(formula(number, { divide: [tag("spend"), tag("abroad")] })).toEqual([`${at}.divide[1] currency-mismatch`]);
  expect(formula(number, { divide: [tag("visits"), tag("spend")] })).toEqual([`${at}.divide[1] type-mismatch`]);
  expect(formula(czk, { divide: [tag("spend"), tag("income")] })).toEqual([`${at} type-mismatch`]);
});

test("only what is alike is compared", () => {
  expect(formula(boolean, { equal: [tag("tier"), { text: "gold" }] })).toEqual([]);
  expect(formula(boolean, { equal: [tag("tier"), { text: "platinum" }] })).toEqual([`${at}.equal[1] not-allowed`]);
  expect(formula(boolean, { equal: [tag("city"), { text: "Brno" }] })).toEqual([]);
  expect(formula(boolean, { atLeast: [tag("spend"), tag("visits")] })).toEqual([`${at}.atLeast[1] type-mismatch`]);
  expect(formula(boolean, { lessThan: [tag("city"), tag("city")] })).toEqual([
    `${at}.lessThan[0] type-mismatch`,
    `${at}.lessThan[1] type-mismatch`,
  ]);
  expect(formula(boolean, { in: { of: tag("tier"), values: ["gold", "bronze"] } })).toEqual([
    `${at}.in.values[1] not-allowed`,
  ]);
  expect(formula(boolean, { in: { of: tag("hobbies"), values: ["chess"] } })).toEqual([]);
  expect(formula(boolean, { in: { of: tag("visits"), values: ["1"] } })).toEqual([`${at}.in.of type-mismatch`]);
});

test("conditions are true or false, branches of one type, and the result is the tag's", () => {
  const choice = (when: OutsideExpression, then: OutsideExpression, otherwise: OutsideExpression) => ({
    if: { when, then, else: otherwise },
  });
  expect(formula(czk, choice(tag("vip"), tag("spend"), crowns("0")))).toEqual([]);
  expect(formula(czk, choice(tag("visits"), tag("spend"), tag("city")))).toEqual([`${at}.if.when type-mismatch`]);
  expect(formula(czk, choice(tag("vip"), tag("spend"), tag("city")))).toEqual([`${at}.if.else type-mismatch`]);
  const tiers = { enumeration: { values: ["gold", "silver", "none"] } };
  expect(formula(tiers, choice(tag("vip"), tag("tier"), { text: "none" }))).toEqual([]);
  expect(formula(tiers, choice(tag("vip"), tag("tier"), { text: "never" }))).toEqual([`${at} not-allowed`]);
  expect(formula(tiers, tag("city"))).toEqual([`${at} type-mismatch`]);
  expect(formula({ text: true }, tag("tier"))).toEqual([]);
  expect(formula(boolean, { all: [tag("vip"), { not: tag("visits") }, { exists: tag("city") }] })).toEqual([
    `${at}.all[1].not type-mismatch`,
  ]);
  expect(formula(number, { coalesce: [tag("rate"), tag("city")] })).toEqual([`${at}.coalesce[1] type-mismatch`]);
  expect(formula({ number: { unit: "years" } }, { yearsSince: { of: tag("born"), zone: "Europe/Prague" } })).toEqual(
    [],
  );
  expect(formula(number, { daysSince: { of: tag("age"), zone: "Europe/Prague" } })).toEqual([
    `${at}.daysSince.of type-mismatch`,
  ]);
  expect(
    faultsOf(boolean, { tiers: { tiers: [{ value: true, when: tag("visits") }] } }).map(({ field }) => field),
  ).toEqual(["rule.tiers.tiers[0].when"]);
});

test("every unknown tag is named where it first stands, and once", () => {
  expect(formula(number, { add: [tag("x"), tag("y"), tag("x")] })).toEqual([
    `${at}.add[0].tag unknown-tag`,
    `${at}.add[1].tag unknown-tag`,
  ]);
});

test("related customers are looked at by fitting tags of their own", () => {
  const relation = (measure: "any" | "all" | "sum" | "count", of: string, type: OutsideValueType) =>
    faultsOf(type, { relation: { kinds: ["spouse"], measure, of } }).map(({ field, code }) => `${field} ${code}`);
  const path = "rule.relation.of";
  expect(relation("any", "spend", boolean)).toEqual([`${path} type-mismatch`]);
  expect(relation("count", "vip", { number: {} })).toEqual([]);
  expect(relation("count", "city", { number: {} })).toEqual([`${path} type-mismatch`]);
  expect(relation("sum", "spend", czk)).toEqual([]);
  expect(relation("sum", "abroad", czk)).toEqual([`${path} currency-mismatch`]);
  expect(relation("sum", "city", czk)).toEqual([`${path} type-mismatch`]);
  expect(relation("sum", "rate", { number: { decimals: 2 } })).toEqual([`${path} type-mismatch`]);
  expect(relation("any", "married", boolean)).toEqual([`${path} relation-over-relation`]);
  expect(relation("any", "lucky", boolean)).toEqual([`${path} relation-over-relation`]);
});

test("models get what they can work with", () => {
  const inputs = { recency: "born", frequency: "visits", monetary: "spend" };
  const rfm = (change: object) =>
    faultsOf({ text: true }, { rfm: { output: "cell", ...inputs, ...change } }).map(({ field }) => field);
  expect(rfm({})).toEqual([]);
  expect(rfm({ recency: "city", frequency: "spend", monetary: "vip" })).toEqual([
    "rule.rfm.recency",
    "rule.rfm.frequency",
    "rule.rfm.monetary",
  ]);
  expect(faultsOf(number, { lookAlike: { seed: "spend", features: ["age", "tier"] } })).toMatchObject([
    { field: "rule.lookAlike.seed", code: "type-mismatch" },
  ]);
});
