import type { TagVersion } from "../../../../../src/domain/tag/definition.ts";
import type { FactFilter, FieldForm } from "../../../../../src/domain/tag/factSelection.ts";
import type { AttributeSource, Measure } from "../../../../../src/domain/tag/rule.ts";
import type { ValueType } from "../../../../../src/domain/tag/tagValue.ts";
import type { Window } from "../../../../../src/domain/tag/window.ts";
import { version } from "../../../tags/support/tagVersions.ts";
import { half, zone } from "./world.ts";

const czk: ValueType = { kind: "money", currency: "CZK" };
const whole: ValueType = { kind: "number", decimals: 0, unit: null };
const date: ValueType = { kind: "date", zone };
const amount = (kind: "sum" | "maximum"): Measure => ({ kind, field: "amount", form: czk as FieldForm });
const text = (kind: "last" | "set", field: string): Measure => ({ kind, field, form: { kind: "text" } });
const rolling = (halves: number): Window => ({ kind: "rolling", length: halves * half });

const paid = (name: string, type: ValueType, measure: Measure, window: Window, where: FactFilter | null = null) =>
  version(name, type, { kind: "statistic", measure, facts: { types: ["transaction-posted"], where, window } });
const attribute = (name: string, type: ValueType, source: AttributeSource) =>
  version(name, type, { kind: "attribute", source });

/** Tags of all types that rules of tests may name. */
export const tags: readonly TagVersion[] = [
  paid("spend", czk, amount("sum"), rolling(6)),
  paid("largest", czk, amount("maximum"), { kind: "ago", from: 8 * half, to: 2 * half }),
  paid("visits", whole, { kind: "count" }, { kind: "calendar", unit: "week", previous: 0, zone }),
  paid(
    "payments",
    whole,
    { kind: "count" },
    { kind: "lifetime" },
    { kind: "in", field: "direction", values: ["debit"] },
  ),
  paid("last-paid", date, { kind: "last", field: "occurredAt", form: { kind: "date", zone } }, { kind: "lifetime" }),
  paid("last-shop", { kind: "text" }, text("last", "merchant"), rolling(5)),
  paid("shops", { kind: "set" }, text("set", "merchant"), rolling(7)),
  attribute("born", date, { kind: "attribute", name: "born", form: { kind: "date", zone } }),
  attribute("city", { kind: "text" }, { kind: "attribute", name: "city", form: { kind: "text" } }),
  version("vip", { kind: "boolean" }, { kind: "manual" }),
  version("tier", { kind: "enumeration", values: ["gold", "silver"] }, { kind: "manual" }),
];
