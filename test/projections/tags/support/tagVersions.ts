import { TagCode, type TagDefinition, type TagVersion } from "../../../../src/domain/tag/definition.ts";
import type { FactFilter, FieldForm } from "../../../../src/domain/tag/factSelection.ts";
import type { Expression, Measure, TagRule } from "../../../../src/domain/tag/rule.ts";
import type { ValueType } from "../../../../src/domain/tag/tagValue.ts";
import type { Window } from "../../../../src/domain/tag/window.ts";

export const code = (raw: string): TagCode => TagCode.parse(raw) as TagCode;
export const tag = (raw: string): Expression => ({ kind: "tag", code: code(raw) });

/** A version of a tag with everything a sentence leaves out filled in. */
export const version = (name: string, type: ValueType, rule: TagRule): TagVersion => {
  const definition: TagDefinition = {
    code: code(name),
    name,
    category: "test",
    owner: "test",
    description: "",
    type,
    sensitivity: "internal",
    rule,
  };
  return { code: definition.code, version: 1, definition };
};

export const whole: ValueType = { kind: "number", decimals: 0, unit: null };
export const czk: ValueType = { kind: "money", currency: "CZK" };
export const inCzk = { kind: "money", currency: "CZK" } as const satisfies FieldForm;
export const lifetime: Window = { kind: "lifetime" };
export const rolling = (length: number): Window => ({ kind: "rolling", length });

export const statistic = (
  name: string,
  type: ValueType,
  measure: Measure,
  window: Window = lifetime,
  where: FactFilter | null = null,
  types: readonly string[] = ["transaction-posted"],
): TagVersion => version(name, type, { kind: "statistic", measure, facts: { types, where, window } });

export const formula = (name: string, type: ValueType, expression: Expression): TagVersion =>
  version(name, type, { kind: "formula", expression });

export const amountIs = (kind: "sum" | "average" | "minimum" | "maximum" | "first" | "last"): Measure => ({
  kind,
  field: "amount",
  form: inCzk,
});
