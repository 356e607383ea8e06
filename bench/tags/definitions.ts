import { TagCode, type TagDefinition } from "../../src/domain/tag/definition.ts";
import type { FactFilter } from "../../src/domain/tag/factSelection.ts";
import type { AttributeSource, Expression, Measure, TagRule } from "../../src/domain/tag/rule.ts";
import type { ValueType } from "../../src/domain/tag/tagValue.ts";
import type { Window } from "../../src/domain/tag/window.ts";

const day = 86_400_000;
const zone = "Europe/Prague";
const euro: ValueType = { kind: "money", currency: "EUR" };
const count: ValueType = { kind: "number", decimals: 0, unit: null };
const text: ValueType = { kind: "text" };
const yes: ValueType = { kind: "boolean" };

const is = (field: string, ...values: string[]): FactFilter => ({ kind: "in", field, values });
const both = (...of: FactFilter[]): FactFilter => ({ kind: "all", of });
const debit = is("direction", "debit");
const credit = is("direction", "credit");
const rolling = (days: number): Window => ({ kind: "rolling", length: days * day });
const month = (previous: number): Window => ({ kind: "calendar", unit: "month", previous, zone });
const lifetime: Window = { kind: "lifetime" };

type Measured = { readonly name: string; readonly type: ValueType; readonly measure: Measure };
const amount = (kind: "sum" | "average" | "maximum" | "minimum"): Measured => ({
  ...{ name: kind, type: euro },
  measure: { kind, field: "amount", form: { kind: "money", currency: "EUR" } },
});
const number: Measured = { name: "count", type: count, measure: { kind: "count" } };
const days: Measured = { name: "days", type: count, measure: { kind: "distinctDays", zone } };
const field = (kind: "distinct" | "mostFrequent" | "last" | "first", name: string): Measured => ({
  ...{ name: `${kind}-${name}`.toLowerCase(), type: kind === "distinct" ? count : text },
  measure: { kind, field: name, form: { kind: "text" } },
});

const payments = { types: ["transaction-posted"] };
const logins = { types: ["behaviour-observed"] };
/** Windowed facts of a card-and-account bank: what each is over, and where it ends. */
const windowedMeasures: readonly (readonly [string, readonly string[], FactFilter | null, Measured])[] = [
  ["spend", payments.types, debit, amount("sum")],
  ["income", payments.types, credit, amount("sum")],
  ["payments", payments.types, debit, number],
  ["groceries", payments.types, both(debit, is("mcc", "5411", "5499")), amount("sum")],
  ["cash", payments.types, is("operation", "cash-withdrawal"), amount("sum")],
  ["largest", payments.types, debit, amount("maximum")],
  ["shops", payments.types, is("operation", "card-purchase"), field("distinct", "merchant")],
  ["paying", payments.types, is("operation", "card-purchase"), days],
  ["salary", payments.types, is("purpose", "salary"), amount("sum")],
  ["logins", logins.types, is("name", "login"), number],
  ["online", logins.types, null, days],
  ["contacts", ["call-recorded", "complaint-recorded"], null, number],
];
const windows: readonly (readonly [string, Window])[] = [
  ["7d", rolling(7)],
  ["30d", rolling(30)],
  ["90d", rolling(90)],
  ["this-month", month(0)],
  ["before-30d", { kind: "ago", from: 60 * day, to: 30 * day }],
];

const purposes = ["salary", "saving", "rent", "energy", "private", "insurance", "phone", "pocket-money", "account-fee"];
const attributes = ["gender", "city", "district", "language", "segment", "maritalStatus", "occupation", "birthDate"];

/** 200 tags as a bank's marketing keeps them, 60 of them over windows that move: each needs only those before it. */
export function bankTags(): TagDefinition[] {
  const tags: TagDefinition[] = [];
  const add = (raw: string, type: ValueType, rule: TagRule): string => {
    const code = TagCode.parse(raw);
    if (code === null || tags.some(tag => tag.code === code)) throw new Error(`"${raw}" is no code of a new tag`);
    tags.push({
      ...{ code, name: raw, category: "bench", owner: "bench", description: "Measured by the bench.", type },
      ...{ sensitivity: "internal", rule },
    });
    return raw;
  };
  const statistic = (
    raw: string,
    { type, measure }: Measured,
    types: readonly string[],
    where: FactFilter | null,
    window: Window,
  ) => add(raw, type, { kind: "statistic", measure, facts: { types, where, window } });
  const attribute = (raw: string, type: ValueType, source: AttributeSource) =>
    add(raw, type, { kind: "attribute", source });
  const tag = (raw: string): Expression => ({ kind: "tag", code: raw as TagCode });
  const value = (of: number, type: ValueType): Expression => ({ kind: "value", value: of, type });
  const more = (left: Expression, right: Expression): Expression => ({ kind: "compare", operator: ">", left, right });

  for (const [name, types, where, measured] of windowedMeasures)
    for (const [when, window] of windows) statistic(`${name}-${when}`, measured, types, where, window);

  for (const purpose of purposes)
    for (const measured of [amount("sum"), amount("average"), amount("maximum"), number, days])
      statistic(`${purpose}-${measured.name}`, measured, payments.types, is("purpose", purpose), lifetime);
  for (const name of ["operation", "purpose", "mcc", "merchant"])
    for (const kind of ["mostFrequent", "last", "first", "distinct"] as const)
      statistic(`${name}-${kind}`.toLowerCase(), field(kind, name), payments.types, null, lifetime);
  statistic("lowest-payment", amount("minimum"), payments.types, debit, lifetime);
  statistic("devices", field("distinct", "properties.device"), logins.types, null, lifetime);
  statistic("answers", number, ["campaign-responded"], null, lifetime);
  statistic("deliveries", number, ["delivery-reported"], null, lifetime);

  for (const name of attributes)
    attribute(`profile-${name}`.toLowerCase(), text, { kind: "attribute", name, form: { kind: "text" } });
  const born = attribute(
    "born",
    { kind: "date", zone },
    { kind: "attribute", name: "birthDate", form: { kind: "date", zone } },
  );
  const since = attribute("since", { kind: "date", zone }, { kind: "registeredAt" });
  for (const channel of ["email", "sms", "push", "phone"])
    attribute(`may-${channel}`, yes, { kind: "consent", channel, purpose: "marketing" });
  attribute("balance", euro, { kind: "balance", currency: "EUR" });
  for (const what of ["account", "card", "loan", "standing-order", "holding"] as const)
    attribute(`has-${what}`, yes, { kind: "standing", what, where: null });

  add("age", count, { kind: "formula", expression: { kind: "yearsSince", of: tag(born), zone } });
  add("tenure", count, { kind: "formula", expression: { kind: "yearsSince", of: tag(since), zone } });
  for (const [name, , , measured] of windowedMeasures) {
    if (measured.type.kind !== "money") continue;
    add(`${name}-grows`, yes, { kind: "formula", expression: more(tag(`${name}-30d`), tag(`${name}-before-30d`)) });
    add(`${name}-change`, euro, {
      kind: "formula",
      expression: { kind: "subtract", of: [tag(`${name}-30d`), tag(`${name}-before-30d`)] },
    });
  }
  for (const [name, , , measured] of windowedMeasures)
    add(`${name}-busy`, yes, {
      kind: "formula",
      expression: more(tag(`${name}-7d`), value(measured.type.kind === "money" ? 10_000 : 2, measured.type)),
    });
  for (const name of ["spend", "income", "groceries", "salary"])
    add(
      `${name}-tier`,
      { kind: "enumeration", values: ["high", "middle", "low"] },
      {
        kind: "tiers",
        tiers: [
          { value: "high", when: more(tag(`${name}-90d`), value(900_000, euro)) },
          { value: "middle", when: more(tag(`${name}-90d`), value(100_000, euro)) },
        ],
        otherwise: "low",
      },
    );
  const relation = (
    raw: string,
    type: ValueType,
    measure: "any" | "sum" | "count",
    of: string | null,
    kinds: string[],
  ) =>
    add(raw, type, {
      ...{ kind: "relation", kinds, direction: "both", measure, includeSelf: measure === "sum" },
      of: of as TagCode | null,
    });
  relation("household-balance", euro, "sum", "balance", ["spouse"]);
  relation("household-income", euro, "sum", "income-90d", ["spouse"]);
  relation("spouse-borrows", yes, "any", "has-loan", ["spouse"]);
  relation("children", count, "count", null, ["parent"]);
  for (let left = 1; tags.length < 196; left += 1)
    statistic(`mcc-${5000 + left}`, number, payments.types, is("mcc", String(5000 + left)), lifetime);
  for (const name of ["vip", "watched"]) add(name, yes, { kind: "manual" });
  for (const model of ["churn", "default"])
    add(`${model}-score`, { kind: "number", decimals: 4, unit: null }, { kind: "score", model, decimals: 4 });
  return tags;
}
