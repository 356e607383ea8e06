import { TagCode, type TagDefinition } from "../../../../../src/domain/tag/definition.ts";
import type { Expression, TagRule } from "../../../../../src/domain/tag/rule.ts";
import type { ValueType } from "../../../../../src/domain/tag/tagValue.ts";
import type { Window } from "../../../../../src/domain/tag/window.ts";

export const code = (raw: string): TagCode => TagCode.parse(raw) as TagCode;
export const day = 86_400_000;
const czk: ValueType = { kind: "money", currency: "CZK" };
const count: ValueType = { kind: "number", decimals: 0, unit: null };
const yes: ValueType = { kind: "boolean" };
const tag = (raw: string): Expression => ({ kind: "tag", code: code(raw) });

export const definition = (raw: string, type: ValueType, rule: TagRule): TagDefinition => ({
  ...{ code: code(raw), name: raw, category: "tests", owner: "tests", description: "", sensitivity: "internal" },
  ...{ type, rule },
});

const transactions = (window: Window) => ({ types: ["transaction-posted"], where: null, window });
const spend = (length: number): TagRule => ({
  kind: "statistic",
  measure: { kind: "sum", field: "amount", form: { kind: "money", currency: "CZK" } },
  facts: transactions({ kind: "rolling", length }),
});

/** One of every kind and of every sort of window; by code, each version in order. Each comes after what it is computed from. */
export const versionsOf: Readonly<Record<string, readonly TagDefinition[]>> = {
  spend: [3 * day, day, 5 * day].map(length => definition("spend", czk, spend(length))),
  payments: [
    definition("payments", count, {
      kind: "statistic",
      measure: { kind: "count" },
      facts: transactions({ kind: "lifetime" }),
    }),
  ],
  "active-days": [
    definition("active-days", count, {
      kind: "statistic",
      measure: { kind: "distinctDays", zone: "Europe/Prague" },
      facts: {
        types: ["transaction-posted", "behaviour-observed"],
        where: null,
        window: { kind: "calendar", unit: "week", previous: 0, zone: "Europe/Prague" },
      },
    }),
  ],
  largest: [
    definition("largest", czk, {
      kind: "statistic",
      measure: { kind: "maximum", field: "amount", form: { kind: "money", currency: "CZK" } },
      facts: transactions({ kind: "ago", from: 4 * day, to: day }),
    }),
  ],
  directions: [
    definition(
      "directions",
      { kind: "set" },
      {
        kind: "statistic",
        measure: { kind: "set", field: "direction", form: { kind: "text" } },
        facts: transactions({ kind: "rolling", length: 2 * day }),
      },
    ),
  ],
  accounts: [
    definition("accounts", count, {
      kind: "statistic",
      measure: { kind: "distinct", field: "account", form: { kind: "text" } },
      facts: transactions({ kind: "rolling", length: 4 * day }),
    }),
  ],
  usual: [
    definition(
      "usual",
      { kind: "text" },
      {
        kind: "statistic",
        measure: { kind: "mostFrequent", field: "account", form: { kind: "text" } },
        facts: transactions({ kind: "rolling", length: 3 * day }),
      },
    ),
  ],
  "first-debit": [
    definition("first-debit", czk, {
      kind: "statistic",
      measure: { kind: "first", field: "amount", form: { kind: "money", currency: "CZK" } },
      facts: {
        types: ["transaction-posted"],
        where: { kind: "in", field: "direction", values: ["debit"] },
        window: { kind: "absolute", from: day, to: 6 * day },
      },
    }),
  ],
  "mean-credit": [
    definition("mean-credit", czk, {
      kind: "statistic",
      measure: { kind: "average", field: "amount", form: { kind: "money", currency: "CZK" } },
      facts: {
        types: ["transaction-posted"],
        where: { kind: "not", of: { kind: "in", field: "direction", values: ["debit"] } },
        window: { kind: "rolling", length: 2 * day },
      },
    }),
  ],
  balance: [definition("balance", czk, { kind: "attribute", source: { kind: "balance", currency: "CZK" } })],
  "has-card": [
    definition("has-card", yes, { kind: "attribute", source: { kind: "standing", what: "card", where: null } }),
  ],
  nickname: [
    definition(
      "nickname",
      { kind: "text" },
      {
        kind: "attribute",
        source: { kind: "attribute", name: "a", form: { kind: "text" } },
      },
    ),
  ],
  since: [
    definition(
      "since",
      { kind: "date", zone: "Europe/Prague" },
      {
        kind: "attribute",
        source: { kind: "registeredAt" },
      },
    ),
  ],
  big: [1000, 30_000].map(least =>
    definition("big", yes, {
      kind: "formula",
      expression: {
        kind: "compare",
        operator: ">",
        left: tag("spend"),
        right: { kind: "value", value: least, type: czk },
      },
    }),
  ),
  age: [
    definition("age", count, {
      kind: "formula",
      expression: { kind: "daysSince", of: tag("since"), zone: "Europe/Prague" },
    }),
  ],
  tier: [
    definition(
      "tier",
      { kind: "enumeration", values: ["gold", "silver", "none"] },
      {
        kind: "tiers",
        tiers: [
          { value: "gold", when: tag("big") },
          {
            value: "silver",
            when: {
              kind: "compare",
              operator: ">",
              left: tag("payments"),
              right: { kind: "value", value: 2, type: count },
            },
          },
        ],
        otherwise: "none",
      },
    ),
  ],
  household: [
    definition("household", czk, {
      ...{ kind: "relation", kinds: ["spouse"], direction: "both", measure: "sum" },
      ...{ of: code("spend"), includeSelf: true },
    } as TagRule),
  ],
  "big-spouse": [
    definition("big-spouse", yes, {
      ...{ kind: "relation", kinds: [], direction: "incoming", measure: "any" },
      ...{ of: code("big"), includeSelf: false },
    } as TagRule),
  ],
  cell: [
    definition("cell", { kind: "text" }, {
      ...{ kind: "rfm", output: "cell", groups: 2, tieSystem: "core" },
      ...{ recency: code("payments"), frequency: code("active-days"), monetary: code("spend") },
    } as TagRule),
  ],
};

/** In an order in which each can be published. */
export const publishOrder = Object.keys(versionsOf);
