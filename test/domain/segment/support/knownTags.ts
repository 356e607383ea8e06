import type { Referable } from "../../../../src/domain/tag/check/checkTags.ts";
import type { TagCode, TagDefinition } from "../../../../src/domain/tag/definition.ts";
import type { TagRule } from "../../../../src/domain/tag/rule.ts";
import type { ValueType } from "../../../../src/domain/tag/tagValue.ts";
import { standards } from "../../../../src/intake/standards.ts";
import { shippedFields } from "../../tag/shippedFields.ts";

const manual: TagRule = { kind: "manual" };
const tag = (code: string, type: ValueType, rule: TagRule = manual): TagDefinition => ({
  ...{ code: code as TagCode, name: code, category: "test", owner: "testers", description: "Of a test." },
  ...{ type, sensitivity: "internal", rule },
});
const statistic: TagRule = {
  kind: "statistic",
  measure: { kind: "count" },
  facts: { types: ["transaction-posted"], where: null, window: { kind: "lifetime" } },
};
const relation: TagRule = {
  ...{ kind: "relation", kinds: ["spouse"], direction: "both", measure: "count", of: null, includeSelf: false },
};
const number: ValueType = { kind: "number", decimals: 0, unit: null };

/** One tag or more of every type. `vip` is a list, `relatives` looks at related customers, and `kin` at `relatives`. */
export const knownTags: readonly TagDefinition[] = [
  tag("vip", { kind: "boolean" }),
  tag("active", { kind: "boolean" }, statistic),
  tag("tier", { kind: "enumeration", values: ["bronze", "silver", "gold"] }, statistic),
  tag("orders", number, statistic),
  tag("visits", number, statistic),
  tag("rating", { kind: "number", decimals: 2, unit: "stars" }, statistic),
  tag("spend", { kind: "money", currency: "CZK" }, statistic),
  tag("income", { kind: "money", currency: "CZK" }, statistic),
  tag("spend-eur", { kind: "money", currency: "EUR" }, statistic),
  tag("birth-date", { kind: "date", zone: "Europe/Prague" }, statistic),
  tag("last-order", { kind: "date", zone: "Europe/Prague" }, statistic),
  tag("city", { kind: "text" }, statistic),
  tag("home-town", { kind: "text" }, statistic),
  tag("products", { kind: "set" }, statistic),
  tag("relatives", number, relation),
  tag("kin", number, {
    ...{ kind: "formula", expression: { kind: "add", of: [{ kind: "tag", code: "relatives" as TagCode }] } },
  }),
];

const byCode = new Map(knownTags.map(definition => [definition.code, definition]));
export const findKnownTag = (code: TagCode): Referable => {
  const definition = byCode.get(code);
  if (definition !== undefined) return { kind: "usable", definition };
  return { kind: "unusable", code: "unknown-tag", message: `there is no tag ${code}` };
};

/** What rules of tests are read against. */
export const surroundings = { standards, fields: shippedFields, tag: findKnownTag };
