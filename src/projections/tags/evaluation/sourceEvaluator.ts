import type { AttributeSource } from "../../../domain/tag/rule.ts";
import type { ValueType } from "../../../domain/tag/tagValue.ts";
import type { DerivedRows } from "../statistic/derivedRows.ts";
import type { RuleEvaluator } from "./asking.ts";
import { attributeEvaluator, preferenceEvaluator, registeredAtEvaluator } from "./attributeValue.ts";
import { balanceEvaluator } from "./balanceTag.ts";
import { consentEvaluator } from "./consentTag.ts";
import { standingEvaluator } from "./standingTag.ts";

/** How the value of an attribute is found. */
export function sourceEvaluator(source: AttributeSource, type: ValueType, derived: DerivedRows): RuleEvaluator {
  switch (source.kind) {
    case "attribute":
      return attributeEvaluator(source.name, source.form, type);
    case "preference":
      return preferenceEvaluator(source.name, source.form, type);
    case "consent":
      return consentEvaluator(source.channel, source.purpose, type);
    case "balance":
      return balanceEvaluator(source.currency, derived);
    case "registeredAt":
      return registeredAtEvaluator;
    case "standing":
      return standingEvaluator(source.what, source.where, type);
  }
}
